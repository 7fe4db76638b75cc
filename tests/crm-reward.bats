#!/usr/bin/env bats

load helper.bash

# A shop with a programme: three customers, four sales.
setup_shop() {
	crm-init
	cat >crm.yaml <<'YAML'
rewards:
  - {name: purchase, points: 1, per: amount / 10, cost: 0.01, expires: 1y}
  - {name: lamps, points: 5, sale: "product = 'Lamp'", when: "tagged('vip')"}
  - {name: birthday, gift: card, cost: 2.50, when: days_to(birthday) <= 7,
     every: 1y}
  - {name: third order, voucher: 10 off, cost: 10, when: orders >= 3,
     expires: 90d}
YAML
	printf 'name\tbirthday\nAda\t1990-03-05\nBob\t--12-29\nCy\t\n' |
	    crm-add -q - >/dev/null
	crm-tag -q add vip Ada >/dev/null
	crm-add -q product name=Lamp price=55 >/dev/null
	crm-sell -q - >/dev/null <<'TSV'
contact	product	quantity	amount	day
Ada	Lamp	1	55	2024-01-10
Ada	Lamp	2	110	2024-02-10
Ada	Lamp	1	55	2024-02-20
Bob		1	59.99	2023-01-20
TSV
}

# A programme without rules, and so many contacts.
setup_names() {
	crm-init
	printf 'name\n' >names
	printf '%s\n' "$@" >>names
	crm-add -q - <names >/dev/null
}

# Codes are drawn; the rest is as it is.
uncoded() {
	output=$(sed -E 's/[0-9A-Z]{5}-[0-9A-Z]{5}/CODE/' <<<"$output")
}

@test "who qualifies is told, and piped back is given" {
	setup_shop
	ok crm-reward due
	prints <<'OUT'
contact	name	rule	kind	what	since	cost
1	Ada	purchase	points	21	2024-01-10	0.21
2	Bob	purchase	points	5	2023-01-20	0.05
1	Ada	lamps	points	15	2024-01-10	
1	Ada	birthday	gift	card		2.50
1	Ada	third order	voucher	10 off		10.00
OUT
	ok bash -c 'crm-reward due | awk -F"\t" "NR == 1 || \$3 != \"lamps\"" | crm-reward earn -'
	uncoded
	prints <<'OUT'
reward	name	result	reason	contact	kind	points	code	rule	what
1	Ada	created		1	points	5		purchase	
2	Ada	created		1	points	11		purchase	
3	Ada	created		1	points	5		purchase	
4	Bob	created		2	points	5		purchase	
5	Ada	created		1	gift	0		birthday	card
6	Ada	created		1	voucher	1	CODE	third order	10 off
OUT
	ok crm-reward due Cy Ada
	prints <<'OUT'
contact	name	rule	kind	what	since	cost
1	Ada	lamps	points	15	2024-01-10	
OUT
}

@test "the cron line gives once, and is silent when nothing is due" {
	setup_shop
	ok crm-reward earn -q --rules --all --quiet-empty
	prints < <(seq 9)
	ok crm-reward earn -q --rules --all --quiet-empty
	prints </dev/null
	ok crm-reward balance
	prints <<'OUT'
contact	name	points	vouchers	gifts	cost	next_expiry	expiring	expired
1	Ada	36	1	1	12.71	2024-05-30	0	0
2	Bob	0	0	0	0.05		0	5
OUT
	crm-sell -q Bob amount=30 >/dev/null
	ok crm-reward earn -H --rules --all
	prints <<<$'10\tBob\tcreated\t\t2\tpoints\t3\t\tpurchase\t'
}

@test "what was sold is rewarded in the same pipe" {
	setup_shop
	ok bash -c 'crm-sell Cy Lamp=3 | crm-reward earn --rules -'
	prints <<'OUT'
reward	name	result	reason	contact	kind	points	code	rule	what
1	Cy	created		3	points	16		purchase	
OUT
	ok crm-reward earn Cy --rules
	prints <<'OUT'
reward	name	result	reason	contact	kind	points	code	rule	what
	Cy	unchanged	nothing is due	3					
OUT
}

@test "a run of the rules is taken back as a whole" {
	setup_shop
	crm-reward earn -q --rules --all >/dev/null
	crm-undo -q "$(crm-history -q -l 1)" >/dev/null
	holds 'SELECT count(*) FROM reward' <<<0
	ok crm-reward earn -q --rules Ada -n
	holds 'SELECT count(*) FROM reward' <<<0
}

@test "points go back with the sale they were for, part by part" {
	setup_shop
	crm-reward earn -q --rules --all >/dev/null
	crm-sell -q --refund 2 1 >/dev/null
	ok crm-reward earn --rules --all
	prints <<'OUT'
reward	name	result	reason	contact	kind	points	code	rule	what
10	Ada	created		1	points	-6		purchase	
11	Ada	created		1	points	-3		lamps	
OUT
	crm-sell -q --refund 2 >/dev/null
	ok crm-reward earn -q --rules Ada
	holds 'SELECT rule, sum(points), sum(cost) FROM reward WHERE sale IN (2, 5, 6) GROUP BY rule' <<'OUT'
lamps	0	
purchase	0	0
OUT
	ok crm-reward earn -q --rules --all
	prints </dev/null
}

@test "what was given back before it was rewarded earns nothing" {
	setup_shop
	crm-sell -q --refund 1 >/dev/null
	crm-sell -q --refund 2 1 >/dev/null
	ok crm-reward due -H Ada
	prints <<'OUT'
1	Ada	purchase	points	10	2024-02-10	0.10
1	Ada	lamps	points	7	2024-02-10	
1	Ada	birthday	gift	card		2.50
1	Ada	third order	voucher	10 off		10.00
OUT
	crm-reward earn -q --rules --all >/dev/null
	ok crm-list -H -o points -w 'contact = 1'
	prints <<<17
}

@test "spent points that are taken back are owed, and paid by the next" {
	setup_names Ada
	printf 'rewards: [{name: p, points: 1, per: amount}]\n' >crm.yaml
	crm-sell -q Ada amount=100 >/dev/null
	crm-reward earn -q --rules --all >/dev/null
	crm-reward redeem -q Ada 80 >/dev/null
	crm-sell -q --refund 1 >/dev/null
	crm-reward earn -q --rules --all >/dev/null
	ok crm-list -H -o points
	prints <<<-80
	crm-reward earn -q Ada points=90 >/dev/null
	ok crm-list -H -o points
	prints <<<10
}

@test "points are redeemed as far as the balance goes" {
	setup_names Ada Bob
	crm-reward earn -q Ada Bob points=50 --reason welcome >/dev/null
	ok crm-reward redeem Ada 30
	prints <<'OUT'
reward	name	result	reason	contact	kind	points	code	rule	what
3	Ada	created	20 left	1	points	-30			
OUT
	fails 1 crm-reward redeem Ada Bob 30
	prints <<'OUT'
reward	name	result	reason	contact	kind	points	code	rule	what
	Ada	refused	balance is 20	1	points				
4	Bob	created	20 left	2	points	-30			
OUT
	fails 1 crm-reward redeem --strict - 15 <<<$'Bob\nAda\nBob'
	prints </dev/null
	ok bash -c 'crm-list -o contact,points | crm-reward redeem -q -'
	ok crm-reward balance -H
	prints <<'OUT'
1	Ada	0	0	0	0.00		0	0
2	Bob	0	0	0	0.00		0	0
OUT
	holds 'SELECT note FROM reward WHERE reward = 2' <<<welcome
}

@test "the oldest points are used first, and what is left of them expires" {
	setup_names Ada
	CRM_NOW=2024-01-01 crm-reward earn -q Ada points=100 expires=2024-03-10 >/dev/null
	CRM_NOW=2024-02-01 crm-reward earn -q Ada points=50 expires=2024-04-10 >/dev/null
	CRM_NOW=2024-02-02 crm-reward earn -q Ada points=7 >/dev/null
	crm-reward redeem -q Ada 60 >/dev/null
	ok crm-reward balance -H
	prints <<<$'1\tAda\t97\t0\t0\t0.00\t2024-03-10\t40\t0'
	CRM_NOW=2024-03-10 ok crm-list -H -o points
	prints <<<97
	export CRM_NOW=2024-03-11T09:00:00Z
	ok crm-reward balance -H
	prints <<<$'1\tAda\t57\t0\t0\t0.00\t2024-04-10\t50\t40'
	fails 1 crm-reward redeem Ada 58
	ok crm-reward redeem -q Ada 57
	CRM_NOW=2025-01-01 ok crm-reward balance -H
	prints <<<$'1\tAda\t0\t0\t0\t0.00\t\t0\t40'
}

@test "points are a column of contacts, for lists and for other rules" {
	setup_names Ada Bob
	crm-reward earn -q Ada points=100 >/dev/null
	ok crm-list -q -w 'points >= 100'
	prints <<<1
	ok crm-list -H -o points -w "name = 'Bob'"
	prints <<<0
	printf 'rewards: [{name: hundred, gift: mug, when: points >= 100}]\n' >crm.yaml
	ok crm-reward due -H
	prints <<<$'1\tAda\thundred\tgift\tmug\t\t'
	ok crm-list -H -l 1 -w "points_left('x') = 0 and points_left('2024-01-01') = 0 and points_left('2024-01-01 99999999999999999999 2') = 0" -o name
	prints <<<Ada
}

@test "a voucher is given with a code and redeemed by it, once" {
	setup_names Ada Bob
	ok crm-reward give Ada kind=voucher note='10 off' cost=10 expires=+30d
	uncoded
	prints <<'OUT'
reward	name	result	reason	contact	kind	points	code	rule	what
1	Ada	created		1	voucher	1	CODE		10 off
OUT
	crm-reward give -q Ada kind=voucher code=SORRY note='free post' >/dev/null
	fails 1 crm-reward redeem Bob code=SORRY
	prints <<'OUT'
reward	name	result	reason	contact	kind	points	code	rule	what
	Bob	refused	unknown code 'SORRY'	2	voucher		SORRY		
OUT
	ok crm-reward redeem code=SORRY
	prints <<'OUT'
reward	name	result	reason	contact	kind	points	code	rule	what
3	Ada	created		1	voucher	-1	SORRY		free post
OUT
	fails 1 crm-reward redeem -H Ada code=SORRY
	prints <<<$'\tAda\trefused\twas used on 2024-03-01\t1\tvoucher\t\tSORRY\t\t'
	code=$(crm-list -H reward -o code -w 'reward = 1')
	CRM_NOW=2024-03-31 ok crm-reward redeem -n code="$code"
	CRM_NOW=2024-04-01 fails 1 crm-reward redeem -H code="$code"
	uncoded
	prints <<<$'\tAda\trefused\texpired on 2024-03-31\t1\tvoucher\t\tCODE\t\t'
	fails 1 crm-reward redeem -H code=NONE
	prints <<<$'\t\trefused\tunknown code \'NONE\'\t\tvoucher\t\tNONE\t\t'
}

@test "one code for many is each one's own" {
	setup_names Ada Bob
	ok bash -c 'crm-list -q | crm-reward give -q - kind=voucher code=SPRING'
	fails 1 crm-reward redeem -H code=SPRING
	prints <<<$'\t\trefused\tseveral contacts have \'SPRING\': name one\t\tvoucher\t\tSPRING\t\t'
	ok crm-reward redeem -q - <<<$'contact\tcode\nBob\tSPRING'
	ok crm-reward redeem -q code=SPRING
	fails 1 crm-reward give -H Ada kind=voucher code=SPRING
	prints <<<$'\tAda\trefused\thas the code \'SPRING\' already\t1\tvoucher\t\tSPRING\t\t'
}

@test "a gift is in the ledger with its cost, and in no other sum" {
	setup_names Ada
	crm-sell -q Ada amount=100 cost=60 >/dev/null
	ok crm-reward give Ada note='a mug' cost=3
	prints <<'OUT'
reward	name	result	reason	contact	kind	points	code	rule	what
1	Ada	created		1	gift	0			a mug
OUT
	ok crm-list -H -o profit,expenses
	prints <<<$'40.00\t0.00'
	holds 'SELECT count(*) FROM expense' <<<0
	crm-add -q rate currency=USD day=2024-01-01 value=0.5 >/dev/null
	crm-reward give -q Ada note=pen cost=2 currency=USD >/dev/null
	ok crm-reward balance -H
	prints <<<$'1\tAda\t0\t0\t2\t4.00\t\t0\t0'
}

@test "a yearly gift comes each year, leap days too, and no sooner" {
	setup_names Ada
	crm-set -q Ada birthday=1992-02-29 >/dev/null
	printf 'rewards: [{name: b, gift: card, when: days_to(birthday) = 0, every: 1y}]\n' >crm.yaml
	CRM_NOW=2024-02-29 ok crm-reward earn -q --rules --all
	prints <<<1
	CRM_NOW=2025-02-28 ok crm-reward due -H
	prints <<<$'1\tAda\tb\tgift\tcard\t2025-02-28\t'
	CRM_NOW=2025-02-28 ok crm-reward earn -q --rules --all
	prints <<<2
	CRM_NOW=2025-02-28 ok crm-reward earn -q --rules --all
	prints </dev/null
	CRM_NOW=2026-02-27 ok crm-reward due -H
	prints </dev/null
	CRM_NOW=2026-02-28 ok crm-reward earn -q --rules --all
	prints <<<3
}

@test "a rule about sales begins on its day and counts in the base currency" {
	setup_names Ada
	cat >crm.yaml <<'YAML'
rewards:
  - {name: p, points: 10, per: amount, since: 2024-01-01}
YAML
	crm-sell -q - >/dev/null <<'TSV'
contact	amount	currency	day
Ada	1	EUR	2023-12-31
Ada	0.29	EUR	2024-01-01
Ada	3	USD	2024-01-02
Ada	4	EUR	2024-03-02
TSV
	fails 0 crm-reward earn -H --rules --all
	says 'crm-reward: amounts in USD are left out: there is no rate of that day or before'
	prints <<<$'1\tAda\tcreated\t\t1\tpoints\t2\t\tp\t'
	crm-add -q rate currency=USD day=2024-01-01 value=0.5 >/dev/null
	ok crm-reward earn -H --rules --all
	prints <<<$'2\tAda\tcreated\t\t1\tpoints\t15\t\tp\t'
	CRM_NOW=2024-03-02T09:00:00Z ok crm-reward earn -H --rules --all
	prints <<<$'3\tAda\tcreated\t\t1\tpoints\t40\t\tp\t'
}

@test "many contacts are found by one statement, and as each one is alone" {
	setup_names Ada Bob Cy
	cat >crm.yaml <<'YAML'
rewards:
  - {name: p, points: 1, per: amount, when: "orders >= 2 and touches >= 1"}
  - {name: g, gift: card, when: "revenue >= 20 and touches_90d >= 1"}
YAML
	crm-log -q Ada Bob -c call -- hello >/dev/null
	printf 'contact\tamount\tday\nAda\t12\t2024-01-01\nAda\t13\t2024-01-02\nBob\t50\t2024-01-01\nCy\t9\t2024-01-01\nCy\t90\t2024-01-02\n' |
	    crm-sell -q - >/dev/null
	ok crm-reward due
	printf '%s\n' "$output" >all
	prints <<'OUT'
contact	name	rule	kind	what	since	cost
1	Ada	p	points	25	2024-01-01	
1	Ada	g	gift	card		
2	Bob	g	gift	card		
OUT
	ok bash -c 'crm-list -q | crm-reward due -'
	diff <(sort all) <(sort <<<"$output")
}

@test "a contact shows what it has" {
	setup_names Ada Bob
	crm-reward earn -q Ada points=30 expires=2024-12-31 >/dev/null
	crm-reward earn -q Ada points=10 >/dev/null
	crm-reward give -q Ada kind=voucher code=SORRY note='10 off' expires=2024-05-01 >/dev/null
	ok bash -c 'crm-show Ada | grep -E "^(points|vouchers)"'
	prints <<'OUT'
points     40 points, 30 of them until 2024-12-31
vouchers   SORRY: 10 off, until 2024-05-01
OUT
	crm-reward redeem -q code=SORRY >/dev/null
	ok bash -c 'crm-show Ada | grep -c ^vouchers || :'
	prints <<<0
	ok bash -c 'crm-show Bob | grep -c ^points || :'
	prints <<<0
}

@test "rewards of another system are taken in, and changed by crm-reward only" {
	setup_names Ada
	ok crm-add -q reward - <<'TSV'
contact	kind	day	points	expires	code
Ada	points	2023-05-01	80	2024-05-01	
Ada	points	2023-06-01	-30		
Ada	voucher	2023-06-01	1		OLD1
TSV
	ok crm-reward balance -H
	prints <<<$'1\tAda\t50\t1\t0\t0.00\t2024-05-01\t50\t0'
	fails 1 crm-set reward 1 points=99
	prints <<<$'reward\tname\tresult\treason\tcontact\n1\tpoints\trefused\tpoints: only crm-reward changes it\t1'
	ok crm-reward redeem -q code=OLD1
}

@test "a bad row is named by line and field, and nothing is written" {
	setup_names Ada Bob
	fails 65 crm-reward earn - <<<$'contact\tpoints\nAda\t5\nNobody\t3'
	says "crm-reward: <stdin>:3: unknown contact 'Nobody'"
	prints </dev/null
	fails 65 crm-reward earn - <<<$'contact\tpoints\nAda\t5\nBob\tmany'
	says "crm-reward: <stdin>:3: points: not a number from 1 to 1000000000: 'many'"
	fails 65 crm-reward earn - <<<$'contact\tpoints\nAda\t-5'
	says "crm-reward: <stdin>:2: points: not a number from 1 to 1000000000: '-5'"
	fails 65 crm-reward earn - <<<$'contact\trule\nAda\tnone'
	says "crm-reward: <stdin>:2: rule: no rule 'none' in crm.yaml"
	fails 65 crm-reward redeem - <<<Ada
	says 'crm-reward: <stdin>:1: points: is needed'
	holds 'SELECT count(*) FROM reward' <<<0
	fails 1 crm-reward earn --keep-going --rejects bad - <<<$'contact\tpoints\nAda\t5\nNobody\t3\nBob\t0'
	prints <<'OUT'
reward	name	result	reason	contact	kind	points	code	rule	what
1	Ada	created		1	points	5			
OUT
	diff - bad <<'OUT'
contact	points	error
Nobody	3	unknown contact 'Nobody'
Bob	0	points: not a number from 1 to 1000000000: '0'
OUT
}

@test "what the command line lacks, or has too much of, is said" {
	setup_names Ada
	fails 2 crm-reward
	says "crm-reward: expected earn, redeem, give, due or balance, not ''"
	fails 2 crm-reward earn Ada
	says 'crm-reward: expected points=N, rule=RULE or --rules'
	fails 2 crm-reward earn points=3
	says "crm-reward: expected either contacts or '-'"
	fails 2 crm-reward redeem Ada
	says 'crm-reward: expected a number of points, or code=CODE'
	fails 2 crm-reward redeem Ada points=3 code=X
	says 'crm-reward: points= or code=, not both'
	fails 2 crm-reward earn --all
	says 'crm-reward: --all goes with --rules'
	fails 2 crm-reward earn --rules --all Ada
	says 'crm-reward: --all takes no contacts'
	fails 2 crm-reward give Ada --rules
	says 'crm-reward: --rules goes with earn'
	fails 2 crm-reward give Ada points=3
	says "crm-reward: no field of crm-reward give: 'points'"
	fails 2 crm-reward due - Ada
	says "crm-reward: expected either contacts or '-'"
	fails 2 crm-reward earn Ada rule=x note=y
	says 'crm-reward: rule= goes alone: what it gives is in crm.yaml'
	fails 1 crm-reward earn Ada rule=x
	says "crm-reward: rule: no rule 'x' in crm.yaml"
	fails 65 crm-reward give Ada kind=points
	says 'crm-reward: kind: points are earned: crm-reward earn'
	fails 65 crm-reward give Ada code=X
	says 'crm-reward: code: only a voucher has one'
	fails 1 crm-reward earn Zed points=3
	says "crm-reward: unknown contact 'Zed'"
}

@test "a rule that is wrong is named by its place" {
	setup_names Ada
	wrong() {
		printf 'rewards:\n  - {%s}\n' "$1" >crm.yaml
		fails 78 crm-reward due
		says "crm-reward: $PWD/crm.yaml:2:$2"
	}
	wrong 'name: a, points: 1, per: amont / 10' "31: per: no column 'amont'; did you mean 'amount'?"
	wrong 'name: a, gift: x, when: ordrs > 1' "30: when: no column 'ordrs'; did you mean 'orders'?"
	wrong 'name: a, gift: x, when: orders > 1, cost: -1' "48: cost: not an amount: '-1'"
	wrong 'name: a, voucher: x, when: orders > 1, cost: 0.001' "51: cost: not an amount: '0.001'"
	wrong 'name: a, points: 1, gift: x, when: orders > 1' "32: rule 'a' has both points and gift"
	wrong 'name: a, when: orders > 1' "5: rule 'a' has neither points, voucher nor gift"
	wrong 'name: a, points: 1' "5: rule 'a' has neither per, sale nor when"
	wrong 'points: 1, per: amount' '5: rewards: a rule without name'
	wrong 'name: a, gift: x, per: amount' '29: per: goes with points'
	wrong 'name: a, points: 0, per: amount' "23: points: not a number above 0: '0'"
	wrong 'name: a, points: 1, per: amount, every: 1y' '46: every: goes with when alone; a sale is rewarded once'
	wrong 'name: a, gift: x, when: orders > 1, since: 2024-01-01' '49: since: goes with per or sale'
	wrong 'name: a, gift: x, when: orders > 1, every: often' "49: every: not a step such as 90d or 1y: 'often'"
	wrong 'name: a, points: 1, per: amount, since: soon' "46: since: not a day such as 2026-01-31: 'soon'"
	wrong 'name: a, points: 1, per: amount, campaign: none' "49: campaign: unknown campaign 'none'"
	wrong 'name: a, points: 1, pre: amount' "26: unknown key 'pre'; did you mean 'per'?"
	fails 78 crm-config check
	printf 'rewards:\n  - {name: a, points: 1, per: amont}\n' >crm.yaml
	fails 78 crm-config check
	says "crm-config: $PWD/crm.yaml:2:31: per: no column 'amont'; did you mean 'amount'?"
	printf 'rewards:\n  - {name: a, points: 1, per: amount}\n  - {name: a, points: 1, per: amount}\n' >crm.yaml
	fails 78 crm-reward earn --rules --all
	says "crm-reward: $PWD/crm.yaml:3:12: rewards: 'a' is given twice"
	printf 'rewards: [{name: a, points: 1000000, per: amount * 1000}]\n' >crm.yaml
	crm-sell -q Ada amount=9000 >/dev/null
	fails 78 crm-reward earn --rules --all
	says "crm-reward: $PWD/crm.yaml:1:43: per: sale 1 would give more than a billion points"
	holds 'SELECT count(*) FROM reward' <<<0
}

@test "a rule's rewards are counted to its campaign" {
	setup_names Ada
	crm-add -q campaign name=loyalty type=loyalty >/dev/null
	printf 'rewards: [{name: a, gift: mug, cost: 3, when: "1", campaign: loyalty}]\n' >crm.yaml
	ok crm-reward earn -q --rules --all
	ok crm-list -H reward -o cost -w "campaign = 'loyalty'"
	prints <<<3.00
}

@test "100,000 rows are given and balanced" {
	crm-init
	{ echo name; seq -f 'C%.0f' 100000; } | crm-add -q - >/dev/null
	ok bash -c 'crm-list -q | crm-reward earn -q - points=3 | tail -n 1'
	prints <<<100000
	printf 'rewards: [{name: a, gift: mug, when: points >= 3}]\n' >crm.yaml
	ok bash -c 'crm-reward earn -q --rules --all | tail -n 1'
	prints <<<200000
	ok bash -c 'crm-reward balance -H | cut -f 3,5 | sort | uniq -c | tr -s " "'
	prints <<<$' 100000 3\t1'
}
