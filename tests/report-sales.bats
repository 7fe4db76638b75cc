#!/usr/bin/env bats
# Reports about sales: what was sold, what is owed, who buys nothing, what is
# wished for and what is bought elsewhere.

load helper.bash

# Two customers, an organisation with a buyer, two products; in dollars there
# is a rate from 15 January on only.
setup_sales() {
	export CRM_NOW=2026-03-20T09:00:00Z
	crm-init
	sed -i "s/^segments: {}/segments: { fair: { where: source = 'fair' } }/" crm.yaml
	printf '%b' 'name\tline\nbolt\tmetal\nplank\twood\n' |
		crm-add -q product - >/dev/null
	printf '%b' 'name\tkind\torg\tsource\nAda\tperson\t\tfair\nBen\tperson\t\tweb\nMill\torg\t\tweb\nCy\tperson\tMill\tfair\n' |
		crm-add -q - since=2025-01-01 >/dev/null
	crm-add -q rate currency=USD day=2026-01-15 value=0.5 >/dev/null
	printf '%b' 'contact\tday\torder_no\tproduct\tquantity\tamount\tcost\tcurrency\n' \
	    '1\t2025-02-10\tA1\tbolt\t1\t80\t40\tEUR\n' \
	    '2\t2025-02-11\tB0\tplank\t1\t20\t\tEUR\n' \
	    '1\t2025-03-25\tA2\tbolt\t1\t1000\t40\tEUR\n' \
	    '1\t2026-01-05\tA3\tbolt\t2\t100\t60\tEUR\n' \
	    '1\t2026-01-05\tA3\tplank\t1\t50\t20\tEUR\n' \
	    '2\t2026-01-10\tB1\tplank\t1\t70\t\tUSD\n' \
	    '2\t2026-02-01\tB2\tplank\t3\t200\t80\tUSD\n' \
	    '4\t2026-03-20\tC1\tbolt\t4\t300\t100\tEUR\n' \
	    '4\t2026-03-21\tC2\tbolt\t4\t999\t100\tEUR\n' |
		crm-sell -q - >/dev/null
	crm-sell -q 1 product=plank quantity=-1 amount=-50 cost=-20 refunds=5 day=2026-02-03 >/dev/null
	printf '%b' 'day\tkind\tamount\tcontact\n2026-01-01\tacquisition\t10\t\n2026-03-20\tretention\t5\t1\n2026-01-04\tservice\t99\t1\n2026-03-21\tretention\t99\t\n' |
		crm-add -q expense - >/dev/null
}

@test "sales: a month's revenue, orders, cost, margin and marketing" {
	setup_sales
	run -0 --separate-stderr crm-report sales
	prints <<'OUT'
period	orders	quantity	revenue	daily	cost	margin	margin_rate	spend	spend_rate	earlier	change	unpriced
2026-01	2	4	150.00	4.84	80.00	70.00	46.666667	10.00	6.666667			1
2026-02	1	2	50.00	1.79	20.00	30.00	60	0.00	0			0
2026-03	1	4	300.00	15.00	100.00	200.00	66.666667	5.00	1.666667			0
OUT
	says 'crm-report: amounts in USD are left out: there is no rate of that day or before'
	run -0 --separate-stderr crm-report sales split=2026-02-03 -o period,orders,revenue,daily,spend
	prints <<'OUT'
period	orders	revenue	daily	spend
before 2026-02-03	3	250.00	7.58	10.00
from 2026-02-03	1	250.00	5.43	5.00
OUT
	run -0 --separate-stderr crm-report sales --keys -w "period = '2026-01'"
	prints <<<$'contact\tname\n1\tAda\n2\tBen'
}

# 25 March 2025 is not yet to be compared with.
@test "sales: against the year or the period before, as far as it is comparable" {
	setup_sales
	run -0 --separate-stderr crm-report sales against=year -o period,revenue,earlier,change
	prints <<'OUT'
period	revenue	earlier	change
2026-01	150.00		
2026-02	50.00	100.00	-50
2026-03	300.00		
OUT
	run -0 --separate-stderr crm-report sales against=previous from=2026-02-01 -o period,revenue,earlier,change
	prints <<'OUT'
period	revenue	earlier	change
2026-02	50.00	150.00	-66.666667
2026-03	300.00	50.00	500
OUT
	run -0 --separate-stderr crm-report sales against=year per=quarter by=product -o product,period,orders,revenue,earlier,change,spend
	prints <<'OUT'
product	period	orders	revenue	earlier	change	spend
bolt	2026-Q1	2	400.00	80.00	400	
plank	2026-Q1	3	100.00	20.00	400	
OUT
	ok crm-report sales from=2026-03-20 by=source currency=USD -H -o source,revenue
	prints <<<$'fair\t600.00'
}

@test "sales: the last days of a long month count as the last of a short one" {
	export CRM_NOW=2026-02-28T09:00:00Z
	crm-init
	crm-add -q name=Ada >/dev/null
	printf '%b' 'day\tamount\n2026-01-31\t7\n2026-01-28\t5\n2026-01-01\t1\n2025-12-31\t9\n' |
		crm-sell -q - contact=1 >/dev/null
	ok crm-report sales against=previous from=2026-02-01 -H -o period,revenue,earlier,change
	prints <<<$'2026-02\t0.00\t13.00\t-100'
}

@test "sales: a segment's, with what was spent on it; nothing in an empty book" {
	setup_sales
	ok crm-report sales segment=fair -o period,orders,revenue,spend
	prints <<'OUT'
period	orders	revenue	spend
2026-01	1	150.00	0.00
2026-02	0	-50.00	0.00
2026-03	1	300.00	5.00
OUT
	ok crm-report sales segment=fair against=year -w 'earlier > 0' -H -o earlier
	prints <<<80.00
	rm crm.db*
	crm-init
	ok crm-report sales against=year
	prints <<<$'period\torders\tquantity\trevenue\tdaily\tcost\tmargin\tmargin_rate\tspend\tspend_rate\tearlier\tchange\tunpriced'
}

# Of the invoices that are late, one is paid in part, one is in dollars
# without a rate; one is due today, one is paid.
setup_overdue() {
	setup_sales
	crm-add -q staff login=amy >/dev/null
	crm-set -q 1 owner=amy >/dev/null
	printf '%b' 'contact\tnumber\tissued\tdue\tamount\tpaid\tcurrency\n' \
	    '1\tR1\t2025-11-01\t2025-12-01\t100\t40\tEUR\n' \
	    '1\tR2\t2026-01-20\t2026-02-18\t30\t\tUSD\n' \
	    '1\tR3\t2026-02-01\t2026-03-19\t50\t\tEUR\n' \
	    '4\tR4\t2026-01-01\t2026-02-17\t20\t\tUSD\n' \
	    '3\tR5\t2026-01-01\t2026-02-17\t25\t\tEUR\n' \
	    '2\tR6\t2026-02-01\t2026-03-20\t70\t\tEUR\n' \
	    '2\tR8\t2026-01-01\t2026-01-19\t1\t\tEUR\n2\tR9\t2025-12-01\t2025-12-20\t2\t\tEUR\n' \
	    '2\tR7\t2026-01-01\t2026-01-20\t70\t70\tEUR\n' |
		crm-add -q invoice - >/dev/null
}

@test "overdue: invoices that are late, by how long" {
	setup_overdue
	run -0 --separate-stderr crm-report overdue
	prints <<'OUT'
band	contact	name	number	due	days	invoices	balance	unpriced
over 90	1	Ada	R1	2025-12-01	109	1	60.00	0
61-90	2	Ben	R9	2025-12-20	90	1	2.00	0
31-60	2	Ben	R8	2026-01-19	60	1	1.00	0
31-60	4	Cy	R4	2026-02-17	31	1	0.00	1
31-60	3	Mill	R5	2026-02-17	31	1	25.00	0
1-30	1	Ada	R2	2026-02-18	30	1	15.00	0
1-30	1	Ada	R3	2026-03-19	1	1	50.00	0
OUT
	says 'crm-report: amounts in USD are left out: there is no rate of that day or before'
	run -0 --separate-stderr crm-report overdue per=band by=owner -o owner,band,due,days,invoices,balance,unpriced
	prints <<'OUT'
owner	band	due	days	invoices	balance	unpriced
	61-90	2025-12-20	90	1	2.00	0
	31-60	2026-01-19	60	3	26.00	1
amy	over 90	2025-12-01	109	1	60.00	0
amy	1-30	2026-02-18	30	2	65.00	0
OUT
	run -0 --separate-stderr crm-report overdue per=contact unit=account -w "days = 31" -o name,invoices,number
	prints <<<$'name\tinvoices\tnumber\nMill\t2\t'
	run -0 --separate-stderr crm-report overdue per=band --keys -w 'days < 70' segment=fair -o name
	prints <<<$'name\nCy\nAda'
}

# Di was spoken to, Ed never; the mill's buyer has bought for it.
setup_never() {
	setup_sales
	printf '%b' 'name\tkind\torg\tsource\tsince\trole\n' \
	    'Di\tperson\t\tfair\t2026-03-01\tcustomer\nEd\tperson\t\tfair\t2026-03-10\tcustomer\n' \
	    'Inn\torg\t\tweb\t2026-01-01\tcustomer\nFay\tperson\tInn\tweb\t2026-02-01\tcustomer\n' \
	    'Pal\tperson\t\tfair\t2026-01-01\tpartner\nGus\tperson\t\tfair\t2026-03-21\tcustomer\nHal\tperson\t\tfair\t2026-03-20\tcustomer\n' |
		crm-add -q - >/dev/null
	printf '%b' 'contact\tat\n5\t2026-03-15\n8\t2026-03-20T08:00Z\n8\t2026-03-20T10:00Z\n' |
		crm-log -q - channel=call >/dev/null
}

@test "noncustomers: who never bought, since when they are known and quiet" {
	setup_never
	ok crm-report noncustomers
	prints <<'OUT'
stage	source	contacts	known	touched	quiet	last
lead	fair	3	10	1	5	2026-03-15
lead	web	2	62.5	2	0	2026-03-20
OUT
	ok crm-report noncustomers unit=account by=kind -o kind,source,contacts,known
	prints <<<$'kind\tsource\tcontacts\tknown\norg\tweb\t1\t78\nperson\tfair\t3\t10'
	ok crm-report noncustomers segment=fair -H -o source,contacts
	prints <<<$'fair\t3'
	ok crm-report noncustomers from=2026-03-01 to=2026-03-09 -H -o source,contacts
	prints <<<$'fair\t1'
	ok crm-report noncustomers --keys -w "source = 'web'"
	prints <<<$'contact\tname\n7\tInn\n8\tFay'
}

setup_needs() {
	setup_sales
	printf '%b' 'contact\tkind\tline\tabout\tstatus\tday\n' \
	    '1\tneed\tmetal\ta\topen\t2026-03-20\n1\tneed\tmetal\tb\topen\t2026-03-10\n3\tneed\tmetal\tc\tmet\t2026-01-01\n4\tneed\tmetal\td\topen\t2026-02-28\n' \
	    '3\tneed\tmetal\te\tdropped\t2026-01-01\n2\tidea\t\tf\topen\t2026-03-21\n2\twant\twood\tg\tmet\t2026-03-01\n3\tneed\tmetal\th\topen\t2026-03-19\n' |
		crm-add -q need - >/dev/null
}

@test "needs: what is wished for, how long, and how much of it was met" {
	setup_needs
	ok crm-report needs
	prints <<'OUT'
kind	line	needs	open	contacts	age	oldest	dropped	met	rate	low	high	few
need	metal	6	4	3	5.5	2026-02-28	1	1	50	9.453121	90.546879	few
want	wood	1	0	0			0	1	100	20.654931	100	few
OUT
	ok crm-report needs unit=account by=source from=2026-03-01 -o source,kind,open,contacts
	prints <<'OUT'
source	kind	open	contacts
fair	need	2	1
web	need	1	1
web	want	0	0
OUT
	ok crm-report needs segment=fair -H -o kind,line,open
	prints <<<$'need\tmetal\t3'
	ok crm-report needs --keys -w "kind = 'want'" -o name
	prints <<<$'name\nBen'
}

# The mill and its buyer both know what they spend; Ben's is in dollars.
setup_wallet() {
	setup_sales
	crm-set -q 1 wallet=400 >/dev/null
	crm-set -q 2 wallet=600 currency=USD >/dev/null
	crm-set -q 3 wallet=1000 >/dev/null
	crm-set -q 4 wallet=250 >/dev/null
}

@test "wallet: what they spend with us of what they spend" {
	setup_wallet
	run -0 --separate-stderr crm-report wallet
	prints <<'OUT'
contact	name	wallet	revenue	share	room	unpriced
3	Mill	1000.00	300.00	30	700.00	0
2	Ben	300.00	100.00	33.333333	200.00	1
1	Ada	400.00	1100.00	275	0.00	0
4	Cy	250.00	300.00	120	0.00	0
OUT
	run -0 --separate-stderr crm-report wallet segment=fair -H -o name
	prints <<<$'Ada\nCy'
	run -0 --separate-stderr crm-report wallet --keys least=700.00
	prints <<<$'contact\tname\n3\tMill'
	crm-set -q 3 wallet= >/dev/null
	run -0 --separate-stderr crm-report wallet unit=account by=kind -o kind,name,wallet,room
	prints <<'OUT'
kind	name	wallet	room
org	Mill	250.00	0.00
person	Ben	300.00	200.00
person	Ada	400.00	0.00
OUT
}

@test "an empty book has nothing to tell about sales" {
	crm-init
	for r in sales overdue noncustomers needs wallet; do
		echo "$r"
		ok crm-report "$r"
		[ ${#lines[@]} = 1 ]
		ok crm-report "$r" --keys
		prints <<<$'contact\tname'
	done
}
