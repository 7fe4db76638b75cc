#!/usr/bin/env bats
# A shop's purchases from January 1997 on: customer, his or her number in the
# sample, day, pieces, dollars.

load helper.bash

# purchases [UNTIL]: those up to that day, as rows of sales.
purchases() {
	awk -v until="${1-99999999}" '
		BEGIN { print "name\tday\torder_no\tquantity\tamount" }
		$3 <= until {
			d = $3
			printf "customer %s\t%s-%s-%s\t%d\t%d\t%s\n", $1,
			    substr(d, 1, 4), substr(d, 5, 2), substr(d, 7, 2),
			    NR, $4, $5
		}' "$CRM_DATA/cdnow/CDNOW_sample.txt"
}

setup_shop() {
	export CRM_NOW=${1}T23:00:00Z
	crm-init
	sed -i 's/^currency: EUR/currency: USD/; s/distinct: order_no/distinct: day/' crm.yaml
}

@test "all purchases become sales of as many customers as there were" {
	setup_shop 1998-07-01
	purchases >in
	ok bash -c 'crm-sell -q - <in | wc -l'
	prints <<<6919
	holds 'SELECT (SELECT count(*) FROM contact), (SELECT count(*) FROM sale), (SELECT count(DISTINCT name) FROM contact)' \
	    <<<'2357	6919	2357'
	holds 'SELECT sum(quantity), sum(amount) FROM sale' <<<"$(awk '
		{ n += $4; cents += sprintf("%.0f", $5 * 100) }
		END { print n "\t" cents }' "$CRM_DATA/cdnow/CDNOW_sample.txt")"
	holds 'SELECT max(op), (SELECT count(*) FROM op WHERE command = '"'crm-sell')"' FROM op' <<<'2	1'
}

@test "purchases of one day are one order: who bought once, who again" {
	setup_shop 1997-09-30
	purchases 19970930 >in
	crm-sell -q - <in >/dev/null
	ok bash -c 'crm-list -q -w "orders = 1" | wc -l'
	prints <<<1411
	ok bash -c 'crm-list -q -w "orders >= 2" | wc -l'
	prints <<<946
	ok bash -c 'crm-list -q -w "orders = 0" | wc -l'
	prints <<<0
}

@test "what was sold later does not count yet" {
	setup_shop 1997-09-30
	purchases >in
	crm-sell -q - <in >/dev/null
	ok bash -c 'crm-list -q -w "orders >= 2" | wc -l'
	prints <<<946
	ok crm-list -H -o orders,first_order,last_order,revenue,median_interval,overdue_days \
	    -w "name = 'customer 00004'"
	prints <<<$'3\t1997-01-01\t1997-08-02\t74.02\t106.5\t0'
}

@test "rows sold by halves are the same as all at once" {
	setup_shop 1998-07-01
	purchases | head -n 3001 >first
	{ head -n 1 first; purchases | tail -n +3002; } >second
	crm-sell -q - <first >/dev/null
	crm-sell -q - <second >/dev/null
	holds 'SELECT (SELECT count(*) FROM contact), (SELECT count(*) FROM sale)' <<<'2357	6919'
	ok crm-undo -q 3
	holds 'SELECT count(*) FROM sale' <<<3000
}

@test "repeat purchases, recency, age and value are the published table" {
	setup_shop 1997-09-30
	purchases 19970930 >in
	crm-sell -q - <in >/dev/null
	tail -n +2 "$CRM_DATA/cdnow/cdnow_customers_summary_with_transactions.csv" |
		awk -F, '{ printf "%d\t%d\t%.2f\t%.2f\t%.2f\n", $1, $2, $3, $4, $5 }' >published
	[ "$(wc -l <published)" = 2357 ]
	crm-report purchases -o contact,repeats,recency,age,value -H |
		awk -F'\t' '
			function half_up(x) { return sprintf("%.2f", x + 1e-9) }
			{ print $1 "\t" $2 "\t" half_up($3) "\t" half_up($4) "\t" half_up($5) }' >printed
	diff published printed
	ok bash -c "crm-report purchases -H -w 'repeats > 0' | wc -l"
	prints <<<946
}
