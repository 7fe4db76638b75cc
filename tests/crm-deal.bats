#!/usr/bin/env bats

load helper.bash

# A contact, a product, and a deal of each stage.
setup_book() {
	crm-init
	crm-add -q name=Ada >/dev/null
	crm-add -q product name=Engine price=1000 cost=600 >/dev/null
	CRM_NOW=2024-01-10 crm-deal new -q Ada amount=1200 product=Engine -- 'an engine' >/dev/null
}

@test "a deal is begun, moved on and won, and winning it makes its sale" {
	setup_book
	ok crm-deal new Ada amount=500 quantity=2 cost=100 product=Engine --at 2024-02-01 -- two more
	prints <<'OUT'
deal	name	result	reason	contact	stage	status	sale
2	two more	created		1	qualified	open	
OUT
	ok crm-deal move 2 proposal --at 2024-02-10 --reason 'they asked for it'
	prints <<'OUT'
deal	name	result	reason	contact	stage	status	sale
2	two more	moved		1	proposal	open	
OUT
	ok crm-deal win 2 --at 2024-02-20
	prints <<'OUT'
deal	name	result	reason	contact	stage	status	sale
2	two more	won		1	proposal	won	1
OUT
	ok crm-list -H deal -o since,stage,status,closed,cycle_days -w 'deal = 2'
	prints <<<'2024-02-01	proposal	won	2024-02-20	19'
	ok crm-list -H sale -o contact,day,product,quantity,amount,cost,currency,deal
	prints <<<'1	2024-02-20	Engine	2	500.00	100.00	EUR	2'
	holds 'SELECT deal, was, stage, at, day, reason FROM stage_change WHERE deal ORDER BY stage_change' <<'OUT'
2	qualified	proposal	2024-02-10T12:00:00Z	2024-02-10	they asked for it
2	proposal	won	2024-02-20T12:00:00Z	2024-02-20	
OUT
}

@test "winning asks for an amount, takes what is given with it, and makes one sale only" {
	setup_book
	crm-deal new -q 1 >/dev/null
	fails 65 crm-deal win 2
	says 'crm-deal: amount: is needed for its sale, unless --no-sale is said'
	prints </dev/null
	ok crm-deal win 2 amount=80 currency=USD
	ok crm-list -H sale -o quantity,amount,currency,deal
	prints <<<'1	80.00	USD	2'
	ok crm-deal win 2
	prints <<'OUT'
deal	name	result	reason	contact	stage	status	sale
2		unchanged		1	qualified	won	
OUT
	ok crm-deal win 1 --no-sale
	crm-add -q sale contact=1 amount=9 deal=1 >/dev/null
	crm-deal reopen -q --no-sale 1 >/dev/null
	ok crm-deal win 1
	prints <<'OUT'
deal	name	result	reason	contact	stage	status	sale
1	an engine	won	its sale is 2 already	1	qualified	won	
OUT
}

@test "a deal is lost for a reason of its pipeline" {
	setup_book
	ok crm-deal lose 1 --reason competitor --competitor 'Babbage & Co' -- cheaper by a tenth
	prints <<'OUT'
deal	name	result	reason	contact	stage	status	sale
1	an engine	lost		1	qualified	lost	
OUT
	ok crm-list -H deal -o status,closed,reason,competitor,circumstances
	prints <<<'lost	2024-03-01	competitor	Babbage & Co	cheaper by a tenth'
	ok crm-deal lose -q 1 --reason price
	holds 'SELECT reason, competitor FROM deal' <<<'price	Babbage & Co'
	holds 'SELECT was, stage, reason FROM stage_change' <<<'qualified	lost	competitor'
}

@test "a deal lost without a reason, or for none of its pipeline's, is refused" {
	setup_book
	fails 2 crm-deal lose 1
	says 'crm-deal: expected --reason: why was it lost?'
	fails 65 crm-deal lose 1 --reason weather
	says "crm-deal: reason: not one of price, product, timing, competitor, no decision, other: 'weather'"
	printf 'deal\treason\n1\tprice\n1\t\n' >in
	fails 65 crm-deal lose - <in
	says 'crm-deal: <stdin>:3: reason: is needed: why was it lost?'
	prints </dev/null
	holds 'SELECT status FROM deal' <<<open
}

@test "a reason counts for its own pipeline only" {
	crm-init
	cat >crm.yaml <<'YAML'
pipelines:
  sales: { stages: [{ name: qualified }], lost_reasons: [price] }
  renewals: { stages: [{ name: asked }], lost_reasons: [unhappy] }
YAML
	crm-add -q name=Ada >/dev/null
	crm-deal new -q 1 pipeline=renewals >/dev/null
	fails 65 crm-deal lose 1 --reason price
	says "crm-deal: reason: not a reason of renewals: 'price'"
	fails 65 crm-deal move 1 qualified
	says "crm-deal: stage: not a stage of renewals: 'qualified'"
	ok crm-deal lose -q 1 --reason unhappy
}

@test "a deal goes over to a stage of another pipeline with it" {
	crm-init
	printf 'pipelines: { sales: { stages: [{ name: a }] }, renewals: { stages: [{ name: b }] } }\n' >crm.yaml
	crm-add -q name=Ada >/dev/null
	crm-deal new -q 1 >/dev/null
	fails 65 crm-set deal 1 pipeline=renewals
	says "crm-set: stage: not a stage of renewals: 'a'"
	ok crm-deal move -q 1 b pipeline=renewals
	holds 'SELECT pipeline, stage FROM deal' <<<'renewals	b'
}

@test "no decision is not lost to a competitor" {
	setup_book
	fails 65 crm-deal lose 1 --reason 'no decision' --competitor Acme
	says "crm-deal: competitor: no decision is no loss to a competitor: 'Acme'"
	ok crm-deal lose -q 1 --reason 'no decision'
	fails 65 crm-set deal 1 competitor=Acme
	says "crm-set: competitor: no decision is no loss to a competitor: 'Acme'"
}

@test "reopening restores the deal and takes its sale back" {
	setup_book
	crm-deal move -q 1 proposal >/dev/null
	crm-deal win -q 1 >/dev/null
	ok crm-deal reopen 1
	prints <<'OUT'
deal	name	result	reason	contact	stage	status	sale
1	an engine	reopened	sale 1 taken back	1	proposal	open	
OUT
	holds 'SELECT status, stage, closed, (SELECT count(*) FROM sale) FROM deal' <<<'open	proposal		0'
	crm-deal lose -q 1 --reason price -- 'too much' >/dev/null
	ok crm-deal reopen -q 1
	holds 'SELECT status, reason, circumstances FROM deal' <<<'open		'
	holds 'SELECT was, stage FROM stage_change WHERE deal ORDER BY stage_change' <<'OUT'
qualified	proposal
proposal	won
won	proposal
proposal	lost
lost	proposal
OUT
	ok crm-deal reopen 1
	prints <<'OUT'
deal	name	result	reason	contact	stage	status	sale
1	an engine	unchanged		1	proposal	open	
OUT
}

@test "a deal whose sale was given back in part is not reopened, but the others are" {
	setup_book
	crm-deal new -q 1 amount=20 quantity=2 >/dev/null
	crm-deal win -q 1 2 >/dev/null
	crm-add -q sale contact=1 refunds=2 quantity=-1 amount=-10 >/dev/null
	fails 1 crm-deal reopen 1 2
	prints <<'OUT'
deal	name	result	reason	contact	stage	status	sale
1	an engine	reopened	sale 1 taken back	1	qualified	open	
2		refused	sale 2 was given back in part	1	qualified	won	
OUT
	ok crm-deal reopen -q --no-sale 2
	holds 'SELECT count(*) FROM sale' <<<2
}

@test "a deal that is over is not moved, nor won once it is lost" {
	setup_book
	crm-deal lose -q 1 --reason price >/dev/null
	fails 1 crm-deal move 1 proposal
	prints <<'OUT'
deal	name	result	reason	contact	stage	status	sale
1	an engine	refused	was lost on 2024-03-01; reopen it first	1	qualified	lost	
OUT
	fails 1 crm-deal win 1
	crm-deal new -q 1 amount=3 >/dev/null
	printf '1\n2\n' >keys
	fails 1 crm-deal win --strict - <keys
	prints </dev/null
	holds 'SELECT status FROM deal ORDER BY deal' <<<$'lost\nopen'
	fails 1 crm-deal win -q - <keys
	prints <<<$'1\n2'
	holds 'SELECT status FROM deal ORDER BY deal' <<<$'lost\nwon'
}

@test "steps stream in, each with its day" {
	setup_book
	printf 'contact\tat\ttitle\tamount\nAda\t2024-01-02\ta lamp\t30\nAda\t2024-01-03\ta clock\t40\n' |
		crm-deal new -q - type=renewal >made
	diff - made <<<$'2\n3'
	printf 'deal\tstage\tat\n2\tproposal\t2024-01-05\n3\tproposal\t2024-01-06T08:00Z\n2\tnegotiation\t2024-01-20\n' >in
	ok crm-deal move - <in
	prints <<'OUT'
deal	name	result	reason	contact	stage	status	sale
2	a lamp	moved		1	proposal	open	
3	a clock	moved		1	proposal	open	
2	a lamp	moved		1	negotiation	open	
OUT
	printf 'at\tdeal\n2024-02-01\t2\n' | crm-deal win -q - >/dev/null
	printf 'at\tdeal\treason\tcompetitor\tcircumstances\n2024-02-02\t3\tprice\tAcme\tlate\n' | crm-deal lose -q - >/dev/null
	holds 'SELECT deal, was, stage, at, reason FROM stage_change WHERE deal ORDER BY stage_change' <<'OUT'
2	qualified	proposal	2024-01-05T12:00:00Z	
3	qualified	proposal	2024-01-06T08:00:00Z	
2	proposal	negotiation	2024-01-20T12:00:00Z	
2	negotiation	won	2024-02-01T12:00:00Z	
3	proposal	lost	2024-02-02T12:00:00Z	price
OUT
	ok crm-list -H deal -o type,since,closed,status,amount -w 'deal > 1'
	prints <<'OUT'
renewal	2024-01-02	2024-02-01	won	30.00
renewal	2024-01-03	2024-02-02	lost	40.00
OUT
	printf 'deal\tat\n3\t2024-02-03\n' | crm-deal reopen -q - >/dev/null
	holds 'SELECT day FROM stage_change ORDER BY stage_change DESC LIMIT 1' <<<2024-02-03
}

@test "a list of deals is piped into a change" {
	setup_book
	crm-deal new -q 1 amount=40 expected=2024-02-01 >/dev/null
	run --separate-stderr bash -c "crm-list deal -w \"expected < today()\" | crm-deal lose --reason timing -"
	[ "$status" -eq 0 ]
	says 'crm-deal: <stdin>: read over contact_name'
	prints <<'OUT'
deal	name	result	reason	contact	stage	status	sale
2		lost		1	qualified	lost	
OUT
	holds 'SELECT status, amount FROM deal ORDER BY deal' <<<$'open\t120000\nlost\t4000'
	ok crm-deal win - </dev/null
	prints <<<'deal	name	result	reason	contact	stage	status	sale'
}

@test "a bad row is named by its place and nothing is written" {
	setup_book
	printf 'deal\tstage\n1\tproposal\n9\tproposal\n' >in
	fails 65 crm-deal move - <in
	says "crm-deal: <stdin>:3: unknown deal '9'"
	printf 'deal\tstage\n1\tpropsal\n' >in
	fails 65 crm-deal move - <in
	says "crm-deal: <stdin>:2: stage: not one of qualified, proposal, negotiation: 'propsal'; did you mean 'proposal'?"
	printf 'deal\tstage\n1\t\n' >in
	fails 65 crm-deal move - <in
	says 'crm-deal: <stdin>:2: stage: is needed'
	printf 'deal\tat\n1\tlunch\n' >in
	fails 65 crm-deal win - <in
	says "crm-deal: <stdin>:2: at: not an instant: 'lunch'"
	printf 'contact\tamount\nAda\t3.001\n' >in
	fails 65 crm-deal new 1 quantity=0
	says "crm-deal: quantity: not a number of pieces: '0'"
	fails 65 crm-deal new - <in
	says "crm-deal: <stdin>:2: amount: not an amount: '3.001'"
	printf 'stage\nproposal\n' >in
	fails 65 crm-deal move - <in
	says "crm-deal: <stdin>:1: no column 'deal'"
	fails 1 crm-deal win 9
	says "crm-deal: unknown deal '9'"
	holds 'SELECT stage, (SELECT count(*) FROM stage_change) FROM deal' <<<'qualified	0'
}

@test "the good rows are done where bad ones are set aside" {
	setup_book
	printf 'deal\tstage\n1\tproposal\n9\tproposal\n' >in
	fails 1 crm-deal move -q --keep-going --rejects bad - <in
	prints <<<1
	diff - bad <<<$'deal\tstage\terror\n9\tproposal\tunknown deal \x279\x27'
	holds 'SELECT stage FROM deal' <<<proposal
}

@test "no step is in the future, before the deal began or before its last step" {
	setup_book
	fails 65 crm-deal new 1 --at +1d
	says "crm-deal: at: not yet: '+1d'"
	fails 65 crm-deal move 1 proposal --at 2024-03-02
	says "crm-deal: at: not yet: '2024-03-02'"
	fails 65 crm-deal move 1 proposal --at 2024-01-09
	says 'crm-deal: at: 2024-01-09 is before it began, on 2024-01-10'
	crm-deal move -q 1 proposal --at 2024-02-10T18:00Z >/dev/null
	fails 65 crm-deal win 1 --at 2024-02-09
	says 'crm-deal: at: 2024-02-09 is before its last step, on 2024-02-10'
	ok crm-deal move -q 1 negotiation --at 2024-02-10
	holds 'SELECT stage, at FROM stage_change' <<'OUT'
proposal	2024-02-10T18:00:00Z
negotiation	2024-02-10T18:00:00Z
OUT
}

@test "a deal that is recorded when it is over ended on the day it was closed" {
	setup_book
	crm-add -q deal contact=1 status=won since=2023-01-01 closed=2023-03-01 >/dev/null
	crm-add -q deal contact=1 status=lost stage=proposal closed=today >/dev/null
	holds 'SELECT deal, was, stage, at FROM stage_change' <<'OUT'
2	negotiation	won	2023-03-01T12:00:00Z
3	proposal	lost	2024-03-01T09:00:00Z
OUT
}

@test "the words of a command line are checked" {
	setup_book
	fails 2 crm-deal
	says "crm-deal: expected new, move, win, lose or reopen, not ''"
	fails 2 crm-deal sell 1
	says "crm-deal: expected new, move, win, lose or reopen, not 'sell'"
	fails 2 crm-deal move 1
	says 'crm-deal: expected a stage behind the deal'
	fails 2 crm-deal win 1 status=lost
	says "crm-deal: no field of crm-deal win: 'status'"
	fails 2 crm-deal win 1 --competitor Acme
	says 'crm-deal: --competitor goes with lose'
	fails 2 crm-deal move 1 proposal --no-sale
	says 'crm-deal: --no-sale goes with win and reopen'
	fails 2 crm-deal reopen 1 -- by mistake
	says 'crm-deal: no text goes with reopen'
	fails 2 crm-deal new 1 2
	says 'crm-deal: expected one contact'
	fails 2 crm-deal win 1 -
	says "crm-deal: expected either deals or '-'"
	fails 2 crm-deal lose 1 --reason price reason=price
	says "crm-deal: 'reason' is given twice"
}

@test "a dry run tells what would be and writes nothing" {
	setup_book
	ok crm-deal win -n 1
	prints <<'OUT'
deal	name	result	reason	contact	stage	status	sale
1	an engine	won		1	qualified	won	1
OUT
	holds 'SELECT status, (SELECT count(*) FROM sale) FROM deal' <<<'open	0'
}

@test "a won deal is undone whole, sale and step" {
	setup_book
	crm-deal win -q 1 >/dev/null
	ok crm-undo 5
	prints <<'OUT'
op	entity	result	rows	key	field	reason	by_op
5	contact	restored	1				
5	deal	restored	2				
5	sale	removed	1				
5	stage_change	removed	2				
OUT
	holds 'SELECT status, closed FROM deal' <<<'open	'
	crm-deal win -q 1 >/dev/null
	crm-deal reopen -q 1 >/dev/null
	ok crm-undo -q 8
	holds 'SELECT status, closed, (SELECT count(*) FROM sale) FROM deal' <<<'won	2024-03-01	1'
}

@test "of several deals those that are over already stay as they were" {
	setup_book
	crm-deal new -q 1 --at 2024-02-01 >/dev/null
	crm-deal lose -q 2 --reason timing --at 2024-02-10 -- 'too early' >/dev/null
	ok crm-deal lose -q 1 2 --reason price
	holds 'SELECT closed, reason, circumstances FROM deal ORDER BY deal' <<<$'2024-03-01\tprice\t\n2024-02-10\tprice\ttoo early'
	holds 'SELECT count(*) FROM stage_change' <<<2
	ok crm-deal reopen -q 1
	crm-set -q deal 1 circumstances=open >/dev/null
	ok crm-deal reopen -q 2 1
	holds 'SELECT status, circumstances FROM deal ORDER BY deal' <<<$'open\topen\nopen\t'
}

@test "a deal whose sale was given back whole is sold again" {
	setup_book
	crm-deal win -q 1 >/dev/null
	crm-add -q sale contact=1 refunds=1 quantity=-1 amount=-1200 >/dev/null
	crm-deal reopen -q --no-sale 1 >/dev/null
	ok crm-deal win 1
	prints <<'OUT'
deal	name	result	reason	contact	stage	status	sale
1	an engine	won		1	qualified	won	3
OUT
}

@test "stage and status are changed by crm-deal alone" {
	setup_book
	fails 1 crm-set deal 1 stage=proposal
	prints <<'OUT'
deal	name	result	reason	contact
1	an engine	refused	stage: only crm-deal changes it	1
OUT
	holds 'SELECT stage FROM deal' <<<qualified
}

@test "a deal that is removed takes its steps along" {
	setup_book
	crm-deal move -q 1 proposal >/dev/null
	ok crm-rm -q deal 1
	holds 'SELECT count(*) FROM stage_change' <<<0
	ok crm-undo -q 6
	holds 'SELECT stage, (SELECT count(*) FROM stage_change) FROM deal' <<<'proposal	1'
}

@test "a deal's chance, its weight and the day it rots follow from its stage" {
	setup_book
	crm-deal move -q 1 proposal --at 2024-02-02 >/dev/null
	crm-deal new -q 1 amount=1000 currency=JPY >/dev/null
	crm-deal new -q 1 amount=10 stage=negotiation --at 2024-02-16 >/dev/null
	crm-deal new -q 1 amount=7 --at 2024-01-01 >/dev/null
	crm-deal new -q 1 amount=8 --at 2024-01-01 >/dev/null
	crm-deal win -q 4 >/dev/null
	crm-deal lose -q 5 --reason price >/dev/null
	ok crm-list deal -o deal,entered,stage_days,probability,weighted,rots_on,rotten
	prints <<'OUT'
deal	entered	stage_days	probability	weighted	rots_on	rotten
1	2024-02-02	28	50.0	600.00	2024-02-16	1
2	2024-03-01	0	20.0	200	2024-03-15	0
3	2024-02-16	14	75.0	7.50	2024-03-01	0
4	2024-03-01	0	100.0	7.00		0
5	2024-03-01	0	0.0	0.00		0
OUT
	ok crm-list deal -q -w 'rotten or weighted < 1'
	prints <<<$'1\n5'
	CRM_NOW=2024-02-01 ok crm-list deal -H -o entered,stage_days,probability -w 'deal = 1'
	prints <<<'2024-01-10	22	50.0'
}

@test "a stage without a probability or a limit gives neither" {
	setup_book
	printf 'pipelines: { sales: { stages: [{ name: qualified }] } }\n' >crm.yaml
	ok crm-list deal -H -o probability,weighted,rots_on,rotten
	prints <<<$'\t\t\t0'
}

@test "an account knows its open deals and what they would bring, by the last rate" {
	setup_book
	crm-set -q 1 kind=org >/dev/null
	crm-add -q name=Bob org=Ada >/dev/null
	printf 'currency\tday\tvalue\nUSD\t2024-01-01\t0.5\nUSD\t2024-02-01\t0.9\nUSD\t2024-03-02\t7\nJPY\t2024-01-01\t0.006\n' |
		crm-add -q rate - >/dev/null
	printf 'contact\tamount\tcurrency\nBob\t100\tUSD\nBob\t1005\tJPY\nBob\t100\tCHF\nBob\t\t\n' |
		crm-deal new -q - >/dev/null
	crm-deal new -q Bob amount=5000 >/dev/null
	crm-deal win -q 6 >/dev/null
	fails 0 crm-list -o name,open_deals,pipeline_value
	says 'crm-list: amounts in CHF are left out: there is no rate of that day or before'
	prints <<'OUT'
name	open_deals	pipeline_value
Ada	5	1296.03
Bob	4	96.03
OUT
	fails 0 crm-list -q -w 'pipeline_value > 100 and open_deals = 5'
	prints <<<1
	CRM_NOW=2024-02-01 fails 0 crm-list -H -o open_deals,pipeline_value
	prints <<<$'1\t1200.00\n0\t0.00'
	crm-deal lose -q 1 --reason price >/dev/null
	CRM_NOW=2024-02-01 fails 0 crm-list -H -o open_deals,pipeline_value -w 'contact = 1'
	prints <<<$'1\t1200.00'
}

@test "deals that rot, and those without a next step, are due until that is done" {
	setup_book
	crm-deal move -q 1 proposal next_step=wait --at 2024-02-16 >/dev/null
	crm-deal new -q 1 next_step=call next_day=2024-03-01 --at 2024-02-29 -- 'a lamp' >/dev/null
	crm-deal new -q 1 next_step=wait -- 'a clock' >/dev/null
	crm-deal new -q 1 >/dev/null
	ok crm-due -H -o due,kind,contact_name,what
	prints <<'OUT'
deal:2:step:2024-03-01	next-step	Ada	a lamp: call
deal:4:step:2024-03-01	next-step	Ada	no next step
deal:1:rots:2024-03-01	rotting	Ada	an engine: too long in proposal
OUT
	ok crm-done deal:4:step:2024-03-01
	prints <<'OUT'
due	name	result	reason	contact	interaction	next_task
deal:4:step:2024-03-01	Ada	done		1		
OUT
	ok crm-done -q --snooze +3d deal:1:rots:2024-03-01
	ok crm-deal win -q 2 amount=3
	ok crm-due
	prints </dev/null
	CRM_NOW=2024-03-04 ok crm-due -q
	prints <<<deal:1:rots:2024-03-01
	crm-deal move -q 1 negotiation next_step=call >/dev/null
	CRM_NOW=2024-03-04 ok crm-due -q
	prints </dev/null
	fails 1 crm-done deal:9:rots:2024-03-01
	says "crm-done: unknown deal '9'"
	fails 65 crm-done deal:1:smells:2024-03-01
	says "crm-done: not a task or a due key: 'deal:1:smells:2024-03-01'"
}

@test "what was done about a deal is logged with its contact" {
	setup_book
	ok crm-done -q deal:1:step:2024-01-10 'they want a visit' channel=call
	holds 'SELECT contact, channel, subject FROM interaction' <<<'1	call	they want a visit'
}

@test "the steps of its deals are in a contact's timeline" {
	setup_book
	crm-deal move -q 1 proposal --at 2024-02-01 --reason 'they asked' >/dev/null
	ok crm-show 1 --timeline -H
	prints <<<"2024-02-01T12:00:00Z	deal			$(id -un)	an engine: qualified -> proposal		they asked	1"
}

@test "a contact is shown with its open deals, a deal with its steps" {
	setup_book
	crm-deal move -q 1 proposal owner= expected=2024-04-01 next_step=call next_day=+1d --reason 'they asked' >/dev/null
	crm-deal new -q 1 -- 'a lamp' >/dev/null
	crm-deal lose -q 2 --reason price >/dev/null
	ok bash -c 'crm-show 1 | grep -A1 ^deals'
	prints <<<'deals      proposal: an engine, 1200.00 EUR, expected 2024-04-01, next: call on 2024-03-02 (deal 1)'
	ok bash -c 'crm-deal win -q 1 >/dev/null; crm-show deal 1 | sed -n "/^steps/,\$p"'
	prints <<OUT
steps         2024-03-01 qualified -> proposal by $(id -un): they asked
              2024-03-01 proposal -> won by $(id -un)
OUT
}

@test "100,000 deals are begun, moved and won in streams" {
	crm-init
	crm-add -q name=Ada >/dev/null
	awk 'BEGIN { print "contact\tamount\tat"; for (i = 0; i < 100000; i++) print "1\t9.50\t2024-01-02" }' >in
	ok bash -c 'crm-deal new -q - <in | awk "BEGIN { print \"deal\tstage\tat\" } { print \$1 \"\tproposal\t2024-02-01\" }" >moves
		crm-deal move -q - <moves | crm-deal win -q --at 2024-02-20 - | tail -n 1'
	prints <<<100000
	holds 'SELECT count(*), sum(amount) FROM sale' <<<'100000	95000000'
	holds 'SELECT count(*) FROM stage_change WHERE deal ORDER BY stage_change' <<<200000
}

@test "old deals keep stages and reasons that the configuration has no more" {
	setup_book
	crm-deal lose -q 1 --reason timing >/dev/null
	printf 'pipelines: { sales: { stages: [{ name: asked }], lost_reasons: [price] } }\n' >crm.yaml
	ok crm-set -q deal 1 competitor=Acme
	fails 65 crm-set deal 1 reason=timing
	says "crm-set: reason: not one of price: 'timing'"
	ok crm-deal reopen -q 1
	ok crm-deal move -q 1 asked
}
