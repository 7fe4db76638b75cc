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

# calibrated: the published table, by name instead of number in the sample.
calibrated() {
	awk -v OFS='\t' '
		NR == FNR { name[$2 + 0] = "customer " $1; next }
		FNR > 1 { sub(/\r$/, ""); split($0, f, ","); print name[f[1]], f[2], f[3], f[4], f[5] }' \
	    "$CRM_DATA/cdnow/CDNOW_sample.txt" \
	    "$CRM_DATA/cdnow/cdnow_customers_summary_with_transactions.csv"
}

# Fader, Hardie & Lee count from a customer's first purchase, in weeks of days
# by seven; the value is the mean of the purchases after the first.
@test "sold() until a day has repeats, recency, tenure and value as published" {
	setup_shop 1998-07-01
	purchases >in
	crm-sell -q - <in >/dev/null
	calibrated | sort >published
	[ "$(cut -f 1 published | uniq | wc -l)" = 2357 ]
	ok crm-sql -H "WITH x AS (
	        SELECT contact, name, days - 1 AS x,
	               julianday(last_order) - julianday(first_order) AS recency,
	               julianday('1997-09-30') - julianday(first_order) AS tenure,
	               revenue_minor - (SELECT sum(amount) FROM sale
	                   WHERE sale.contact = s.contact AND day = first_order) AS minor
	          FROM sold(NULL, '1997-09-30') s JOIN contact USING (contact)
	    ) SELECT name, x, printf('%.2f', recency / 7), printf('%.2f', tenure / 7),
	        printf('%.2f', iif(x, (2 * minor + x) / (2 * x), 0) / 100.0)
	      FROM x ORDER BY name"
	diff published <(printf '%s\n' "$output")
	ok crm-sql -H "SELECT sum(days = 1), sum(days > 1), sum(days <> orders)
	    FROM sold(NULL, '1997-09-30')"
	prints <<<$'1411\t946\t0'
}

# The actual means of the BTYD walkthrough, times the customers of each bin.
@test "who bought how often until then bought so often in the 39 weeks after" {
	setup_shop 1998-07-01
	purchases >in
	crm-sell -q - <in >/dev/null
	ok crm-sql -H "SELECT min(c.days - 1, 7), count(*), sum(ifnull(h.days, 0))
	    FROM sold(NULL, '1997-09-30') c
	    LEFT JOIN sold('1997-10-01', '1998-06-30') h USING (contact)
	    GROUP BY 1"
	prints <<'OUT'
0	1411	334
1	439	306
2	214	298
3	100	156
4	62	157
5	38	112
6	29	112
7	64	407
OUT
}
