#!/usr/bin/env bats
# Reports about marketing: where customers come from, what winning and keeping
# them costs, who recommends us.

load helper.bash

# Five leads, of whom four are older than 90 days; two bought, one of them has
# lapsed since, and one is a prospect.
setup_marketing() {
	export CRM_NOW=2026-06-30T09:00:00Z
	crm-init
	crm-campaign new spring type=leads channel=email since=2026-01-10 until=2026-02-28 -q >/dev/null
	printf '%b' 'name\tsource\tsince\tstage\tcountry\n' \
	    'Ada\tfair\t2026-01-05\tlead\tDE\nBen\tfair\t2026-02-01\tprospect\tDE\nCy\tfair\t2026-06-01\tlead\tDE\n' \
	    'Di\tweb\t2026-04-01\tlapsed\tFR\nEd\tweb\t2026-04-02\tlead\tDE\nOld\tfair\t2020-01-01\tlead\tDE\n' |
		crm-add -q - >/dev/null
	crm-add -q - source=fair since=2026-01-06 role=partner <<<$'name\nPal' >/dev/null
	printf '%b' 'name\tsince\nFay\t2026-02-02\nGus\t2026-02-03\n' |
		crm-campaign lead -q spring - >/dev/null
	printf '%b' 'contact\tday\tamount\n1\t2026-02-01\t100\n4\t2026-05-01\t40\n5\t2026-07-01\t9\n' |
		crm-sell -q - >/dev/null
	printf '%b' 'day\tkind\tamount\tcurrency\tcontact\tcampaign\tabout\n' \
	    '2026-01-20\tacquisition\t30\tEUR\t\tspring\t\n' \
	    '2026-03-01\tacquisition\t60\tEUR\t\t\tfair\n' \
	    '2026-06-01\tacquisition\t24\tEUR\t\t\tfair\n' \
	    '2026-05-01\tacquisition\t7\tEUR\t4\t\t\n' \
	    '2026-05-02\tretention\t11\tEUR\t4\t\t\n' \
	    '2026-05-03\tacquisition\t13\tEUR\t\t\tradio\n' \
	    '2026-07-01\tacquisition\t99\tEUR\t\t\tfair\n' |
		crm-add -q expense - >/dev/null
}

@test "sources: leads, conversion of those old enough, cost of each" {
	setup_marketing
	ok crm-report sources
	prints <<'OUT'
source	leads	mature	prospects	customers	rate	low	high	few	cost	lead_cost	customer_cost
fair	3	2	2	1	50	9.453121	90.546879	few	84.00	28	56
spring	2	2	0	0	0	0	65.761977	few	30.00	15	
web	2	1	1	1	100	20.654931	100	few	7.00	3.5	7
OUT
	ok crm-report sources mature=0 by=country -o country,source,leads,customers,cost
	prints <<'OUT'
country	source	leads	customers	cost
	spring	2	0	30.00
DE	fair	3	1	84.00
DE	web	1	0	0.00
FR	web	1	1	7.00
OUT
	ok crm-report sources --keys -w "source = 'web'" -o name
	prints <<<$'name\nDi\nEd'
}

# Ada answers the mailing, then the fair; what she buys counts for the last of
# them that she answered within 30 days, what she gives back where it was
# bought.  Ben is held out and buys by name of the fair.
setup_campaigns() {
	setup_marketing
	crm-campaign new mailing type=loyalty channel=email since=2026-03-01 until=2026-03-31 arms=all:1,control:1 -q >/dev/null
	crm-campaign new visit type=brand channel=visit since=2026-03-02 -q >/dev/null
	crm-campaign new next type=loyalty channel=email since=2026-07-01 -q >/dev/null
	crm-add -q rate currency=USD day=2026-05-01 value=0.5 >/dev/null
	printf '%b' 'contact\tarm\n1\tall\n2\tcontrol\n5\tall\n7\tall\n' |
		crm-campaign add -q mailing - >/dev/null
	crm-campaign add -q visit 1 >/dev/null
	crm-campaign respond -q visit 1 kind=visited at=2026-03-10 >/dev/null
	printf '1\n5\n' | crm-campaign sent -q mailing - --at 2026-03-02 >/dev/null
	printf '%b' 'contact\tkind\tat\n1\tclicked\t2026-03-05\n1\tconverted\t2026-03-06\n2\tvisited\t2026-03-06\n5\topened\t2026-03-07\n' |
		crm-campaign respond -q mailing - >/dev/null
	printf '%b' 'contact\tday\tamount\tcost\tcurrency\tcampaign\n' \
	    '1\t2026-04-05\t200\t50\tEUR\t\n1\t2026-04-06\t77\t\tEUR\t\n' \
	    '2\t2026-03-20\t10\t\tEUR\tspring\n1\t2026-03-20\t5\t\tUSD\t\n5\t2026-03-20\t4\t\tEUR\t\n8\t2026-03-21\t8\t\tEUR\t\n' |
		crm-sell -q - >/dev/null
	crm-sell -q 1 day=2026-06-20 amount=-20 cost=-5 refunds=4 >/dev/null
	crm-campaign cost -q mailing 26 >/dev/null
}

@test "campaigns: what each did, cost and brought, as crm-campaign tells it" {
	setup_campaigns
	run -0 --separate-stderr crm-report campaigns
	prints <<'OUT'
campaign	status	audience	sent	responses	conversions	leads	customers	revenue	cost	roi	unpriced
spring	planned	0	0	0	0	2	1	10.00	30.00	-0.666667	0
mailing	running	4	2	2	1	0	0	0.00	26.00	-1	0
visit	planned	1	0	1	0	0	1	257.00	0.00		1
next	planned	0	0	0	0	0	0	0.00	0.00		0
OUT
	says 'crm-report: amounts in USD are left out: there is no rate of that day or before'
	diff <(crm-campaign result --all -H 2>/dev/null | cut -f 1-9) \
	    <(cut -f 1-5,7-10 <<<"$output" | tail -n +2)
	run -0 --separate-stderr crm-report campaigns touch=first by=type -o type,campaign,revenue,roi
	prints <<'OUT'
type	campaign	revenue	roi
brand	visit	77.00	
leads	spring	10.00	-0.666667
loyalty	mailing	180.00	4.192308
loyalty	next	0.00	
OUT
	run -0 --separate-stderr crm-report campaigns window=14d -w 'revenue > 0' -H -o campaign,revenue
	prints <<<$'spring\t10.00'
	sed -i 's/^  window: 30d/  window: 14d/' crm.yaml
	run -0 --separate-stderr crm-report campaigns -w 'revenue > 0' -H -o campaign,revenue
	prints <<<$'spring\t10.00'
	sed -i 's/window: 14d/window: soon/' crm.yaml
	fails 78 crm-report campaigns
	says "crm-report: $PWD/crm.yaml:$(grep -n 'window: soon' crm.yaml | cut -d : -f 1):11: campaigns.window: not a number of days or a step such as 90d: 'soon'"
	sed -i 's/window: soon/window: 30d/' crm.yaml
	run -0 --separate-stderr crm-report campaigns --keys -w "campaign = 'mailing'" -o name
	prints <<<$'name\nAda\nBen\nEd\nPal'
}

@test "acquisition-cost: blended, acquisition only, put off, with onboarding" {
	setup_marketing
	crm-sell -q 2 day=2026-03-31 amount=10 >/dev/null
	crm-sell -q 1 day=2026-03-31 amount=10 >/dev/null
	printf '%b' 'day\tkind\tamount\tabout\tcurrency\n2026-04-02\tservice\t8\tthe onboarding kit\tEUR\n2026-04-02\tservice\t4\trepair\tEUR\n2026-04-02\tretention\t4\tcards\tUSD\n' |
		crm-add -q expense - >/dev/null
	run -0 --separate-stderr crm-report acquisition-cost from=2026-02-20 to=2026-03 lag=1 lags=fair:0-2 after=1
	prints <<'OUT'
month	customers	marketing	acquisition	lagged	onboarding	blended	acquisition_only	lag_adjusted	fully_loaded
2026-02	1	0.00	0.00	30.00	0.00	0	0	30	30
2026-03	1	60.00	60.00	20.00	8.00	60	60	20	28
OUT
	run -0 --separate-stderr crm-report acquisition-cost from=2026-05-01 by=country -o country,month,customers,acquisition,blended
	prints <<'OUT'
country	month	customers	acquisition	blended
	2026-05	0	13.00	
	2026-06	0	24.00	
FR	2026-05	1	7.00	18
OUT
	run -0 --separate-stderr crm-report acquisition-cost --keys -w "month = '2026-03'" from=2026-01-01 -o name to=2026-03-31
	prints <<<$'name\nBen'
}

@test "acquisition-cost: with unit=account people buy for their organisation" {
	crm-init
	printf '%b' 'name\tkind\torg\nMill\torg\t\nAda\tperson\tMill\nBen\tperson\tMill\n' |
		crm-add -q - >/dev/null
	printf '%b' 'contact\tday\n2\t2024-02-29\n3\t2024-03-01\n3\t2024-03-02\n' |
		crm-sell -q - amount=5 >/dev/null
	ok crm-report acquisition-cost -H -o month,customers
	prints <<<$'2024-02\t1\n2024-03\t1'
	ok crm-report acquisition-cost unit=account -H -o month,customers
	prints <<<$'2024-02\t1'
}

# Ada bought in February first; in June she gives something of that back.
@test "spend-split: acquisition against retention, new revenue against old" {
	setup_marketing
	crm-sell -q 1 day=2026-05-03 amount=60 >/dev/null
	crm-sell -q 1 day=2026-06-03 amount=-15 refunds=1 >/dev/null
	ok crm-report spend-split
	prints <<'OUT'
period	acquisition	retention	acquisition_share	new_revenue	repeat_revenue	repeat_share	new_return	repeat_return	unpriced
2026-01	30.00	0.00	100	0.00	0.00		0		0
2026-02	0.00	0.00		100.00	0.00	0			0
2026-03	60.00	0.00	100	0.00	0.00		0		0
2026-05	20.00	11.00	64.516129	40.00	60.00	60	2	5.454545	0
2026-06	24.00	0.00	100	-15.00	0.00		-0.625		0
OUT
	ok crm-report spend-split per=year by=country -o country,acquisition,new_revenue,repeat_revenue
	prints <<'OUT'
country	acquisition	new_revenue	repeat_revenue
	127.00	0.00	0.00
DE	0.00	85.00	60.00
FR	7.00	40.00	0.00
OUT
	fails 2 crm-report spend-split by=product
	says "crm-report: by: spend-split knows no 'product'"
}

# Ada answers a call by mail within 14 days, the mail before it not at all;
# Ben answers a day too late, and then calls of his own accord; Dee answers on
# the day of two, of which the mail was the last.
setup_talks() {
	crm-init
	printf '%b' 'name\tcountry\trole\tsince\nAda\tDE\tcustomer\t2024-01-02\nBen\tFR\tcustomer\t2024-01-02\nPal\tFR\tpartner\t2024-01-02\nCy\tFR\tcustomer\t2023-12-31\nDee\tDE\tcustomer\t2023-12-31\n' |
		crm-add -q - >/dev/null
	printf '%b' 'contact\tat\tchannel\tdirection\n' \
	    '1\t2024-01-02T09:00Z\tnote\t\n1\t2024-01-02T10:00Z\temail\tout\n1\t2024-01-03T10:00Z\tcall\tout\n1\t2024-01-17T10:00Z\temail\tin\n' \
	    '2\t2024-01-05T10:00Z\tcall\tout\n2\t2024-01-19T11:00Z\tcall\tin\n2\t2024-01-20T11:00Z\tcall\tin\n' \
	    '3\t2024-02-01T10:00Z\tcall\tout\n4\t2023-12-31T10:00Z\tcall\tout\n4\t2024-03-02T09:00Z\tcall\tout\n' \
	    '5\t2024-02-09\tcall\tout\n5\t2024-02-10\ttext\tout\n5\t2024-02-10\temail\tout\n5\t2024-02-10\temail\tin\n' |
		crm-log -q - >/dev/null
	printf '%b' 'contact\tday\tchannel\tamount\tcurrency\n1\t2024-02-01\tweb\t10\tEUR\n1\t2024-02-02\tcall\t7\tUSD\n2\t2024-03-01\tweb\t5\tEUR\n2\t2024-03-02\tweb\t50\tEUR\n' |
		crm-sell -q - >/dev/null
	crm-sell -q 1 day=2024-02-05 channel=web amount=-4 refunds=1 >/dev/null
}

@test "channels: what is said, answered, begun and sold by each" {
	setup_talks
	run -0 --separate-stderr crm-report channels
	prints <<'OUT'
channel	inbound	outbound	answered	rate	low	high	few	leads	sales	revenue	unpriced
call	2	4	1	25	4.558726	69.935816	few	1	1	0.00	1
email	2	2	1	50	9.453121	90.546879	few	1	0	0.00	0
text	0	1	0	0	0	79.345069	few	0	0	0.00	0
web	0	0	0				few	0	2	11.00	0
OUT
	run -0 --separate-stderr crm-report channels within=15d by=country -o country,channel,outbound,answered,leads,revenue
	prints <<'OUT'
country	channel	outbound	answered	leads	revenue
DE	call	2	1	0	0.00
DE	email	2	1	1	0.00
DE	text	1	0	0	0.00
DE	web	0	0	0	6.00
FR	call	2	1	1	0.00
FR	web	0	0	0	5.00
OUT
	run -0 --separate-stderr crm-report channels --keys -w "channel = 'email'" -o name
	prints <<<$'name\nAda\nDee'
}

# Ada brought Ben and Cy, Ben brought Di, Di brought Ed, and Ed is to have
# brought Ada; Di came 90 days ago, Ed a day less.
setup_referrals() {
	export CRM_NOW=2026-06-30T09:00:00Z
	crm-init
	printf '%b' 'name\tsince\tcountry\n' \
	    'Ada\t2025-01-01\tDE\nBen\t2026-01-01\tDE\nCy\t2026-02-01\tFR\nDi\t2026-04-01\tDE\nEd\t2026-04-02\tDE\nFay\t2026-02-01\tDE\nGus\t2026-02-01\tDE\n' |
		crm-add -q - >/dev/null
	printf '%b' 'contact\tkind\tother\n2\treferred_by\t1\n3\treferred_by\t1\n4\treferred_by\t2\n5\treferred_by\t4\n1\treferred_by\t5\n3\treferred_by\t2\n' |
		crm-link -q - >/dev/null
	printf '%b' 'contact\tday\tamount\n1\t2025-02-01\t9\n2\t2026-02-01\t100\n2\t2026-03-01\t20\n4\t2026-07-01\t5\n5\t2026-06-30\t7\n6\t2026-03-01\t30\n' |
		crm-sell -q - >/dev/null
	crm-sell -q 2 amount=-20 refunds=3 day=2026-03-02 >/dev/null
}

@test "referrals: whom each brought, how many bought, how far it went" {
	setup_referrals
	ok crm-report referrals
	prints <<'OUT'
contact	name	referred	mature	customers	rate	low	high	few	revenue	chain	generations
1	Ada	2	2	1	50	9.453121	90.546879	few	100.00	4	3
5	Ed	1	1	1	100	20.654931	100	few	9.00	4	3
4	Di	1	0	0				few	7.00	4	3
2	Ben	1	1	0	0	0	79.345069	few	0.00	4	4
OUT
	ok crm-report referrals by=country from=2026-02-01 -o country,name,mature -w 'mature > 0'
	prints <<<$'country\tname\tmature\nDE\tAda\t1\nDE\tBen\t1'
	ok crm-report referrals --keys -w 'customers > 0'
	prints <<<$'contact\tname\n1\tAda\n5\tEd'
}

@test "referral-rate: the referred against who came by himself" {
	setup_referrals
	ok crm-report referral-rate
	prints <<'OUT'
origin	contacts	customers	rate	low	high	few	revenue	each	hosts	invites	k
referred	3	1	33.333333	6.149194	79.23404	few	100.00	33.333333	1	3	1
cold	2	1	50	9.453121	90.546879	few	30.00	15			
OUT
	ok crm-report referral-rate mature=0 by=country -o country,origin,contacts,customers,hosts
	prints <<'OUT'
country	origin	contacts	customers	hosts
DE	referred	3	2	1
DE	cold	2	1	
FR	referred	1	0	0
OUT
	ok crm-report referral-rate --keys -w "origin = 'cold'" -o name
	prints <<<$'name\nFay\nGus'
}

# 2,000 customers, 5,000 invitations and 500 who came are 2.5 times 10 %.
@test "referral-rate: k is invitations a customer times their conversion" {
	export CRM_NOW=2026-06-30T09:00:00Z
	crm-init
	{ printf 'name\tsince\n'; printf 'host %d\t2025-01-01\n' {1..20}; printf 'guest %d\t2026-01-01\n' {21..70}; } |
		crm-add -q - >/dev/null
	{ printf 'contact\tkind\tother\n'; printf '%d\treferred_by\t1\n' {21..70}; } |
		crm-link -q - >/dev/null
	{ printf 'contact\tday\n'; printf '%d\t2025-12-31\n' {1..20}; printf '%d\t2026-02-01\n' {21..25}; } |
		crm-sell -q - amount=1 >/dev/null
	ok crm-report referral-rate -o contacts,customers,rate,hosts,invites,k
	prints <<<$'contacts\tcustomers\trate\thosts\tinvites\tk\n50\t5\t10\t20\t2.5\t0.25'
}

@test "advocates: who brought whom and who praised us, the best first" {
	setup_referrals
	sed -i 's/^outcomes: \[/outcomes: [praise, /' crm.yaml
	printf '%b' 'contact\tat\toutcome\n6\t2026-03-01\tpraise\n6\t2026-03-02\tpraise\n1\t2026-02-02\tpraise\n7\t2026-02-02\treached\n7\t2026-07-01\tpraise\n' |
		crm-log -q - channel=call >/dev/null
	ok crm-report advocates
	prints <<'OUT'
contact	name	referrals	customers	revenue	praise	last
1	Ada	2	1	100.00	1	2026-02-02
4	Di	1	1	7.00	0	2026-04-02
5	Ed	1	1	9.00	0	2025-01-01
2	Ben	1	0	0.00	0	2026-04-01
6	Fay	0	0	0.00	2	2026-03-02
OUT
	ok crm-report advocates from=2026-03-01 outcome=reached by=country -o country,name,referrals
	prints <<<$'country\tname\treferrals\nDE\tDi\t1\nDE\tBen\t1'
	ok crm-report advocates --keys -w 'praise > 1'
	prints <<<$'contact\tname\n6\tFay'
}

# Amy's hour costs 60, Joe's is in dollars, which have no rate before March.
setup_effort() {
	setup_referrals
	crm-add -q staff login=amy hour_cost=60 >/dev/null
	crm-add -q staff login=joe hour_cost=30 currency=USD >/dev/null
	crm-add -q rate currency=USD day=2026-03-01 value=0.5 >/dev/null
	printf '%b' 'contact\tat\tchannel\tby\tminutes\tcost\n' \
	    '2\t2026-02-01\tcall\tamy\t20\t\n2\t2026-02-02\tnote\tamy\t10\t\n6\t2026-02-03\tpost\t\t\t1.50\n' \
	    '6\t2026-03-03\tcall\tjoe\t30\t\n7\t2026-02-03\tcall\tjoe\t30\t\n7\t2025-12-31\tcall\tamy\t30\t\n' |
		crm-log -q - >/dev/null
	printf '%b' 'day\tkind\tamount\tcontact\n2026-06-30\tservice\t5\t2\n2026-07-01\tservice\t50\t2\n2026-02-01\tretention\t50\t2\n' |
		crm-add -q expense - >/dev/null
}

@test "effort: touches, minutes and what they cost, against profit" {
	setup_effort
	run -0 --separate-stderr crm-report effort
	prints <<'OUT'
part	contacts	touches	minutes	staff_cost	channel_cost	service	effort	profit	net	unpriced
client	1	1	30	30.00	0.00	5.00	35.00	100.00	65.00	0
customer	2	2	30	7.50	1.50	0.00	9.00	37.00	28.00	0
lead	1	1	30	0.00	0.00	0.00	0.00	0.00	0.00	1
OUT
	says 'crm-report: amounts in USD are left out: there is no rate of that day or before'
	run -0 --separate-stderr crm-report effort per=none by=country -o country,contacts,minutes,effort,profit,net
	prints <<<$'country\tcontacts\tminutes\teffort\tprofit\tnet\nDE\t4\t90\t44.00\t137.00\t93.00'
	run -0 --separate-stderr crm-report effort --keys -w "part = 'lead'" -o name
	prints <<<$'name\nGus'
}

# Something on the day before the first, on the first day, today, and tomorrow;
# only Bob, the second, is in the segment.
setup_edges() {
	export CRM_NOW=2026-03-10T09:00:00Z
	crm-init
	sed -i "s/^segments: {}/segments: { bob: { where: name = 'Bob' } }/; s/^outcomes: \[/outcomes: [praise, /" crm.yaml
	crm-add -q staff login=amy hour_cost=60 >/dev/null
	crm-campaign new mail type=leads since=2026-02-01 -q >/dev/null
	printf '%b' 'name\tsource\tsince\trole\nAnn\tfair\t2020-01-01\tcustomer\nEve\tweb\t2026-02-28\tcustomer\n' \
	    'Bob\tweb\t2026-03-01\tcustomer\nCy\tweb\t2026-03-10\tcustomer\nDi\tweb\t2026-03-11\tcustomer\nPal\tweb\t2026-03-02\tpartner\n' |
		crm-add -q - >/dev/null
	printf '%b' 'contact\tkind\tother\n2\treferred_by\t1\n3\treferred_by\t1\n4\treferred_by\t1\n5\treferred_by\t1\n' |
		crm-link -q - >/dev/null
	printf '%b' 'contact\tday\tchannel\n2\t2026-02-28\tcall\n3\t2026-03-01\tcall\n4\t2026-03-10\tcall\n5\t2026-03-11\tcall\n' |
		crm-sell -q - amount=1 >/dev/null
	{
		printf 'day\tkind\tcontact\tabout\n'
		printf '%s\tacquisition\t\tweb\n' 2026-02-28 2026-03-01 2026-03-10 2026-03-11
		printf '%s\tservice\t3\t\n' 2026-02-28 2026-03-01 2026-03-10 2026-03-11
	} | crm-add -q expense - amount=1 >/dev/null
	printf '%b' 'contact\tat\n2\t2026-02-28T09:00Z\n3\t2026-03-01T09:00Z\n4\t2026-03-10T09:00Z\n4\t2026-03-10T09:01Z\n5\t2026-03-11T09:00Z\n' |
		crm-log -q - channel=call direction=in outcome=praise minutes=30 by=amy >/dev/null
	printf '3\n4\n5\n' | crm-campaign add -q mail - --at 2026-02-01 >/dev/null
	printf '%b' 'contact\tat\n3\t2026-03-01\n4\t2026-03-10\n5\t2026-03-11\n' |
		CRM_NOW=2026-03-12T09:00:00Z crm-campaign respond -q mail - kind=converted >/dev/null
	printf '3\n4\n5\n' | crm-set -q - campaign=mail >/dev/null
	printf '%b' 'day\tcontact\tamount\n2026-03-10\t\t5\n2026-03-01\t3\t2\n2026-03-11\t\t7\n' |
		crm-add -q expense - kind=retention campaign=mail >/dev/null
}

@test "the first day and today count, what was before and tomorrow does not" {
	setup_edges
	ok crm-report sources mature=0 from=2026-03-01 -H -o source,leads,customers,cost
	prints <<<$'web\t2\t2\t2.00'
	ok crm-report campaigns -H -o audience,responses,leads,revenue,cost
	prints <<<$'3\t2\t2\t2.00\t7.00'
	ok crm-report acquisition-cost from=2026-03-01 -H -o customers,marketing,acquisition
	prints <<<$'2\t9.00\t2.00'
	ok crm-report spend-split per=year from=2026-03-01 -H -o acquisition,retention,new_revenue
	prints <<<$'2.00\t7.00\t2.00'
	ok crm-report channels from=2026-03-01 -H -o channel,inbound,leads,sales,revenue
	prints <<<$'call\t2\t2\t2\t2.00'
	ok crm-report referrals mature=0 from=2026-03-01 -H -o name,referred,mature,customers,revenue,chain
	prints <<<$'Ann\t2\t2\t2\t2.00\t3'
	ok crm-report referral-rate mature=0 from=2026-03-01 -H -o origin,contacts,customers
	prints <<<$'referred\t2\t2'
	ok crm-report advocates from=2026-03-01 -H -o name,referrals,praise
	prints <<<$'Ann\t2\t0\nBob\t0\t1\nCy\t0\t1'
	ok crm-report effort from=2026-03-01 per=none -H -o contacts,touches,minutes,staff_cost,service,profit
	prints <<<$'2\t2\t60\t60.00\t2.00\t2.00'
}

@test "a segment is counted by itself, with what was spent on it" {
	setup_edges
	ok crm-report sources mature=0 from=2026-03-01 segment=bob -H -o source,leads,customers
	prints <<<$'web\t1\t1'
	ok crm-report campaigns segment=bob -H -o audience,responses,leads,revenue,cost
	prints <<<$'1\t1\t1\t1.00\t2.00'
	ok crm-report acquisition-cost from=2026-03-01 segment=bob -H -o customers,marketing,acquisition
	prints <<<$'1\t2.00\t0.00'
	ok crm-report spend-split per=year from=2026-03-01 segment=bob -H -o acquisition,retention,new_revenue
	prints <<<$'0.00\t2.00\t1.00'
	ok crm-report channels from=2026-03-01 segment=bob -H -o channel,inbound,leads,sales,revenue
	prints <<<$'call\t1\t1\t1\t1.00'
	ok crm-report referrals segment=bob -H
	prints </dev/null
	ok crm-report referral-rate mature=0 segment=bob -H -o contacts,hosts
	prints <<<$'1\t0'
	ok crm-report advocates segment=bob -H -o name,praise
	prints <<<$'Bob\t1'
	ok crm-report effort segment=bob per=none -H -o contacts,touches,profit
	prints <<<$'1\t1\t1.00'
}

@test "an empty book has nothing to tell about marketing" {
	crm-init
	for r in sources campaigns acquisition-cost spend-split channels referrals referral-rate advocates effort; do
		echo "$r"
		ok crm-report "$r"
		[ ${#lines[@]} = 1 ]
		ok crm-report "$r" --keys
		prints <<<$'contact\tname'
	done
}
