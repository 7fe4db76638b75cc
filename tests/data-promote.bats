#!/usr/bin/env bats
# The CDNOW cohort of 1997: who had bought once by the end of September, and
# who more often.

load helper.bash

# rows AFTER UPTO: purchases of these days, YYYYMMDD, as sales
rows() {
	tr -d '\r' <"$CRM_DATA/cdnow/CDNOW_sample.txt" |
	    awk -v after="$1" -v upto="$2" '
		BEGIN { print "contact\tday\tquantity\tamount\tcurrency" }
		$3 > after && $3 <= upto {
			print "c" $2 "\t" substr($3, 1, 4) "-" substr($3, 5, 2) "-" \
			    substr($3, 7) "\t" $4 "\t" $5 "\tUSD"
		}'
}

cohort() {
	crm-init
	tr -d '\r' <"$CRM_DATA/cdnow/CDNOW_sample.txt" |
	    awk 'BEGIN { print "name\tsince" }
		!seen[$2]++ {
			print "c" $2 "\t" substr($3, 1, 4) "-" substr($3, 5, 2) "-" substr($3, 7)
		}' | crm-add -q - >/dev/null
	rows 0 19970930 | crm-add -q sale - >/dev/null
}

@test "1,411 customers and 946 clients by the end of September 1997" {
	export CRM_NOW=1997-09-30T23:00:00Z
	cohort
	ok bash -c 'crm-promote --all -H | cut -f7 | sort | uniq -c | sed "s/^ *//"'
	prints <<<$'2357 first order\n946 second order'
	ok bash -c 'crm-list -o stage -H | sort | uniq -c | sed "s/^ *//"'
	prints <<<$'946 client\n1411 customer'
	ok crm-promote --all --quiet-empty
	prints </dev/null
}

@test "with all rows loaded the clock alone tells the same" {
	export CRM_NOW=1997-09-30T23:00:00Z
	cohort
	rows 19970930 19980630 | crm-add -q sale - >/dev/null
	crm-promote --all -q >/dev/null
	holds 'SELECT stage, count(*) FROM contact GROUP BY stage' <<<$'client	946\ncustomer	1411'
	CRM_NOW=1998-06-30T23:00:00Z ok bash -c 'crm-promote --all -q | wc -l'
	prints <<<193
}

@test "who buys again is told by how much they bought, not by chance" {
	export CRM_NOW=1997-09-30T23:00:00Z
	cohort
	cat >crm.yaml <<'YAML'
lifecycle:
  stages: [lead, customer, client]
  promote:
    - {name: first, from: lead, to: customer, when: orders >= 1}
    - {name: second, from: customer, to: client, when: orders >= 2}
score: [{name: spent, points: 1, per: "revenue"}, {name: old, points: -1, per: "days_since(last_order) / 30"}]
currency: USD
YAML
	crm-promote --all -q >/dev/null
	rows 19970930 19980630 | crm-add -q sale - >/dev/null
	export CRM_NOW=1998-06-30T23:00:00Z
	crm-promote --all -q >/dev/null
	ok bash -c 'crm-score --test 1997-09-30..1998-06-30 |
	    awk "NR > 1 { n += \$2; hits += \$3; top = NR == 2 ? \$7 : top; low = \$7 } END { print n, hits, (top > 1 && low < 1) }"'
	prints <<<'1411 193 1'
}
