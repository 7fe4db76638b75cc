#!/usr/bin/env bats

load helper.bash

setup_book() {
	crm-init
	printf 'name\temail\tcity\nAda\tada@example.org\tBerlin\nBob\tbob@example.org\tBerlin\nCleo\tcleo@example.org\tRome\nDora\tdora@example.org\tRome\n' |
	    crm-add -q - since=2023-01-01 >/dev/null
	crm-campaign new -q spring type=leads channel=email since=2024-02-01 \
	    arms=a:1,b:1,control:1 >/dev/null
}

# Ada and Bob in a, Cleo and Dora in control, from the first day on.
setup_arms() {
	setup_book
	printf 'contact\tarm\n1\ta\n2\ta\n3\tcontrol\n4\tcontrol\n' |
	    crm-campaign add -q spring - --at 2024-02-01 >/dev/null
}

# measure ARM NAME COLUMNS: of the result of spring.
measure() {
	crm-campaign result spring | mlr --tsv --headerless-tsv-output \
	    filter "\$arm == \"$1\" && \$measure == \"$2\"" 'then' cut -o -f "$3"
}

@test "a campaign is planned, with what it is for and may cost" {
	crm-init
	ok crm-campaign new 'spring sale' type=loyalty channel=email brand=Acme \
	    objective='win back' since=2024-03-10 until=2024-04-10 budget=1000.50 target_leads=20
	prints <<<$'campaign\tname\tresult\treason\n1\tspring sale\tcreated\t'
	ok crm-list campaign -H -o name,type,channel,status,since,until,budget,currency,target_leads,owner
	prints <<<$'spring sale\tloyalty\temail\tplanned\t2024-03-10\t2024-04-10\t1000.50\tEUR\t20\t'"$(id -un)"
	fails 1 crm-campaign new 'spring sale' type=brand
	prints <<<$'campaign\tname\tresult\treason\n\tspring sale\trefused\talready there'
	printf 'name\ttype\nsummer\tbrand\nautumn\tleads\n' >in
	ok crm-campaign new -q - channel=post <in
	prints <<<$'2\n3'
	fails 65 crm-campaign new winter
	says 'crm-campaign: type: is needed'
	fails 65 crm-campaign new winter type=lead
	says "crm-campaign: type: not one of awareness, brand, leads, loyalty: 'lead'; did you mean 'leads'?"
	fails 65 crm-campaign new winter type=leads since=2024-03-10 until=2024-03-01
	says 'crm-campaign: until: before it begins, on 2024-03-10'
}

@test "arms that do not add up and weights of zero are named" {
	crm-init
	fails 65 crm-campaign new x type=leads arms=a:1,b:0
	says "crm-campaign: arms: b: not a whole number from 1 to 1000000: '0'"
	fails 65 crm-campaign new x type=leads arms=a:50%,b:40%
	says 'crm-campaign: arms: they add up to 90 %, not 100'
	fails 65 crm-campaign new x type=leads arms=control:1
	says 'crm-campaign: arms: nothing but control'
	printf 'name\ttype\tarms\nx\tleads\ta:1\ny\tleads\ta:1,a:2\n' >in
	fails 65 crm-campaign new - <in
	says "crm-campaign: <stdin>:3: arms: 'a' is there twice"
	holds 'SELECT count(*) FROM campaign' <<<0
	crm-campaign new -q x type=leads arms=a:1 >/dev/null
	fails 65 crm-set campaign x arms=a:-1
	says "crm-set: arms: a: not a whole number from 1 to 1000000: '-1'"
}

@test "an audience comes from any pipe; each contact is drawn an arm, always the same" {
	setup_book
	ok bash -c "crm-list -w \"city = 'Berlin'\" | crm-campaign add spring - offer='10 %'"
	crm-list audience -o contact,wave,arm,offer -H >drawn
	diff - <(cut -f 1,2,4 drawn) <<<$'1\t1\t10 %\n2\t1\t10 %'
	crm-undo -q "$(crm-history -l 1 -H | cut -f1)" >/dev/null
	crm-campaign add -q spring 4 3 2 1 offer='10 %' >/dev/null
	crm-list audience -o contact,wave,arm,offer -H -w 'contact < 3' -s contact >again
	diff drawn again
	ok crm-campaign add spring ada@example.org
	prints <<<$'contact\tname\tresult\treason\tarm\twave\n1\tAda\tunchanged\t\t'"$(sed -n 1p drawn | cut -f 3)"$'\t1'
	holds 'SELECT count(*) FROM audience' <<<4
	holds 'SELECT count(*) FROM audience WHERE arm NOT IN ('"'a', 'b', 'control')" <<<0
}

@test "arms have their shares of 100,000 contacts, within three standard errors" {
	crm-init
	seq 100000 | awk 'BEGIN { print "name" } { print "c" $1 }' | crm-add -q - >keys
	crm-campaign new -q big type=leads arms=mail:6,post:3,control:1 >/dev/null
	crm-campaign new -q same type=leads arms=mail:6,post:3,control:1 seed=2 >/dev/null
	crm-campaign add -T big - <keys >said
	awk -F'\t' 'NR > 1 { n[$5]++ } END {
		split("mail post control", name, " "); split("0.6 0.3 0.1", p, " ")
		for (i = 1; i <= 3; i++) {
			d = n[name[i]] - 1e5 * p[i]
			if (d * d > 9 * 1e5 * p[i] * (1 - p[i])) { print name[i], n[name[i]]; exit 1 }
		}
	}' said
	crm-campaign add -T same - <keys >other
	[ "$(paste <(cut -f 5 said) <(cut -f 5 other) | awk '$1 == $2' | wc -l)" -lt 48000 ]
	crm-undo -q "$(crm-history -l 2 -H | cut -f1 | tail -1)" >/dev/null
	crm-campaign add -T big - <keys | diff said -
}

@test "arms are given with the audience where the campaign has none" {
	crm-init
	printf 'name\nA\nB\n' | crm-add -q - >/dev/null
	crm-campaign new -q plain type=brand >/dev/null
	ok crm-campaign add plain 1
	prints <<<$'contact\tname\tresult\treason\tarm\twave\n1\tA\tcreated\t\t\t1'
	fails 2 crm-campaign add plain 2 --arms a:0
	says "crm-campaign: --arms: a: not a whole number from 1 to 1000000: '0'"
	ok crm-campaign add plain 2 --arms only:1
	prints <<<$'contact\tname\tresult\treason\tarm\twave\n2\tB\tcreated\t\tonly\t1'
	holds 'SELECT arms FROM campaign' <<<only:1
	ok crm-campaign add -q plain 2 --arms only:1
	fails 1 crm-campaign add plain 2 --arms other:1
	says 'crm-campaign: plain has arms already: only:1'
}

@test "an unknown contact in the middle of a stream puts nobody in" {
	setup_book
	printf 'contact\tarm\n1\ta\nzed@example.org\ta\n2\tb\n' >in
	fails 65 crm-campaign add spring - <in
	says "crm-campaign: <stdin>:3: unknown contact 'zed@example.org'"
	prints </dev/null
	holds 'SELECT count(*) FROM audience' <<<0
	fails 1 crm-campaign add -q spring - --keep-going --rejects bad <in
	prints <<<$'1\n2'
	diff - bad <<<$'contact\tarm\terror\nzed@example.org\ta\tunknown contact \'zed@example.org\''
	printf 'contact\tarm\n3\ta\n4\tc\n' >in
	fails 65 crm-campaign add spring - <in
	says "crm-campaign: <stdin>:3: arm: not an arm of spring: 'c'"
	fails 2 crm-campaign add spring - arm=a <in
	says "crm-campaign: 'arm' is both a column and an operand"
	fails 2 crm-campaign add spring 3 city=Rome
	says "crm-campaign: no field of add: 'city'"
	fails 1 crm-campaign add summer 3
	says "crm-campaign: unknown campaign 'summer'"
	fails 1 crm-campaign add spring zed
	says "crm-campaign: unknown contact 'zed'"
}

@test "it is sent to all but the arm that is held out, once" {
	setup_arms
	fails 1 crm-campaign sent spring 1 2 3 --at 2024-02-10
	prints <<'OUT'
contact	name	result	reason	arm	wave
1	Ada	updated		a	1
2	Bob	updated		a	1
3	Cleo	refused	is held out	control	1
OUT
	holds 'SELECT status FROM campaign' <<<running
	ok bash -c "crm-list audience -w \"arm = 'a'\" | crm-campaign sent spring -"
	prints <<'OUT'
contact	name	result	reason	arm	wave
1	Ada	unchanged		a	1
2	Bob	unchanged		a	1
OUT
	holds 'SELECT contact, sent_at FROM audience WHERE sent_at IS NOT NULL' <<<$'1\t2024-02-10T12:00:00Z\n2\t2024-02-10T12:00:00Z'
	fails 2 crm-campaign sent spring 1 --at 2024-01-10
	says 'crm-campaign: --at: 2024-01-10 is before it begins, on 2024-02-01'
	fails 2 crm-campaign sent spring 1 --at 2024-03-10
	says "crm-campaign: --at: not yet: '2024-03-10'"
	crm-undo -q "$(crm-history -l 1 -H | cut -f1)" >/dev/null
	holds 'SELECT count(sent_at), (SELECT status FROM campaign) FROM audience' <<<$'0\tplanned'
}

@test "another wave goes to some of the audience, in the arm they have" {
	setup_arms
	crm-campaign sent -q spring 1 2 >/dev/null
	crm-add -q name=Eve >/dev/null
	fails 1 crm-campaign wave spring 1 5 offer=again
	prints <<'OUT'
contact	name	result	reason	arm	wave
1	Ada	created		a	2
5	Eve	refused	is not in the audience of spring		
OUT
	ok crm-campaign wave spring 1 2 wave=2
	prints <<'OUT'
contact	name	result	reason	arm	wave
1	Ada	unchanged		a	2
2	Bob	created		a	2
OUT
	ok bash -c "crm-campaign wave spring 1 | crm-campaign sent spring - | crm-fmt csv"
	prints <<<$'contact,name,result,reason,arm,wave\n1,Ada,updated,,a,3'
	ok crm-campaign sent spring 1 wave=2
	prints <<<$'contact\tname\tresult\treason\tarm\twave\n1\tAda\tupdated\t\ta\t2'
	holds 'SELECT contact, wave, sent_at IS NOT NULL, offer FROM audience WHERE wave > 1 ORDER BY audience' <<'OUT'
1	2	1	again
2	2	0	
1	3	1	
OUT
	fails 2 crm-campaign wave spring 1 wave=0
}

@test "responses stream in; unsubscribing withdraws consent, a bounce marks the address" {
	setup_arms
	crm-campaign sent -q spring 1 2 --at 2024-02-10 >/dev/null
	crm-set -q 2 email+=bob@example.com >/dev/null
	cat >in <<'TSV'
contact	kind	at	note
ada@example.org	opened	2024-02-10	
1	clicked	2024-02-11T08:00Z	on the picture
1	unsubscribed	2024-02-11T09:00Z	
2	bounced	2024-02-10	550 no such user
4	visited	2024-02-12	
TSV
	ok crm-campaign respond spring - <in
	prints <<'OUT'
response	name	result	reason	contact	kind
1	Ada	created		1	opened
2	Ada	created		1	clicked
3	Ada	created	consent withdrawn: email	1	unsubscribed
4	Bob	created	its email is no longer valid	2	bounced
5	Dora	created		4	visited
OUT
	holds 'SELECT contact, channel, purpose, state, at, how FROM consent' <<<$'1\temail\tmarketing\twithdrawn\t2024-02-11T09:00:00Z\tcampaign spring'
	holds 'SELECT contact, value FROM contact_point WHERE valid = 0' <<<$'2\tbob@example.org'
	ok bash -c 'crm-campaign respond spring - <in | cut -f 1,3 | tail -n +2'
	prints <<<$'1\tunchanged\n2\tunchanged\n3\tunchanged\n4\tunchanged\n5\tunchanged'
	holds 'SELECT count(*), (SELECT count(*) FROM consent) FROM response' <<<$'5\t1'
	ok crm-campaign respond -q spring 2 kind=unsubscribed -p existing
	holds 'SELECT purpose, state FROM consent WHERE contact = 2' <<<$'existing\twithdrawn'
	crm-undo -q "$(crm-history -l 2 -H | cut -f1 | tail -1)" >/dev/null
	holds 'SELECT (SELECT count(*) FROM response), (SELECT count(*) FROM consent), (SELECT sum(valid = 0) FROM contact_point)' <<<$'1\t1\t0'
}

@test "a response before the campaign, before it was sent or not yet is named by its place" {
	setup_arms
	crm-campaign sent -q spring 1 --at 2024-02-10T15:00Z >/dev/null
	printf 'contact\tkind\tat\n2\tvisited\t2024-02-01\n2\tvisited\t2024-01-31\n' >in
	fails 65 crm-campaign respond spring - <in
	says 'crm-campaign: <stdin>:3: at: 2024-01-31 is before the campaign, which began on 2024-02-01'
	prints </dev/null
	holds 'SELECT count(*) FROM response' <<<0
	fails 65 crm-campaign respond spring 1 kind=opened at=2024-02-09
	says 'crm-campaign: at: 2024-02-09 is before it was sent to them, on 2024-02-10'
	ok crm-campaign respond -q spring 1 kind=opened at=2024-02-10
	fails 65 crm-campaign respond spring 1 kind=opened at=2024-03-02
	says "crm-campaign: at: not yet: '2024-03-02'"
	fails 65 crm-campaign respond spring 1 kind=bought
	says "crm-campaign: kind: not one of opened, clicked, replied, visited, converted, unsubscribed, bounced: 'bought'"
	fails 65 crm-campaign respond spring - <<<$'contact\n1'
	says 'crm-campaign: <stdin>:2: kind: is needed'
	crm-add -q name=Eve >/dev/null
	printf 'contact\tkind\n5\tvisited\n1\tclicked\n' >in
	fails 1 crm-campaign respond spring - <in
	prints <<'OUT'
response	name	result	reason	contact	kind
	Eve	refused	is not in the audience of spring	5	visited
2	Ada	created		1	clicked
OUT
	crm-set -q campaign spring channel= >/dev/null
	fails 65 crm-campaign respond spring 1 kind=unsubscribed
	says 'crm-campaign: kind: spring has no channel from which to unsubscribe'
	holds 'SELECT count(*) FROM response' <<<2
}

@test "leads are found or made, and only new ones are the campaign's" {
	setup_arms
	printf 'name\temail\tphone\tcity\tsource\nEve Small\teve@example.org\t\tOslo\t\nAda\tada@example.org\t+49 30 123456\tParis\t\nFinn\tfinn@example.org\t\t\tfair\n' >in
	ok crm-campaign lead spring - <in
	prints <<'OUT'
contact	name	result	reason	arm	wave
5	Eve Small	created			
1	Ada	updated		a	1
6	Finn	created			
OUT
	ok crm-list -H -o name,email,phone,city,source,campaign,stage -w "contact in (1, 5, 6)"
	prints <<'OUT'
Ada	ada@example.org	+49 30 123456	Berlin			lead
Eve Small	eve@example.org		Oslo	spring	spring	lead
Finn	finn@example.org			fair	spring	lead
OUT
	ok bash -c 'crm-campaign lead spring - <in | cut -f 1,3 | tail -n +2'
	prints <<<$'5\tunchanged\n1\tunchanged\n6\tunchanged'
	ok crm-campaign lead -q spring name=Gus phone='+49 30 99' owner=
	fails 65 crm-campaign lead spring city=Rome
	says 'crm-campaign: contact: is needed'
	printf 'email\nhal@example.org\nnot an address\n' >in
	fails 65 crm-campaign lead spring - <in
	says "crm-campaign: <stdin>:3: email: not an address: 'not an address'"
	holds 'SELECT count(*) FROM contact' <<<7
	crm-undo -q "$(crm-history -l 2 -H | cut -f1 | tail -1)" >/dev/null
	holds 'SELECT count(*) FROM contact' <<<5
}

@test "what a campaign costs is an expense that names it" {
	setup_arms
	ok crm-campaign cost spring 120.50 about=printing
	prints <<<$'expense\tname\tresult\treason\tcontact\n1\tspring\tcreated\t\t'
	ok crm-campaign cost -q spring 30 day=2024-02-05 kind=retention currency=USD contact=1
	ok crm-campaign cost -q spring - <<<$'amount\tday\n5\t2024-02-06'
	ok crm-list expense -H -o day,kind,amount,currency,contact,campaign,about
	prints <<'OUT'
2024-03-01	acquisition	120.50	EUR		spring	printing
2024-02-05	retention	30.00	USD	1	spring	
2024-02-06	acquisition	5.00	EUR		spring	
OUT
	fails 65 crm-campaign cost spring much
	says "crm-campaign: amount: not an amount: 'much'"
	fails 2 crm-campaign cost spring
	says 'crm-campaign: expected an amount, or '"'-'"
	fails 65 crm-campaign cost spring 5 kind=fun
}

@test "a campaign that is closed takes nobody in, but what they did still counts" {
	setup_arms
	ok crm-campaign close spring
	prints <<<$'campaign\tname\tresult\treason\n1\tspring\tupdated\t'
	holds 'SELECT status, until FROM campaign' <<<$'closed\t2024-03-01'
	ok crm-campaign close spring
	prints <<<$'campaign\tname\tresult\treason\n1\tspring\tunchanged\t'
	fails 1 crm-campaign add spring 1
	says 'crm-campaign: spring is closed'
	fails 1 crm-campaign sent spring 1
	ok crm-campaign respond -q spring 1 kind=visited
	ok crm-campaign close spring until=2024-02-20
	holds 'SELECT until FROM campaign' <<<2024-02-20
	fails 65 crm-campaign close spring until=2024-01-01
	says 'crm-campaign: until: before it begins, on 2024-02-01'
	fails 2 crm-campaign close spring since=2024-01-01
	CRM_NOW=2024-03-09 ok crm-campaign close -q spring
	holds 'SELECT until FROM campaign' <<<2024-02-20
}

@test "arms are compared by what all of their contacts bought, before and after control" {
	setup_arms
	crm-campaign sent -q spring 1 --at 2024-02-01 >/dev/null
	crm-campaign cost -q spring 100 >/dev/null
	printf 'contact\tday\tamount\n1\t2024-01-31\t1000\n1\t2024-02-01\t30\n2\t2024-02-20\t10\n3\t2024-02-20\t8\n4\t2024-03-02\t500\n' |
	    crm-sell -q - >/dev/null
	crm-sell -q --refund 2 >/dev/null
	crm-sell -q 1 amount=50 day=2024-02-02 >/dev/null
	diff - <(measure a revenue n,value,basis) <<<$'4\t60.00\tall sales from 2024-02-01 to 2024-03-01'
	diff - <(measure control revenue n,value) <<<$'1\t8.00'
	diff - <(measure a buyers n,of,value) <<<$'2\t2\t1.000000'
	diff - <(measure a cost n,value) <<<$'1\t100.00'
	diff - <(measure control cost n,value) <<<$'0\t0.00'
	Rscript -e 'w <- t.test(c(50, 10), c(8, 0)); cat(sprintf("%.6f\t%.6f\t%.6f\t%.4f\t%.1f\t%.4g\n", w$estimate[1] - w$estimate[2], w$conf.int[1], w$conf.int[2], w$statistic, w$parameter, w$p.value))' >want
	diff want <(measure a revenue_lift value,low,high,statistic,df,p)
	diff - <(measure a revenue_gain value) <<<52.00
	diff - <(measure b contacts n) <<<0
	crm-set -q campaign spring until=2024-02-10 >/dev/null
	printf 'campaigns: { window: 5d }\n' >crm.yaml
	diff - <(measure a revenue value,basis) <<<$'80.00\tall sales from 2024-02-01 to 2024-02-15'
}

@test "who is put in later counts from that day on; a past campaign's audience from its first" {
	setup_book
	crm-campaign add -q spring 1 arm=a --at 2024-02-10 >/dev/null
	crm-campaign new -q winter type=brand since=2024-01-01 until=2024-01-31 >/dev/null
	crm-campaign add -q winter 1 >/dev/null
	printf 'contact\tday\tamount\n1\t2024-01-02\t7\n1\t2024-02-09\t1\n1\t2024-02-10\t2\n' | crm-sell -q - >/dev/null
	diff - <(measure a revenue value) <<<2.00
	holds 'SELECT added_at FROM audience WHERE campaign = 2' <<<2024-01-01T12:00:00Z
	ok bash -c "crm-campaign result winter -H | awk -F'\t' '\$2 == \"revenue\" { print \$5, \$11 }'"
	prints <<<'10.00 all sales from 2024-01-01 to 2024-03-01'
}

@test "a sale counts for the campaign it names, else for that of the last response within the window" {
	setup_arms
	crm-campaign new -q other type=brand since=2024-02-01 >/dev/null
	crm-campaign add -q other 1 2 >/dev/null
	printf 'contact\tkind\tat\n1\tclicked\t2024-02-02\n2\topened\t2024-02-02\n4\tvisited\t2024-02-20\n' | crm-campaign respond -q spring - >/dev/null
	crm-campaign respond -q other 1 kind=visited at=2024-02-10 >/dev/null
	printf 'contact\tday\tamount\tcost\tcampaign\n1\t2024-02-01\t1\t\t\n1\t2024-02-02\t2\t1\t\n1\t2024-02-11\t4\t\t\n2\t2024-02-11\t8\t\t\n2\t2024-02-11\t16\t\tspring\n4\t2024-02-19\t32\t\t\n' |
	    crm-sell -q - >/dev/null
	ok bash -c 'crm-campaign result --all -H | cut -f 1,8,11'
	prints <<<$'spring\t18.00\tnamed, or last touch within 30d\nother\t4.00\tnamed, or last touch within 30d'
	diff - <(measure '' attributed_profit n,value) <<<$'2\t17.00'
	crm-sell -q --refund 2 >/dev/null
	crm-sell -q --refund 5 >/dev/null
	diff - <(measure '' attributed_revenue n,value) <<<$'4\t0.00'
	printf 'campaigns: { touch: first, window: 9d }\n' >crm.yaml
	ok bash -c 'crm-campaign result --all -H | cut -f 1,8,11'
	prints <<<$'spring\t4.00\tnamed, or first touch within 9d\nother\t0.00\tnamed, or first touch within 9d'
	printf 'campaigns: { touch: first, window: 8d }\n' >crm.yaml
	ok bash -c 'crm-campaign result --all -H | cut -f 1,8'
	prints <<<$'spring\t0.00\nother\t4.00'
	printf 'campaigns: { touch: middle }\n' >crm.yaml
	fails 78 crm-config check
	fails 78 crm-campaign result spring
}

@test "leads, prospects and customers have their price, targets what was reached of them" {
	setup_book
	crm-set -q campaign spring target_leads=4 target_responses=2 target_revenue=200 budget=150 >/dev/null
	crm-campaign add -q spring 1 2 3 arm=a --at 2024-02-01 >/dev/null
	crm-campaign add -q spring 4 arm=control --at 2024-02-01 >/dev/null
	CRM_NOW=2024-01-15 crm-promote -q --to prospect 1 >/dev/null
	CRM_NOW=2024-02-15 crm-promote -q --force --reason bought --to customer 1 4 >/dev/null
	CRM_NOW=2024-02-15 crm-promote -q --to prospect 2 >/dev/null
	CRM_NOW=2024-02-10 crm-campaign lead -q spring name=Eve >/dev/null
	CRM_NOW=2024-02-20 crm-promote -q --force --reason bought --to customer Eve >/dev/null
	crm-campaign cost -q spring 120 >/dev/null
	crm-campaign respond -q spring 1 kind=replied at=2024-02-02 >/dev/null
	crm-sell -q 1 amount=180 day=2024-02-03 >/dev/null
	diff - <(measure '' leads n) <<<1
	diff - <(measure '' cost_per_lead n,value) <<<$'1\t120.00'
	diff - <(measure '' reached_prospect n,of) <<<$'2\t4'
	diff - <(measure '' cost_per_prospect value) <<<60.00
	diff - <(measure '' reached_customer n) <<<2
	diff - <(measure '' cost_per_customer value) <<<60.00
	diff - <(measure '' roi value) <<<0.500000
	diff - <(measure '' target_leads n,of,value) <<<$'1\t4\t0.250000'
	diff - <(measure '' target_responses n,of,value) <<<$'1\t2\t0.500000'
	diff - <(measure '' target_revenue n,of,value) <<<$'180.00\t200.00\t0.900000'
	diff - <(measure '' budget n,of,value) <<<$'120.00\t150.00\t0.800000'
	CRM_NOW=2024-02-10 ok bash -c "crm-campaign result spring | awk -F'\t' '\$2 == \"reached_customer\" { print \$3 }'"
	prints <<<0
}

@test "amounts without a rate are left out, and it is said" {
	setup_arms
	crm-sell -q 1 amount=5 currency=USD day=2024-02-05 >/dev/null
	crm-sell -q 1 amount=3 day=2024-02-05 >/dev/null
	run -0 --separate-stderr crm-campaign result spring
	says 'crm-campaign: amounts in USD are left out: there is no rate of that day or before'
	crm-add -q rate currency=USD day=2024-01-01 value=0.5 >/dev/null
	diff - <(measure a revenue value) <<<5.50
}

@test "a result goes through pipes, without campaigns too" {
	crm-init
	ok crm-campaign result --all
	prints <<<$'campaign\tstatus\tcontacts\tsent\tresponses\tleads\tcustomers\trevenue\tcost\troi\tbasis'
	crm-campaign new -q empty type=brand >/dev/null
	ok bash -c 'crm-campaign result empty | crm-fmt pivot measure arm value | head -1'
	ok bash -c "crm-campaign result empty -j | jq -r 'select(.measure == \"attributed_revenue\") | [.arm, .n, .value, .low] | @json'"
	prints <<<'[null,0,0,null]'
	ok crm-campaign result --all -q
	prints <<<empty
}

@test "what makes no sense as words is refused" {
	setup_book
	fails 2 crm-campaign
	says 'crm-campaign: expected new, add, wave, sent, respond, lead, cost, close or result, not '"''"
	fails 2 crm-campaign start spring
	fails 2 crm-campaign add
	fails 2 crm-campaign add spring
	fails 2 crm-campaign add spring 1 -
	fails 2 crm-campaign respond spring 1 2 kind=visited
	fails 2 crm-campaign lead spring
	fails 2 crm-campaign lead spring 1
	fails 2 crm-campaign result
	fails 2 crm-campaign result spring --all
	fails 2 crm-campaign new
	fails 2 crm-campaign wave spring 1 --arms a:1
	says 'crm-campaign: --arms goes with add'
	fails 2 crm-campaign respond spring 1 kind=visited --at 2024-03-01
	fails 2 crm-campaign add spring 1 --purpose x
	fails 2 crm-campaign add spring 1 --all
	fails 1 crm-campaign result winter
	says "crm-campaign: unknown campaign 'winter'"
	holds 'SELECT count(*) FROM audience' <<<0
}

@test "a dry run and an empty stream write nothing" {
	setup_book
	ok crm-campaign add -n -q spring 1 2
	prints <<<$'1\n2'
	ok crm-campaign add spring - </dev/null
	prints <<<$'contact\tname\tresult\treason\tarm\twave'
	ok crm-campaign respond spring - </dev/null
	prints <<<$'response\tname\tresult\treason\tcontact\tkind'
	holds 'SELECT (SELECT count(*) FROM audience), (SELECT max(op) FROM op)' <<<$'0\t3'
}

@test "a shell completes verbs and campaigns" {
	setup_book
	ok crm-complete -- crm-campaign wa
	prints <<<$'wave\t'
	ok crm-complete -- crm-campaign add sp
	prints <<<$'spring\tplanned, leads'
}
