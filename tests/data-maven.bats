#!/usr/bin/env bats
# 8,800 sales opportunities of Maven Analytics.  Its dirt is met by the
# mappings: a product and a branch that are misspelt, rows without an account.

load helper.bash

maven() {
	crm-import "${@:3}" "$BATS_TEST_DIRNAME/data/maven-$1.yaml" "$CRM_DATA/maven/$2.csv"
}

load_all() {
	maven accounts accounts "$@"
	maven parents accounts "$@"
	maven products products "$@"
	maven managers sales_teams "$@"
	maven agents sales_teams "$@"
	maven deals sales_pipeline "$@"
	maven sales sales_pipeline "$@"
}

setup_file() {
	export BOOK=$BATS_FILE_TMPDIR/book.db PATH=$B/bin:$PATH
	export CRM_DB=$BOOK CRM_NOW=2018-01-01T09:00:00Z
	crm-init
	cat >"$BATS_FILE_TMPDIR/crm.yaml" <<'YAML'
currency: USD
pipelines:
  sales:
    stages: [{ name: prospecting, probability: 10 },
      { name: engaging, probability: 60 }]
    lost_reasons: [price, other]
YAML
	printf 'name\ttype\nfounded\tinteger\nrevenue\tnumber\nemployees\tinteger\n' |
		crm-add -q field - >/dev/null
	load_all -q >/dev/null
}

# Every test has a copy of its own.
setup_copy() {
	cp "$BOOK" crm.db
	cp "$BATS_FILE_TMPDIR/crm.yaml" .
	export CRM_NOW=2018-01-01T09:00:00Z
}

@test "accounts, products, staff, deals and sales are all there" {
	setup_copy
	holds "SELECT (SELECT count(*) FROM contact WHERE kind = 'org'),
	    (SELECT count(*) FROM product),
	    (SELECT count(*) FROM staff WHERE role = 'agent'),
	    (SELECT count(*) FROM staff WHERE role = 'manager'),
	    (SELECT count(*) FROM deal), (SELECT count(*) FROM sale),
	    (SELECT count(*) FROM link)" <<<'86	7	35	6	8800	4238	15'
	ok crm-list staff -H -o login,role,department,manager -w "login = 'Anna Snelling'"
	prints <<<'Anna Snelling	agent	Central	Dustin Brinkmann'
	holds "SELECT count(*) FROM staff s WHERE role = 'agent'
	    AND NOT EXISTS (SELECT 1 FROM deal d WHERE d.owner = s.staff)" <<<5
}

@test "deals stand as the file says" {
	setup_copy
	ok crm-sql -H 'SELECT status, stage, count(*) FROM deals GROUP BY 1, 2'
	prints <<'OUT'
lost	engaging	2473
open	engaging	1589
open	prospecting	500
won	engaging	4238
OUT
	ok crm-sql -H "SELECT sum(amount_minor) FROM deals WHERE status = 'won'"
	prints <<<1000553400
	holds 'SELECT sum(amount), count(DISTINCT deal), count(DISTINCT order_no) FROM sale' <<<'1000553400	4238	4238'
}

@test "the win rate and the days to win and to lose are the published ones" {
	setup_copy
	ok crm-sql -H "SELECT printf('%.4f', 100.0 * sum(status = 'won') / count(*)) FROM deals WHERE status <> 'open'"
	prints <<<63.1501
	ok bash -c 'crm-list deal -H -o status,cycle_days -w "status <> '"'open'"'" |
		awk "{ n[\$1]++; s[\$1] += \$2 } END { for (k in n) printf \"%s %.4f\n\", k, s[k] / n[k] }" | sort'
	prints <<<$'lost 41.4792\nwon 51.7820'
	holds 'SELECT stage, was, count(*) FROM stage_change GROUP BY stage, was' <<<$'lost	engaging	2473\nwon	engaging	4238'
}

@test "the dirt of the file is met by the mappings" {
	setup_copy
	holds "SELECT count(*) FROM deal JOIN product USING (product) WHERE name = 'GTX Pro'" <<<1480
	holds "SELECT count(*) FROM deal JOIN contact USING (contact) WHERE name = 'No account'" <<<1425
	holds "SELECT count(*) FROM contact WHERE industry = 'technology'" <<<12
	ok crm-list -H -o country,x_employees -w "name = 'Bioholding'"
	prints <<<'PH	1356'
	holds 'SELECT count(*) FROM contact WHERE country IS NULL' <<<1
}

@test "a mapping without its value map names the row of the first misspelt product" {
	setup_copy
	sed 's/, map: { GTXPro: GTX Pro }, keep: true//' "$BATS_TEST_DIRNAME/data/maven-deals.yaml" >plain.yaml
	fails 65 crm-import plain.yaml "$CRM_DATA/maven/sales_pipeline.csv"
	says "crm-import: $CRM_DATA/maven/sales_pipeline.csv:3: product: unknown product 'GTXPro'"
}

@test "a second time nothing changes" {
	setup_copy
	sqlite3 "$CRM_DB" .dump | grep -v '^INSERT INTO op' >before
	load_all | cut -f4 | sort -u >said
	diff said - <<<$'result\nskipped\nunchanged'
	sqlite3 "$CRM_DB" .dump | grep -v '^INSERT INTO op' | diff before -
}

@test "deals are undone, with their steps, once their sales are" {
	setup_copy
	crm-undo -q 9 >/dev/null
	crm-undo -q 8 >/dev/null
	holds 'SELECT (SELECT count(*) FROM deal), (SELECT count(*) FROM sale), (SELECT count(*) FROM stage_change)' <<<'0	0	0'
}

@test "2,089 open deals are won by a stream" {
	setup_copy
	ok bash -c "crm-list deal -q -w \"status = 'open'\" | crm-deal win --no-sale - | cut -f3 | sort | uniq -c | tr -s ' '"
	prints <<<$' 1 result\n 2089 won'
	holds "SELECT count(*) FROM stage_change WHERE stage = 'won' AND day = '2018-01-01'" <<<2089
}

@test "reports have the published figures" {
	setup_copy
	ok crm-report win-rate
	prints <<'OUT'
period	won	lost	closed	revenue	unpriced	rate	low	high	few
all	4238	2473	6711	10005534.00	0	63.150052	61.988691	64.296367	
OUT
	ok crm-report win-rate -H per=quarter -o period,won,lost
	prints <<'OUT'
2017-Q1	531	116
2017-Q2	1254	778
2017-Q3	1257	790
2017-Q4	1196	789
OUT
	ok crm-report velocity -o deals,won,average,days,velocity,rate
	prints <<'OUT'
deals	won	average	days	velocity	rate
6711	4238	2360.909391	51.781973	193224.272697	63.150052
OUT
	ok crm-report lost -H what=reason -o value,deals,days
	prints <<<'	2473	41.479175'
	ok crm-report stage-time of=deal -H -o stage,stays,there,mean
	prints <<<$'prospecting	0	500	\nengaging	6711	1589	47.985397'
	ok crm-report pipeline -H -o stage,deals
	prints <<<$'prospecting	500\nengaging	1589'
}
