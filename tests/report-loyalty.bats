#!/usr/bin/env bats

load helper.bash

# Friday 1 March 2024; the year of the reports began on 3 March 2023.  Eli
# buys tomorrow, and Dot gave all back.
setup_shop() {
	crm-init
	echo "segments: {fair: {where: \"source = 'fair'\"}}" >crm.yaml
	printf 'name\tsource\nAda\tfair\nBea\tfair\nCy\tweb\nDot\tweb\nEli\tweb\nFay\tweb\n' |
	    crm-add -q - >/dev/null
	printf 'name\tline\ttier\tprice\tactive\nBasic\tDesk\t1\t100\t1\nPro\tDesk\t2\t200\t1\nMax\tDesk\t3\t400\t1\nOld\tDesk\t4\t1\t0\nLamp\tLight\t\t50\t1\nBulb\tLight\t1\t20\t1\n' |
	    crm-add -q product - >/dev/null
	sed 's/ /\t/g' <<-'IN' | crm-sell -q - >/dev/null
	contact day product amount cost discount order_no
	Ada 2020-03-01 Basic 100 40 0 
	Ada 2024-03-01 Lamp 50 20 0 
	Bea 2022-03-02 Basic 100 40 0 
	Cy 2023-06-01 Pro 200 250 50 
	Cy 2023-06-01 Lamp 50 20 0 
	Dot 2021-01-01 Lamp 50 0 0 
	Fay 2022-05-05 Max 400 0 0 F1
	Fay 2022-05-05 Lamp 50 0 0 F1
	Fay 2023-12-24 Bulb 10 0 10 
	IN
	CRM_NOW=2024-03-02T09:00:00Z crm-sell -q Eli Basic >/dev/null
	CRM_NOW=2024-03-02T09:00:00Z crm-sell -q --refund 6 day=2023-05-01 >/dev/null
}

@test "tenure tells how many customers of each age were kept" {
	setup_shop
	ok crm-report tenure
	prints <<'OUT'
years	customers	before	kept	revenue	profit	rate	low	high	few
0	1	0	0	250.00	-20.00				few
1	2	2	1	10.00	10.00	50	9.453121	90.546879	few
3	1	1	0	-50.00	-50.00	0	0	79.345069	few
4	1	1	1	50.00	30.00	100	20.654931	100	few
OUT
	ok crm-report tenure to=2024-02-29 by=source segment=fair -o source,years,customers,kept
	prints <<<$'source\tyears\tcustomers\tkept\nfair\t1\t1\t0\nfair\t3\t1\t0'
	ok crm-report tenure to=+1d -w 'years = 0' --keys
	prints <<<$'contact\tname\n3\tCy'
	crm-add -q name=Org kind=org >/dev/null
	crm-set -q Cy Ada org=Org >/dev/null
	ok crm-report tenure unit=account -w 'years = 4' -o customers,before,kept,revenue
	prints <<<$'customers\tbefore\tkept\trevenue\n1\t1\t1\t300.00'
}

@test "breadth counts lines as they were when the period began" {
	setup_shop
	ok crm-report breadth -o lines,customers,kept,revenue,profit,per_customer,rate
	prints <<'OUT'
lines	customers	kept	revenue	profit	per_customer	rate
1	3	1	0.00	-20.00	0	33.333333
2	1	1	10.00	10.00	10	100
OUT
	ok crm-report breadth of=product from=2024 by=source -o source,lines,customers,kept
	prints <<<$'source\tlines\tcustomers\tkept\nfair\t1\t2\t1\nweb\t0\t1\t0\nweb\t2\t1\t0\nweb\t3\t1\t0'
	ok crm-report breadth --keys -w 'lines = 1' segment=fair
	prints <<<$'contact\tname\n1\tAda\n2\tBea'
}

@test "loyalty divides each tenure by the median profit of all" {
	setup_shop
	ok crm-report loyalty
	prints <<'OUT'
tenure	profits	customers	share	revenue	profit	per_customer	before	kept	rate	low	high	few
under 1 year	loss	1	100	250.00	-20.00	-20	0	0				few
1 to 2 years	upper half	2	100	10.00	10.00	5	1	1	100	20.654931	100	few
2 to 5 years	loss	1	50	-50.00	-50.00	-50	0	0				few
2 to 5 years	upper half	1	50	50.00	30.00	30	0	0				few
OUT
	ok crm-report loyalty from=2020 -w "profits = 'lower half'" -o tenure,customers,profit
	prints <<<$'tenure\tcustomers\tprofit\n2 to 5 years\t1\t0.00'
	ok crm-report loyalty by=source -o source,tenure,share segment=fair
	prints <<<$'source\ttenure\tshare\nfair\t1 to 2 years\t100\nfair\t2 to 5 years\t100'
	ok crm-report loyalty --keys -w "profits = 'loss'"
	prints <<<$'contact\tname\n3\tCy\n4\tDot'
}

@test "loyalty tells who bought in the period before and again" {
	setup_shop
	# As many days before 2 March 2023 begin on 1 March 2022: with Bea.
	ok crm-report loyalty from=2023-03-02 -o tenure,before,kept,rate -w 'before > 0'
	prints <<<$'tenure\tbefore\tkept\trate\n1 to 2 years\t2\t1\t50'
	# Ada and Dot, who then only gave back.
	ok crm-report loyalty from=2022-03-01 -o tenure,profits,before,kept -w 'before > 0'
	prints <<'OUT'
tenure	profits	before	kept
2 to 5 years	loss	2	1
2 to 5 years	upper half	2	1
OUT
	ok crm-report loyalty from=2022-03-01 by=source -o source,before,kept -w 'before > 0'
	prints <<<$'source\tbefore\tkept\nfair\t1\t1\nweb\t1\t0'
	crm-add -q name=Org kind=org >/dev/null
	crm-set -q Dot Ada org=Org >/dev/null
	ok crm-report loyalty from=2022-03-01 unit=account -o before,kept -w 'before > 0'
	prints <<<$'before\tkept\n1\t1'
}

@test "a bond is the mean of four ranks among customers" {
	setup_shop
	printf 'contact\tat\tchannel\nAda\t2024-02-01\tcall\nAda\t2024-02-02\temail\nAda\t2023-03-03\tcall\nAda\t2023-03-02\tcall\nFay\t2024-02-01\tvisit\nDot\t2024-02-01\tnote\n' |
	    crm-log -q - >/dev/null
	ok crm-report bond -o name,touches,lines,profit,bond,touches_rank,years_rank,lines_rank,profit_rank
	prints <<'OUT'
name	touches	lines	profit	bond	touches_rank	years_rank	lines_rank	profit_rank
Ada	3	2	90.00	80.25	99	99	49	74
Fay	1	2	460.00	61.5	74	24	49	99
Bea	0	1	60.00	30.5	0	49	24	49
Dot	0	0	0.00	24.5	0	74	0	24
Cy	0	2	-20.00	12.25	0	0	49	0
OUT
	ok crm-report bond by=source segment=fair -o source,contact,years
	prints <<<$'source\tcontact\tyears\nfair\t1\t4\nfair\t2\t1.998631'
	ok crm-report bond least=61.5 --keys
	prints <<<$'contact\tname\n1\tAda\n6\tFay'
}

@test "discounts count by the year of life of the sale" {
	setup_shop
	ok crm-report discount-by-tenure
	prints <<'OUT'
year	customers	sales	revenue	discount	percent
1	1	2	250.00	50.00	16.666667
2	1	1	10.00	10.00	50
5	1	1	50.00	0.00	0
OUT
	ok crm-report discount-by-tenure by=tenure from=2020 -o tenure,year,sales -w 'year = 1'
	prints <<<$'tenure\tyear\tsales\n1 to 2 years\t1\t3\n2 to 5 years\t1\t2\nunder 1 year\t1\t2'
	ok crm-report discount-by-tenure segment=fair --keys
	prints <<<$'contact\tname\n1\tAda'
	crm-sell -q Fay amount=77 currency=USD day=2024-02-01 >/dev/null
	fails 0 crm-report discount-by-tenure -w 'year = 2' -o sales,revenue
	prints <<<$'sales\trevenue\n2\t10.00'
	says 'crm-report: amounts in USD are left out: there is no rate of that day or before'
}

@test "who has one line and lacks another can be piped on" {
	setup_shop
	ok crm-report crosssell
	prints <<'OUT'
have	lack	holders	both	without	rate	low	high	few
Desk	Light	4	3	1	75	30.064184	95.441274	few
Light	Desk	3	3	0	100	43.850297	100	few
OUT
	ok crm-report crosssell have=desk lack=light --keys
	prints <<<$'contact\tname\n2\tBea'
	ok crm-report crosssell by=source -w 'without > 0' -o source,have,holders,without
	prints <<<$'source\thave\tholders\twithout\nfair\tDesk\t2\t1'
	ok crm-report crosssell by=source -w 'without > 0' --keys -o contact -H
	prints <<<2
	ok crm-report crosssell of=product have=Lamp segment=fair -o lack,holders,both
	prints <<<$'lack\tholders\tboth\nBasic\t1\t1'
	ok crm-report crosssell of=product least=2 -H
	prints </dev/null
}

@test "a named pair has a row though nobody has both" {
	setup_shop
	ok crm-report crosssell of=product have=bulb lack=basic
	prints <<'OUT'
have	lack	holders	both	without	rate	low	high	few
Bulb	Basic	1	0	1	0	0	79.345069	few
OUT
	ok crm-report crosssell of=product have=Bulb lack=Basic --keys
	prints <<<$'contact\tname\n6\tFay'
	ok crm-report crosssell of=product have=Basic lack=Old by=source least=9 -o source,holders,both,without
	prints <<<$'source\tholders\tboth\twithout\nfair\t2\t0\t2'
	ok crm-report crosssell have=desk lack=light least=9 -o holders,both -H
	prints <<<$'4\t3'
	ok crm-report crosssell of=product have=Old lack=Basic -H
	prints </dev/null
	ok crm-report crosssell have=desk lack=DESK -H
	prints </dev/null
	ok crm-report crosssell of=product lack=lamp -o have,lack,holders,both -H
	prints <<<$'Basic\tLamp\t2\t1\nBulb\tLamp\t1\t1\nMax\tLamp\t1\t1\nPro\tLamp\t1\t1'
	ok crm-report crosssell of=product have=bulb -o lack,both -H
	prints <<<$'Lamp\t1\nMax\t1'
	ok crm-report crosssell of=product have=bulb least=0 -o lack,both -H
	prints <<<$'Basic\t0\nLamp\t1\nMax\t1\nOld\t0\nPro\t0'
}

@test "baskets tell what is bought together more often than by chance" {
	setup_shop
	ok crm-report basket of=line
	prints <<'OUT'
product	other	orders	first	second	both	support	lift	rate	low	high	few
Desk	Light	7	4	5	2	28.571429	0.7	50	15.003899	84.996101	few
Light	Desk	7	5	4	2	28.571429	0.7	40	11.762077	76.927572	few
OUT
	ok crm-report basket least=1 -o product,other,first,second,both,lift
	prints <<'OUT'
product	other	first	second	both	lift
Lamp	Max	4	1	1	1.75
Lamp	Pro	4	1	1	1.75
Max	Lamp	1	4	1	1.75
Pro	Lamp	1	4	1	1.75
OUT
	ok crm-report basket least=1 support=14.3 -H
	prints </dev/null
	ok crm-report basket least=1 by=source from=2023 segment=fair -H
	prints </dev/null
	ok crm-report basket least=1 by=source from=2023 -o source,product,orders,lift
	prints <<<$'source\tproduct\torders\tlift\nweb\tLamp\t2\t2\nweb\tPro\t2\t2'
	ok crm-report basket of=line --keys
	prints <<<$'contact\tname\n3\tCy\n6\tFay'
}

@test "who holds a lower tier is offered the next that is sold" {
	setup_shop
	ok crm-report upsell
	prints <<'OUT'
line	tier	customers	next	offer	price	top
Desk	1	2	2	Pro	200.00	3
Desk	2	1	3	Max	400.00	3
OUT
	crm-add -q product name=Fair line=Desk tier=2 price=150 >/dev/null
	ok crm-report upsell line=desk by=source segment=fair -o source,tier,offer,customers
	prints <<<$'source\ttier\toffer\tcustomers\nfair\t1\tFair\t2'
	ok crm-report upsell -w 'tier = 2' --keys
	prints <<<$'contact\tname\n3\tCy'
}

@test "customers at risk stand there once for each reason" {
	crm-init
	for i in Ada Bea Cy Dot Eli Fay; do echo "$i"; done |
	    awk 'BEGIN { print "name\tsource" } { print $1 "\tfair" }' |
	    crm-add -q - >/dev/null
	crm-add -q name=Gus stage=lost >/dev/null
	sed 's/ /\t/g' <<-'IN' | crm-sell -q - >/dev/null
	contact day amount
	Ada 2023-10-01 10
	Ada 2023-11-10 10
	Ada 2023-12-20 10
	Cy 2023-10-13 10
	Cy 2023-11-22 10
	Cy 2024-01-01 10
	Bea 2023-10-01 1
	Bea 2023-10-02 1
	Dot 2023-05-01 5
	Eli 2024-02-28 7
	IN
	printf 'contact\tat\tchannel\nDot\t2023-12-02\tcall\nDot\t2023-11-01\tcall\nDot\t2024-02-01\tcall\nBea\t2023-12-02\tcall\nAda\t2023-12-02\tcall\nAda\t2023-12-01\tcall\nAda\t2024-02-01\tcall\nAda\t2024-02-01\tcall\n' |
	    crm-log -q - >/dev/null
	printf 'contact\tcompetitor\tstatus\tclosed\tsince\nEli\tRival\topen\t\t2024-02-01\nEli\tRival\topen\t\t2024-02-01\nFay\tRival\topen\t\t2024-02-01\nGus\tRival\topen\t\t2024-02-01\nBea\tRival\tlost\t2024-02-02\t2024-02-01\n' |
	    crm-add -q deal - >/dev/null
	ok crm-report at-risk
	prints <<'OUT'
contact	name	owner	reason	evidence	days	profit
1	Ada		overdue	72 days, usually 40	72	30.00
5	Eli		competitor	Rival	2	7.00
4	Dot		quiet	1 talks in 90 days, 2 before	305	5.00
OUT
	ok crm-report at-risk factor=1.8 fall=51 by=source -o source,contact
	prints <<<$'source\tcontact\nfair\t5'
	ok crm-report at-risk least=2 --keys -w "reason = 'overdue'"
	prints <<<$'contact\tname\n1\tAda\n2\tBea'
}

@test "of an empty database there is nothing to tell" {
	crm-init
	for r in tenure crosssell basket upsell breadth loyalty bond at-risk \
	    discount-by-tenure; do
		ok crm-report -H "$r"
		[ -z "$output" ]
	done
}
