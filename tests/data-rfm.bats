#!/usr/bin/env bats
# 4,906 orders of 995 customers, and the scores and segments published for
# them (R package rfm): as of 2006-12-31, by five bins.

load helper.bash

setup_file() {
	export BOOK=$BATS_FILE_TMPDIR/book.db PATH=$B/bin:$PATH
	export CRM_DB=$BOOK CRM_NOW=2006-12-31T09:00:00Z
	cd "$BATS_FILE_TMPDIR" || return
	crm-init
	sed -i 's/^currency: EUR/currency: USD/' crm.yaml
	mlr --icsv --otsv put '$order_no = NR' 'then' \
	    rename customer_id,name,order_date,day,revenue,amount 'then' \
	    cut -o -f name,day,order_no,amount "$CRM_DATA/rfm/rfm_data_orders.csv" |
		crm-sell -q - >/dev/null
}

setup_copy() {
	cp "$BOOK" "$BATS_FILE_TMPDIR/crm.yaml" .
	export CRM_DB=$PWD/book.db CRM_NOW=2006-12-31T09:00:00Z
}

# The published names have titles, and one was not read as a word.
@test "days, orders, money, scores and segment of all customers are as published" {
	setup_copy
	mlr --icsv --otsv cut -o -f customer,recency_days,transaction_count,amount,recency_score,frequency_score,monetary_score,rfm_score,segment \
	    "$CRM_DATA/rfm/rfm_published_segments_docs.csv" | tail -n +2 |
		sed -E 's/^True /TRUE /; s/^((Mr|Mrs|Ms|Miss|Dr)\.? )?//; s/^([^\t]*) (Jr\.|Sr\.|I|II|III|IV|V|MD|DDS|DVM|PhD)\t/\1\t/' |
		sort >published
	[ "$(cut -f1 published | uniq | wc -l)" = 995 ]
	ok crm-report rfm -H -o name,recency,frequency,monetary,r,f,m,rfm,segment
	diff published <(printf '%s\n' "$output" | sed 's/\.00\t/\t/' | sort)
}

@test "so many customers are in each segment" {
	setup_copy
	crm-report rfm -H -o segment | sort | uniq -c | sort -rn |
		awk '{ n = $1; sub(/^ *[0-9]+ /, ""); print n "\t" $0 }' >counts
	diff - counts <<'OUT'
342	Potential Loyalist
170	Loyal Customers
148	Lost
104	New Customers
102	About To Sleep
47	Can't Lose Them
35	Champions
28	At Risk
10	Need Attention
9	Promising
OUT
}
