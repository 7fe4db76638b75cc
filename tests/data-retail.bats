#!/usr/bin/env bats
# A wholesaler's 541,909 invoice lines of a year (UCI, Online Retail).  Those
# with a customer, a quantity and a price above 0 are sales.

load helper.bash

# lines: them, as rows of sales; each amount is rounded half to even.
lines() {
	zcat "$CRM_DATA/online_retail/online_retail.csv.gz" | awk -F, '
		function cents(n, price,  mills, whole, rest) {
			mills = n * sprintf("%.0f", price * 1000)
			whole = int(mills / 10)
			rest = mills % 10
			whole += rest > 5 || (rest == 5 && whole % 2)
			return sprintf("%d.%02d", whole / 100, whole % 100)
		}
		BEGIN { print "name\tday\torder_no\tquantity\tamount" }
		NR > 1 && $(NF - 1) != "" && $(NF - 4) > 0 && $(NF - 2) > 0 {
			printf "customer %d\t%s\t%s\t%d\t%s\n", $(NF - 1),
			    substr($(NF - 3), 1, 10), $1, $(NF - 4),
			    cents($(NF - 4), $(NF - 2))
		}'
}

setup_file() {
	export BOOK=$BATS_FILE_TMPDIR/book.db PATH=$B/bin:$PATH
	export CRM_DB=$BOOK CRM_NOW=2011-12-31T09:00:00Z
	cd "$BATS_FILE_TMPDIR" || return
	crm-init
	sed -i 's/^currency: EUR/currency: GBP/' crm.yaml
	lines | crm-sell -q - >/dev/null
}

setup_shop() {
	export CRM_DB=$BOOK CRM_CONFIG=$BATS_FILE_TMPDIR/crm.yaml
	export CRM_NOW=2011-12-31T09:00:00Z
}

@test "lines, customers, invoices and revenue are the published ones" {
	setup_shop
	holds 'SELECT count(*), sum(amount) FROM sale' <<<$'397884\t891140790'
	crm-report value -o revenue -H | awk '
		{ cents += sprintf("%.0f", $1 * 100) }
		END { print NR "\t" cents }' >valued
	diff - valued <<<$'4338\t891140790'
	crm-report rfm -o frequency -H | awk '{ n += $1 } END { print n }' >orders
	diff - orders <<<18532
}

@test "cohorts of every month are those of plain SQL" {
	setup_shop
	sqlite3 -tabs "$CRM_DB" >wanted <<'SQL'
WITH m AS (
	SELECT DISTINCT contact, strftime('%Y-%m', day) AS month,
	       strftime('%Y', day) * 12 + strftime('%m', day) AS at
	  FROM sale
), f AS (
	SELECT contact, min(month) AS cohort, min(at) AS first
	  FROM m GROUP BY contact
)
SELECT f.cohort, m.at - f.first, count(*)
  FROM f JOIN m USING (contact) GROUP BY 1, 2 ORDER BY 1, 2;
SQL
	crm-report cohorts -o cohort,since,active -H | awk '$3 > 0' >cells
	diff wanted cells
	[ "$(wc -l <cells)" = 91 ]
	crm-report cohorts -o cohort,customers -H -w 'since = 0' >sizes
	awk '$2 == 0 { print $1 "\t" $3 }' wanted | diff - sizes
}

@test "deciles and the whale curve add up to all revenue and all customers" {
	setup_shop
	crm-report deciles -o customers,sum -H | awk '
		{ n += $1; cents += sprintf("%.0f", $2 * 100) }
		END { print n "\t" cents }' >sums
	diff - sums <<<$'4338\t891140790'
	crm-report whale -o ranked,cumulative,share -H | tail -n 1 >last
	diff - last <<<$'4338\t8911407.90\t100'
}
