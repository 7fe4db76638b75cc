#!/usr/bin/env bats
# How reports are found, filled in and run; what each one answers is tested
# in report-*.bats.

load helper.bash

setup_deals() {
	crm-init
	crm-add -q staff login=ann name=Ann department=sales >/dev/null
	crm-add -q staff login=bob name=Bob department=key >/dev/null
	crm-add -q field name=size type=text >/dev/null
	crm-add -q - >/dev/null <<'TSV'
name	country	owner	x_size	org
Acme	DE	ann	big	
Ada	DE	bob	small	Acme
Bea	FR	bob	small	
TSV
	crm-deal new -q - >/dev/null <<'TSV'
contact	stage	amount	currency	since
1	qualified	100.50	EUR	2024-01-10
2	qualified	9.50	EUR	2024-01-10
2	proposal	10	USD	2024-02-10
3	proposal	1000	EUR	2024-02-20
TSV
}

# own NAME: a report of the user's from stdin.
own() {
	mkdir -p reports
	cat >"reports/$1.sql"
}

@test "reports are listed, and each explains itself" {
	crm-init
	ok crm-report
	[ "${lines[0]}" = $'report\tgroup\tabout' ]
	[[ $output == *$'\npipeline\tpipeline\tOpen deals by stage'* ]]
	ok crm-report help pipeline
	[ "${lines[0]}" = 'Open deals by stage: how many, worth what, and weighted by their chances.' ]
	[[ $output == *'Parameters of all reports'*'by   '*'currency'* ]]
	[[ $output != *'unit   '* ]]
	ok crm-report pipeline -o help -H
	[ "${lines[3]}" = $'amount\tmoney\twhat they would bring' ]
	fails 2 crm-report pipelin
	says "crm-report: no report 'pipelin'; did you mean 'pipeline'?"
	fails 2 crm-report help
	fails 2 crm-report pipeline funnel
	fails 2 crm-report by=owner
	fails 2 crm-report -o report
	fails 2 crm-report -l 1
	fails 2 crm-report -
}

@test "rows are chosen, ordered and split, amounts in major units" {
	setup_deals
	run -0 --separate-stderr crm-report pipeline
	prints <<'OUT'
pipeline	stage	deals	amount	chance	weighted	unpriced
sales	qualified	2	110.00	20	22.00	0
sales	proposal	2	1000.00	50	500.00	1
OUT
	says 'crm-report: amounts in USD are left out: there is no rate of that day or before'
	run -0 --separate-stderr crm-report pipeline by=x_size,country -s -amount -o x_size,country,amount,weighted -w 'amount < 1000 and deals > 0' -j
	prints <<'OUT'
{"x_size":"big","country":"DE","amount":100.50,"weighted":20.10}
{"x_size":"small","country":"DE","amount":9.50,"weighted":1.90}
OUT
	run -0 --separate-stderr crm-report pipeline by=department -l 1 -o +unpriced
	prints <<'OUT'
department	pipeline	stage	deals	amount	chance	weighted	unpriced	unpriced
key	sales	qualified	1	9.50	20	1.90	0	0
OUT
	run -0 --separate-stderr crm-report pipeline pipeline=other -H
	[ -z "$output" ]
}

@test "a row's contacts go down the pipe" {
	setup_deals
	crm-report pipeline --keys -w "stage = 'proposal'" 2>/dev/null >keys
	diff keys - <<<$'contact\tname\n2\tAda\n3\tBea'
	crm-report pipeline --keys -o contact,name,country -w 'amount = 110' 2>/dev/null |
	    crm-tag add hot - >/dev/null
	ok crm-list -w "tagged('hot')" -q
	prints <<<$'1\n2'
	run -0 --separate-stderr crm-report pipeline --keys -w 'deals = 99' -H
	[ -z "$output" ]
}

@test "segments and their tiers narrow and split" {
	setup_deals
	sed -i '/^segments:/d' crm.yaml
	cat >>crm.yaml <<'YAML'
segments:
  german: {where: "country = 'DE'"}
  quiet-one: {where: "name = 'Bea'"}
  worth: {tiers: "pipeline_value", into: [gold, silver], by: [100]}
YAML
	export CRM_NOW=2024-03-01
	crm-add -q rate currency=USD day=2024-01-01 value=0.5 >/dev/null
	ok crm-report pipeline segment=german -o stage,deals,amount -H
	prints <<<$'qualified\t2\t110.00\nproposal\t1\t5.00'
	ok crm-report pipeline segment=worth:silver -o stage,deals -H
	prints <<<$'qualified\t1\nproposal\t1'
	ok crm-report pipeline by=segment -o segment,stage,deals -H
	prints <<<$'german\tqualified\t2\ngerman\tproposal\t1\nquiet-one\tproposal\t1'
	ok crm-report pipeline by=segment:worth,segment:quiet-one -o segment,segment_2,stage,deals -H
	prints <<'OUT'
gold	others	qualified	1
gold	quiet-one	proposal	1
silver	others	qualified	1
silver	others	proposal	1
OUT
	fails 2 crm-report pipeline segment=germn
	says "crm-report: no segment 'germn'; did you mean 'german'?"
	fails 2 crm-report pipeline segment=german:gold
	says "crm-report: segment: 'german' has no tiers"
	fails 2 crm-report pipeline by=segment:x
}

@test "amounts in another currency, by the rates of their days" {
	setup_deals
	crm-add -q rate - >/dev/null <<'TSV'
currency	day	value
USD	2024-01-01	0.5
USD	2024-02-15	0.8
JPY	2024-01-01	0.01
TSV
	ok crm-report pipeline currency=USD
	prints <<'OUT'
pipeline	stage	deals	amount	chance	weighted	unpriced
sales	qualified	2	137.50	20	27.50	0
sales	proposal	2	1260.00	50	630.00	0
OUT
	ok crm-report pipeline currency=JPY -o stage,amount -H
	prints <<<$'qualified\t11000\nproposal\t100800'
	fails 2 crm-report pipeline currency=XXZ
	run -0 --separate-stderr crm-report pipeline currency=CHF -o stage,amount,unpriced -H
	prints <<<$'qualified\t\t2\nproposal\t\t2'
	says 'crm-report: amounts in USD, EUR are left out: there is no rate of that day or before'
}

@test "words that a report does not take are refused" {
	setup_deals
	fails 2 crm-report pipeline unit=account
	says 'crm-report: pipeline takes no unit='
	fails 2 crm-report pipeline bye=owner
	says "crm-report: pipeline has no parameter 'bye'; did you mean 'by'?"
	fails 2 crm-report pipeline by=colour
	says "crm-report: by: pipeline knows no 'colour'"
	fails 2 crm-report pipeline by=stage
	says "crm-report: pipeline has a column 'stage' already"
	fails 2 crm-report pipeline by=a,b,c,d,e
	fails 2 crm-report pipeline -w 'amout > 1'
	says "crm-report: -w: no column 'amout'; did you mean 'amount'?"
	fails 2 crm-report pipeline -w '1; drop table contact'
	fails 2 crm-report pipeline -s -amout
	fails 2 crm-report pipeline -o deal
	fails 2 crm-report --book pipeline -l 3
	fails 66 crm-report -d none.db pipeline
}

@test "a first day after the last is refused, by every report that has both" {
	crm-init
	for f in "$BATS_TEST_DIRNAME"/../schema/reports/*.sql; do
		grep -qE '^--   from +day' "$f" && grep -qE '^--   to +day' "$f" ||
			continue
		fails 2 crm-report "$(basename "$f" .sql)" from=2023-06 to=2023-05
		prints </dev/null
		says 'crm-report: from=2023-06-01 is after to=2023-05-31'
		ok crm-report "$(basename "$f" .sql)" from=2023-06-30 to=2023-06
		n=$((${n-0} + 1))
	done
	((n > 30))
	fails 2 crm-report cohorts from=tomorrow
	says 'crm-report: from=2024-03-02 is after to=2024-03-01, the default'
	fails 2 crm-report churn to=2020-01-01 --keys
	says 'crm-report: from=2023-03-01, the default, is after to=2020-01-01'
	ok crm-report cohorts to=2020-01-01
	own mine <<'SQL'
-- Mine.
-- Parameters
--   from  day   -  first
--   to    text  -  whereto
SELECT :from, :to
SQL
	ok crm-report mine from=2024-02-01 to=2024-01-01 -H
	prints <<<$'2024-02-01\t2024-01-01'
	sed -i 's/text/day /' reports/mine.sql
	fails 2 crm-report mine from=2024-02-01 to=2024-01-01
	says 'crm-report: from=2024-02-01 is after to=2024-01-01'
	ok crm-report mine to=2024-01-01 -H
	prints <<<$'\t2024-01-01'
}

@test "reports of one's own stand beside crm.yaml" {
	setup_deals
	own calls <<'SQL'
-- Deals since a day.
--
-- Parameters
--   from    day     2024-02-01  first day
--   least   number  -           at least so much
--   within  days    -           not older
--   what    all|no  all         or nothing
--   n       count   2           at most
-- Columns
--   amount  money   what they bring
--   mean    price   a part of it
--   half    number  half of the number
SELECT {columns} amount, mean, half, since FROM (
	SELECT {by d.deal d.contact} d.amount, d.amount / 3.0 AS mean,
	       d.deal / 2.0 AS half, d.since
	  FROM deal d
	 WHERE d.currency = 'EUR' AND d.since >= :from AND :what = 'all'
	   AND (:least IS NULL OR d.amount >= 100 * :least)
	   AND (:within IS NULL OR days_since(d.since) <= :within)
	 ORDER BY d.deal LIMIT :n);
SQL
	ok crm-report
	[[ $output == *$'\ncalls\town\tDeals since a day.\n'* ]]
	ok crm-report calls
	prints <<<$'amount\tmean\thalf\tsince\n1000.00\t333.333333\t2\t2024-02-20'
	ok crm-report calls from=soy by=owner -w 'mean < 300' -j
	prints <<'OUT'
{"owner":"ann","amount":100.50,"mean":33.5,"half":0.5,"since":"2024-01-10"}
{"owner":"bob","amount":9.50,"mean":3.166667,"half":1,"since":"2024-01-10"}
OUT
	ok crm-report calls from=2024-Q1 least=100 -o amount -H
	prints <<<$'100.50\n1000.00'
	ok crm-report calls from=soy within=3w -o amount -H
	prints <<<1000.00
	ok crm-report calls from=soy n=1 -o amount -H
	prints <<<100.50
	ok crm-report calls what=no -H
	prints </dev/null
	for bad in from=soon least=much within=long n=-1 what=maybe; do
		fails 2 crm-report calls "$bad"
	done
	echo 'SELECT 7 AS deals' | own pipeline
	ok crm-report pipeline
	prints <<<$'deals\n7'
	run -0 --separate-stderr env CRM_CONFIG=/dev/null crm-report pipeline -H -o stage
	prints <<<$'qualified\nproposal'
}

@test "a report of one's own that is wrong says where" {
	setup_deals
	own wrong <<<'SELECT nme FROM contact'
	fails 65 crm-report wrong
	says "crm-report: $PWD/reports/wrong.sql: no such column: nme"
	own wrong <<<'SELECT 1; SELECT 2'
	fails 65 crm-report wrong
	own wrong <<<'DELETE FROM contact'
	fails 65 crm-report wrong
	own wrong <<<'SELECT {bye c.contact} 1'
	fails 65 crm-report wrong
	says "crm-report: $PWD/reports/wrong.sql: no such place: {bye c.contact}"
	own wrong <<<'SELECT {by c.contact'
	fails 65 crm-report wrong
	own wrong <<<'SELECT :who AS x'
	fails 65 crm-report wrong
	says "crm-report: $PWD/reports/wrong.sql: no such parameter: ':who'"
	printf -- '-- x\n-- Columns\n--   a  sum  what\nSELECT 1 AS a\n' | own wrong
	fails 65 crm-report wrong
	says "crm-report: $PWD/reports/wrong.sql:3: no type of column: 'sum'"
	printf -- '-- x\n-- Parameters\n--   who  text\nSELECT 1 AS a\n' | own wrong
	fails 65 crm-report wrong
	says "crm-report: $PWD/reports/wrong.sql:3: neither a default nor a dash: 'who'"
	own wrong <<<'EXPLAIN SELECT 1'
	fails 65 crm-report wrong
	says "crm-report: $PWD/reports/wrong.sql: near \"SELECT\": syntax error"
	own wrong <<<'SELECT load_extension(1)'
	fails 65 crm-report wrong
	own wrong <<<'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS c FROM n'
	fails 65 timeout 20 crm-report wrong --timeout 1
	own wrong <<<'SELECT 1 AS a {contacts 1}'
	fails 2 crm-report pipeline/../wrong
	own right <<<'SELECT 1 AS a -- and that is all'
	ok crm-report right
	prints <<<$'a\n1'
	: >reports/empty.sql
	fails 65 crm-report empty
	holds 'SELECT count(*) FROM contact' <<<3
}

@test "rates, quantiles, periods: the functions of reports" {
	crm-init
	own functions <<'SQL'
-- Functions.
-- Columns
--   low   percent  of the interval
--   high  percent  of the interval
WITH n (i) AS (SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3
	UNION ALL SELECT 4 UNION ALL SELECT NULL)
SELECT median(i) AS median, quantile(i, 0.9) AS p90, quantiles(i, 4) AS cuts,
       bin(2.5, quantiles(i, 4)) || bin(1, quantiles(i, 4)) ||
       bin(9, quantiles(i, 4)) AS bins, {rate 4 8},
       period('2027-01-03', 'week') AS week,
       period('2026-08-05T10:00:00Z', 'quarter') AS quarter,
       period('2026-08-05', 'month') AS month, plain(2.50) AS plain,
       stage_rank('prospect') AS rank, stage_rank('lost') AS out,
       deal_stage_rank('sales', 'proposal') AS deal
  FROM n
SQL
	# R: quantile(1:4, .9) is 3.7, prop.test(4, 8, correct = FALSE) has
	# .2152161 and .7847839
	ok crm-report functions
	prints <<'OUT'
median	p90	cuts	bins	rate	low	high	few	week	quarter	month	plain	rank	out	deal
2.5	3.7	1.75 2.5 3.25	314	50.0	21.521606	78.478394	few	2026-W53	2026-Q3	2026-08	2.5	3		2
OUT
}

@test "cohorted: who came back, as plain SQL has it" {
	crm-init
	crm-add -q - >/dev/null <<<$'name\nAda\nBea\nCy\nDee'
	crm-sell -q - >/dev/null <<'TSV'
contact	day	order_no	amount	currency
1	2023-11-03	1	10	EUR
1	2023-11-20	2	10	EUR
1	2023-12-01	3	7	EUR
2	2023-11-30	4	5	EUR
2	2024-02-01	5	9	EUR
3	2023-12-31	6	1	EUR
3	2024-01-01	7	2	EUR
3	2024-03-02	8	99	EUR
TSV
	crm-sell -q - >/dev/null <<<$'contact\tday\tamount\tcurrency\trefunds\n2\t2023-12-05\t-5\tEUR\t4'
	ok crm-sql -H 'SELECT * FROM cohorted'
	prints <<'OUT'
2023-11	2023-11	0	2	0	2500	2500	0	0	0	0
2023-11	2023-12	1	1	1	200	700	200	700	0	0
2023-11	2024-02	3	1	0	900	900	0	0	0	0
2023-12	2023-12	0	1	0	100	100	0	0	0	0
2023-12	2024-01	1	1	1	200	200	200	100	0	0
OUT
	ok crm-sql -H "SELECT cohort, period, buyers, kept FROM cohorted('2024-01-01', '2024-01-31', 'quarter')"
	prints <<<$'2023-Q4\t2024-Q1\t1\t1'
	ok crm-sql -H "SELECT cohort, age, buyers, kept FROM cohorted(NULL, NULL, 'year')"
	prints <<<$'2023\t0\t3\t0\n2023\t1\t2\t2'
	fails 65 crm-sql "SELECT * FROM cohorted('x')"
	says 'crm-sql: cohorted(): the first argument is not a day'
	fails 65 crm-sql "SELECT * FROM cohorted(NULL, NULL, 'week')"
	ok crm-sql -H "SELECT g.n, c.cohort, c.buyers FROM (SELECT '2023-11-30' AS n UNION ALL SELECT '2024-01-01') g, cohorted(NULL, g.n) c"
	prints <<'OUT'
2023-11-30	2023-11	2
2024-01-01	2023-11	2
2024-01-01	2023-11	1
2024-01-01	2023-12	1
2024-01-01	2023-12	1
OUT
}

# In January more is given back than is bought: nothing of that can be kept.
@test "cohorted: what is kept of less than nothing is nothing" {
	crm-init
	crm-add -q name=Ada >/dev/null
	crm-sell -q - contact=1 currency=EUR >/dev/null <<'TSV'
day	order_no	amount
2024-01-02	1	10
2024-02-02	2	3
TSV
	sqlite3 "$CRM_DB" "INSERT INTO sale (contact, day, amount, currency,
	    refunds) VALUES (1, '2024-01-03', -1400, 'EUR', 1)"
	ok crm-sql -H 'SELECT period, revenue_minor, kept, kept_minor,
	    least_minor FROM cohorted'
	prints <<<$'2024-01\t-400\t0\t0\t0\n2024-02\t300\t1\t300\t0'
}

@test "scored: buyers by recency, frequency and money, in parts of all" {
	crm-init
	crm-add -q - >/dev/null <<<$'name\nAda\nBea\nCy\nDee'
	crm-sell -q - >/dev/null <<'TSV'
contact	day	order_no	amount	currency
1	2023-03-02	1	100	EUR
2	2024-02-01	2	20	EUR
2	2024-02-10	2	1	EUR
3	2024-02-28	3	5	EUR
3	2024-02-29	4	5	EUR
3	2024-03-02	5	999	EUR
TSV
	ok crm-sql -H "SELECT * FROM scored(NULL, 2)"
	prints <<'OUT'
1	365	1	10000	1	1	2
2	20	1	2100	2	1	1
3	1	2	1000	2	2	1
OUT
	ok crm-sql -H "SELECT contact, recency, r, f, m FROM scored('2023-12-31')"
	prints <<<$'1\t304\t5\t1\t1'
	fails 65 crm-sql "SELECT * FROM scored('x')"
	says 'crm-sql: scored(): the first argument is not a day'
	fails 65 crm-sql "SELECT * FROM scored(NULL, 0)"
	ok crm-sql -H "SELECT * FROM scored('2020-01-01')"
	prints </dev/null
}

# Of each report: what it declares, takes and says is so.
@test "every report answers an empty database with its columns, however asked" {
	crm-init
	sed -i '/^segments:/d' crm.yaml
	printf 'segments:\n  all: {where: "contact > 0"}\n' >>crm.yaml
	for r in $(crm-report -q); do
		ok crm-report "$r"
		diff -u --label "$r" <(crm-report "$r" -o help -q | paste -sd '\t') - <<<"$output"
		words=(currency=USD)
		crm-report help "$r" >said
		if grep -q '^  by  ' said; then words+=("by=country,industry"); fi
		if grep -q '^  unit  ' said; then words+=(unit=account); fi
		if grep -q '^  segment  ' said; then words+=(segment=all); fi
		run --separate-stderr crm-report "$r" "${words[@]}"
		[[ $status == 0 && ${#lines[@]} == 1 ||
		    $stderr == *": by: $r knows no 'country'" ]]
		ok crm-report "$r" --keys
		prints <<<$'contact\tname'
		grep -q '^Definitions$' said || { echo "$r: defines nothing"; false; }
	done
}

@test "crm-report(1) has every report, its line and its parameters" {
	page=$BATS_TEST_DIRNAME/../man/crm-report.1
	for r in $(crm-report -q); do
		line="$r"
		for p in $(crm-report help "$r" |
		    awk '/^[A-Z]/ { in_ = $0 == "Parameters" } in_ && /^  [^ ]/ { print $1 }'); do
			line+=" Ar $p"
		done
		grep -A1 -Fx ".It Cm $line" "$page" >found || { echo "no .It Cm $line"; false; }
		line=$(crm-report help "$r" | head -1)
		[ "$(sed -n 2p found)" = "${line%.}" ]
	done
}

@test "a report as of another day" {
	CRM_NOW=2024-01-10 crm-init
	CRM_NOW=2024-01-10 crm-add -q name=Ada >/dev/null
	CRM_NOW=2024-01-11 crm-deal new -q 1 amount=10 >/dev/null
	CRM_NOW=2024-01-20 crm-deal new -q 1 amount=5 >/dev/null
	ok crm-asof 2024-01-15 -- crm-report pipeline -o deals,amount -H
	prints <<<$'1\t10.00'
	ok crm-report pipeline -o deals,amount -H
	prints <<<$'2\t15.00'
}

@test "the book is a page that needs no other file" {
	setup_deals
	crm-add -q rate currency=USD day=2024-01-01 value=0.5 >/dev/null
	ok crm-report --book pipeline
	[[ $output == '<!DOCTYPE html>'*'<title>Customers</title>'*'<h1>Customers</h1>'*'<p>2024-03-01</p>'* ]]
	[[ $output == *'<h2>Open deals by stage'*'<svg'*'</svg>'*'<table>'*'<td class="n">110.00</td>'* ]]
	[[ $output != *'src='* && $output != *'<?xml'* && $output != *'<link'* ]]
	ok crm-report --book
	[ "$(grep -c '<h2>' <<<"$output")" -ge 5 ]
	sed -i '/^book:/,$d' crm.yaml
	printf 'book:\n  title: "Q&A"\n  reports: ["pipeline by=owner -o owner,deals -l 1", pipeline]\n' >>crm.yaml
	ok crm-report --book
	[[ $output == *'<title>Q&#38;A</title>'*'<th>owner</th>'*'<h2>'* ]]
	[ "$(grep -c '<tr><td>bob\|<tr><td>ann' <<<"$output")" = 1 ]
	printf 'book:\n  reports: [pipelin]\n' >crm.yaml
	fails 2 crm-report --book
	[ -z "$output" ]
	printf 'book:\n  reports: ["pipeline by=none"]\n' >crm.yaml
	fails 2 crm-report --book
	[ -z "$output" ]
	mkdir bin
	for p in crm-report crm-fmt; do ln -s "$(command -v $p)" bin; done
	run -0 --separate-stderr env PATH="$PWD/bin" crm-report --book pipeline
	[[ $output == *'<table>'* && $output != *'<svg'* ]]
	[[ $stderr == *"no pictures: there is no 'gnuplot'"* ]]
}

@test "reports become pictures, matrices, pages and differences" {
	setup_deals
	crm-add -q rate currency=USD day=2024-01-01 value=0.5 >/dev/null
	ok bash -c 'crm-report funnel | COLUMNS=60 crm-fmt chart'
	[[ $output == *lead*3*"##"* ]]
	ok bash -c 'crm-report pipeline by=owner | crm-fmt pivot owner stage amount'
	prints <<<$'owner\tqualified\tproposal\nann\t100.50\t\nbob\t9.50\t1005.00'
	ok bash -c 'crm-report pipeline -o stage,deals | crm-fmt md'
	prints <<'OUT'
| stage | deals |
|---|---|
| qualified | 2 |
| proposal | 2 |
OUT
	crm-report pipeline >before
	crm-deal lose -q 1 --reason price >/dev/null
	fails 1 bash -c 'crm-report pipeline >after; crm-fmt diff before after --key stage'
	[[ $output == *qualified*110.00*9.50* ]]
	[[ $output != *proposal* ]]
}
