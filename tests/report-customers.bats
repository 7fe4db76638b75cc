#!/usr/bin/env bats

load helper.bash

# Five customers, a lead; amounts in EUR but Eve's, for which there is no rate.
setup_book() {
	crm-init
	export CRM_NOW=2023-09-30T09:00:00Z
	printf 'name\tday\torder_no\tamount\tcost\tcurrency\n%s\n' \
	    "$(cat <<'SALES'
Ada	2023-01-10	a1	100.00	60.00	EUR
Bob	2023-01-20	b1	40.00	10.00	EUR
Cy	2023-02-15	c1	30.00	35.00	EUR
Dee	2023-04-02	d1	200.00	120.00	EUR
Ada	2023-04-05	a2	50.00	30.00	EUR
Bob	2023-04-10	b2	60.00	20.00	EUR
Eve	2023-05-05	e1	10.00	5.00	USD
Dee	2023-07-01	d2	20.00	10.00	EUR
Ada	2023-07-20	a3	80.00	40.00	EUR
Ada	2023-10-01	a4	999.00	1.00	EUR
SALES
)" | crm-sell -q - >/dev/null
	crm-sell -q --refund 8 day=2023-07-10 >/dev/null
	crm-add -q name=Lea >/dev/null
	crm-set -q Ada Dee city=Berlin >/dev/null
}

# misses CMD ...: it exits 0 and says that Eve's sale has no price.
misses() {
	fails 0 "$@"
	says 'crm-report: amounts in USD are left out: there is no rate of that day or before'
}

@test "rfm scores recency, frequency and money; equal values have equal scores" {
	setup_book
	misses crm-report rfm bins=2
	prints <<'OUT'
contact	name	recency	frequency	monetary	r	f	m	rfm	segment
1	Ada	72	3	230.00	2	2	2	222	
2	Bob	173	2	100.00	1	1	1	111	
3	Cy	227	1	30.00	1	1	1	111	
4	Dee	91	2	200.00	2	1	2	212	
5	Eve	148	1	0.00	2	1	1	211	
OUT
	misses crm-report rfm -o name,segment -H by=city -w "city = 'Berlin'"
	prints <<'OUT'
Ada	Potential Loyalist
Dee	Loyal Customers
OUT
	misses crm-report rfm --keys -w 'r = 2' bins=2 to=2023-04-05
	prints <<<$'contact\tname\n1\tAda\n4\tDee'
}

@test "rfm by ntile divides customers into parts of equal size" {
	setup_book
	misses crm-report rfm -o name,r,f,m method=ntile
	prints <<'OUT'
name	r	f	m
Ada	5	5	5
Bob	2	3	3
Cy	1	1	2
Dee	4	4	4
Eve	3	2	1
OUT
}

@test "cohorts tell how many of those who began together came back when" {
	setup_book
	ok crm-report cohorts per=quarter
	prints <<'OUT'
cohort	since	customers	active	rate	low	high	few
2023-Q1	0	3	3	100	43.850297	100	few
2023-Q1	1	3	2	66.666667	20.76596	93.850806	few
2023-Q1	2	3	1	33.333333	6.149194	79.23404	few
2023-Q2	0	2	2	100	34.238023	100	few
2023-Q2	1	2	1	50	9.453121	90.546879	few
OUT
	ok crm-report cohorts -H -o city,cohort,since,customers,active by=city \
	    from=2023-04-01 to=2023-09-29
	prints <<'OUT'
	2023-05	0	1	1
	2023-05	1	1	0
	2023-05	2	1	0
	2023-05	3	1	0
	2023-05	4	1	0
Berlin	2023-04	0	1	1
Berlin	2023-04	1	1	0
Berlin	2023-04	2	1	0
Berlin	2023-04	3	1	1
Berlin	2023-04	4	1	0
Berlin	2023-04	5	1	0
OUT
	ok crm-report cohorts --keys per=quarter -w 'since = 1'
	prints <<<$'contact\tname\n1\tAda\n2\tBob\n4\tDee'
}

@test "retention compares customers and their revenue with the period before" {
	setup_book
	misses crm-report retention from=2023-04-01
	prints <<'OUT'
period	customers	kept	rate	low	high	few	before	after	held	net	gross	unpriced
2023-Q2	3	2	66.666667	20.76596	93.850806	few	170.00	110.00	90.00	64.705882	52.941176	0
2023-Q3	4	2	50	15.003899	84.996101	few	310.00	80.00	50.00	25.806452	16.129032	1
OUT
	sed -i '/^segments:/d' crm.yaml
	echo 'segments: { berlin: { where: "city = '"'Berlin'"'" } }' >>crm.yaml
	ok crm-report retention -H -o period,customers,kept,before,after \
	    from=2023-04-01 segment=berlin
	prints <<'OUT'
2023-Q2	1	1	100.00	50.00
2023-Q3	2	2	250.00	80.00
OUT
}

@test "churn counts those who were customers and stayed away too long" {
	setup_book
	misses crm-report churn from=2023-04-01 per=quarter lapse=90d
	prints <<'OUT'
period	customers	lapsed	rate	low	high	few	lost	unpriced
2023-Q2	3	1	33.333333	6.149194	79.23404	few	30.00	0
2023-Q3	4	4	100	51.010916	100	few	270.00	1
OUT
	# 1 July is the 90th day after 2 April, and the 89th for one more day.
	ok crm-report churn -H -o lapsed,lost from=2023-09-01 to=2023-09-28 lapse=90d
	prints <<<$'0\t0.00'
	ok crm-report churn -H -o lapsed,lost from=2023-09-01 to=2023-09-29 lapse=90d
	prints <<<$'1\t20.00'
	misses crm-report churn --keys from=2023-04-01 lapse=90d \
	    -w "period <= '2023-07'"
	prints <<<$'contact\tname\n3\tCy\n1\tAda\n2\tBob'
}

@test "without sales there are no rows" {
	crm-init
	for report in rfm cohorts retention churn; do
		ok crm-report "$report"
		[ "${#lines[@]}" = 1 ]
	done
}
