#!/usr/bin/env bats
# 541,909 lines of the invoices of a gift shop, from December 2010 to 9
# December 2011 (D. Chen, Online Retail, UCI 2015).  A line is a sale if it
# has a customer, a quantity above 0 and a price above 0.  What is wanted is
# told by the sqlite3 shell from the file, not from what was loaded.

load helper.bash

# lines: them, as rows of sales; prices have up to three decimals, and an
# amount is rounded half to even.
lines() {
	zcat "$CRM_DATA/online_retail/online_retail.csv.gz" |
		awk -F, -v OFS='\t' '
		BEGIN { print "name", "day", "order_no", "product", "quantity", "amount" }
		NR > 1 && $(NF - 1) != "" && $(NF - 4) > 0 && $(NF - 2) > 0 {
			split($(NF - 2), price, ".")
			mills = $(NF - 4) * (price[1] substr(price[2] "000", 1, 3))
			cents = int(mills / 10)
			rest = mills % 10
			cents += rest > 5 || (rest == 5 && cents % 2)
			printf "customer %d\t%s\t%s\t%s\t%d\t%d.%02d\n",
			    $(NF - 1), substr($(NF - 3), 1, 10), $1, $2,
			    $(NF - 4), cents / 100, cents % 100
		}'
}

# read_raw: the file as table raw of raw.db, its sales as table line.
read_raw() {
	sqlite3 -bail raw.db <<SQL
.import --csv '|zcat "$CRM_DATA/online_retail/online_retail.csv.gz"' raw
CREATE TABLE line AS
SELECT 'customer ' || CAST(CustomerID AS INTEGER) AS name, InvoiceNo AS invoice,
       StockCode AS code, date(InvoiceDate) AS day, CAST(Quantity AS INTEGER) AS quantity,
       Quantity * CAST(round(UnitPrice * 1000) AS INTEGER) AS mills, 0 AS cents
  FROM raw
 WHERE CustomerID <> '' AND Quantity + 0 > 0 AND UnitPrice + 0 > 0;
UPDATE line SET cents = mills / 10 +
    (mills % 10 > 5 OR mills % 10 = 5 AND mills / 10 % 2 = 1);
SQL
}

setup_file() {
	export BOOK=$BATS_FILE_TMPDIR/book.db PATH=$B/bin:$PATH
	export CRM_DB=$BOOK CRM_NOW=2011-12-31T09:00:00Z
	cd "$BATS_FILE_TMPDIR" || return
	crm-init
	sed -i 's/^currency: EUR/currency: GBP/' crm.yaml
	lines | crm-sell -q --make-products - >sold
	read_raw
}

# Nothing is written here: all tests read one database.
setup_shop() {
	export CRM_DB=$BOOK CRM_CONFIG=$BATS_FILE_TMPDIR/crm.yaml
	export CRM_NOW=2011-12-31T09:00:00Z
}

# raw SQL: what the file says.
raw() {
	sqlite3 -bail -tabs "$BATS_FILE_TMPDIR/raw.db" "$1"
}

@test "lines, customers, invoices and revenue of the file are the published ones" {
	setup_shop
	diff - <(raw 'SELECT count(*) FROM raw') <<<541909
	diff - <(raw 'SELECT count(*), count(DISTINCT name), count(DISTINCT invoice),
	    sum(mills), sum(cents), count(DISTINCT code) FROM line') \
	    <<<$'397884\t4338\t18532\t8911407904\t891140790\t3665'
}

@test "so are those of the sales, and each line answered with its sale" {
	setup_shop
	seq 397884 | cmp - "$BATS_FILE_TMPDIR/sold"
	holds 'SELECT count(*), count(DISTINCT contact), count(DISTINCT order_no),
	    sum(amount), count(DISTINCT product) FROM sale' \
	    <<<$'397884\t4338\t18532\t891140790\t3665'
	holds 'SELECT (SELECT count(*) FROM contact), (SELECT count(*) FROM product)' \
	    <<<$'4338\t3665'
	ok crm-sql -H 'SELECT count(*), sum(orders), sum(revenue_minor), sum(unpriced) FROM sold()'
	prints <<<$'4338\t18532\t891140790\t0'
}

@test "sold() has every customer's days, orders, pieces and revenue" {
	setup_shop
	raw 'SELECT name, min(day), max(day), count(DISTINCT day),
	    count(DISTINCT invoice), sum(quantity), sum(cents)
	    FROM line GROUP BY name ORDER BY name' >wanted
	[ "$(wc -l <wanted)" = 4338 ]
	crm-sql -H 'SELECT name, first_order, last_order, days, orders,
	    quantity, revenue_minor FROM sold() JOIN contact USING (contact)
	    ORDER BY name' | diff wanted -
}

@test "so it does in a period, and in the 90 and 365 days at its end" {
	setup_shop
	raw "SELECT name, count(DISTINCT invoice), sum(cents),
	    count(DISTINCT invoice) FILTER (WHERE day > date('2011-10-31', '-90 days')),
	    ifnull(sum(cents) FILTER (WHERE day > date('2011-10-31', '-90 days')), 0),
	    count(DISTINCT invoice) FILTER (WHERE day > date('2011-10-31', '-365 days'))
	    FROM line WHERE day BETWEEN '2010-12-05' AND '2011-10-31'
	    GROUP BY name ORDER BY name" >wanted
	crm-sql -H "SELECT name, orders, revenue_minor, orders_90d,
	    revenue_90d_minor, orders_365d FROM sold('2010-12-05', '2011-10-31')
	    JOIN contact USING (contact) ORDER BY name" | diff wanted -
}

@test "sales by year, quarter, month and week are those of the file" {
	setup_shop
	local year="strftime('%Y', day)" thursday="date(day, 'weekday 0', '-3 days')"
	local -A period=(
		[year]=$year
		[quarter]="$year || '-Q' || ((strftime('%m', day) + 2) / 3)"
		[month]="strftime('%Y-%m', day)"
		[week]="strftime('%Y-W', $thursday) ||
		    printf('%02d', (strftime('%j', $thursday) + 6) / 7)"
	)
	for per in "${!period[@]}"; do
		raw "SELECT ${period[$per]}, count(DISTINCT invoice),
		    sum(quantity), printf('%d.%02d', sum(cents) / 100, sum(cents) % 100)
		    FROM line GROUP BY 1 ORDER BY 1" >wanted
		crm-report sales from=2010-01-01 per="$per" -H \
		    -o period,orders,quantity,revenue | diff wanted -
	done
	ok crm-report sales from=2010-01-01 per=year -H -o period,orders,revenue
	prints <<<$'2010\t1400\t572713.89\n2011\t17132\t8338694.01'
}

@test "each month is compared with the one before, one that has begun with as much of it" {
	setup_shop
	raw "WITH m AS (SELECT substr(day, 1, 7) AS month, sum(cents) AS cents
	        FROM line GROUP BY 1)
	    SELECT month, printf('%.2f', lag(cents) OVER w / 100.0),
	    rtrim(rtrim(printf('%.6f', 100.0 * (cents - lag(cents) OVER w) /
	        lag(cents) OVER w), '0'), '.')
	    FROM m WINDOW w AS (ORDER BY month)" | tail -n +2 >wanted
	[ "$(wc -l <wanted)" = 12 ]
	crm-report sales from=2011-01-01 against=previous -H \
	    -o period,earlier,change | diff wanted -
	crm-report sales from=2011-12-01 to=2011-12-09 against=previous -H \
	    -o earlier | diff <(raw "SELECT sum(cents) / 100.0 FROM line
		WHERE day BETWEEN '2011-11-01' AND '2011-11-09'") -
}

# cohort_sql PERIOD: what each customer spent in each period, which SQL
# makes a number of; the first of them; how many had the same first.
cohort_sql() {
	cat <<SQL
WITH bought AS (
	SELECT name, $1 AS at, sum(cents) AS cents FROM line GROUP BY 1, 2
), first AS (
	SELECT name, min(at) AS at FROM bought GROUP BY name
), size AS (
	SELECT at, count(*) AS customers FROM first GROUP BY at
)
SQL
}
month="(strftime('%Y', day) * 12 + strftime('%m', day) - 1)"
quarter="(strftime('%Y', day) * 4 + (strftime('%m', day) - 1) / 3)"

@test "all cells of the cohorts of months and of quarters are those of plain SQL" {
	setup_shop
	cells() {
		raw "$(cohort_sql "$1")
		    SELECT $2, bought.at - first.at, customers,
		    count(DISTINCT name), rtrim(rtrim(printf('%.6f',
		        100.0 * count(DISTINCT name) / customers), '0'), '.')
		    FROM first JOIN bought USING (name) JOIN size ON size.at = first.at
		    GROUP BY first.at, bought.at ORDER BY first.at, bought.at"
	}
	cells "$month" "printf('%d-%02d', first.at / 12, first.at % 12 + 1)" >wanted
	[ "$(wc -l <wanted)" = $((13 * 14 / 2)) ]
	crm-report cohorts -H -o cohort,since,customers,active,rate | diff wanted -
	cells "$quarter" "printf('%d-Q%d', first.at / 4, first.at % 4 + 1)" >wanted
	[ "$(wc -l <wanted)" = $((5 * 6 / 2)) ]
	crm-report cohorts per=quarter -H -o cohort,since,customers,active,rate |
		diff wanted -
}

@test "cohorted() has them too, with whom it kept and what they brought" {
	setup_shop
	raw "$(cohort_sql "$month")
	    SELECT printf('%d-%02d', f.at / 12, f.at % 12 + 1), b.at - f.at,
	    count(*), count(p.name), sum(b.cents),
	    ifnull(sum(b.cents) FILTER (WHERE p.name IS NOT NULL), 0),
	    ifnull(sum(min(b.cents, p.cents)), 0)
	    FROM first f JOIN bought b ON b.name = f.name
	    LEFT JOIN bought p ON p.name = b.name AND p.at = b.at - 1
	    GROUP BY f.at, b.at ORDER BY f.at, b.at" >wanted
	[ "$(wc -l <wanted)" = $((13 * 14 / 2)) ]
	crm-sql -H "SELECT cohort, age, buyers, kept, buyers_minor,
	    kept_minor, least_minor FROM cohorted('2010-12-01', '2011-12-31', 'month')
	    ORDER BY cohort, age" >had
	diff wanted had
}

@test "value and rfm have all customers, their revenue and their invoices" {
	setup_shop
	crm-report value -o revenue -H | awk '
		{ cents += sprintf("%.0f", $1 * 100) }
		END { print NR "\t" cents }' >valued
	diff - valued <<<$'4338\t891140790'
	crm-report rfm -o frequency -H | awk '{ n += $1 } END { print n }' >orders
	diff - orders <<<18532
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
