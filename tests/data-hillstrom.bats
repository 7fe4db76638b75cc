#!/usr/bin/env bats
# 64,000 customers of a shop, a third each mailed about clothes for men, for
# women, and not at all; and what they did in the two weeks after (K.
# Hillstrom, The MineThatData e-mail analytics challenge, 2008).

load helper.bash

# rows EXPRESSION...: what mlr makes of the file, as TSV; row is the customer.
rows() {
	mlr --icsv --otsv put '$contact = NR' 'then' "$@" \
	    "$CRM_DATA/hillstrom/hillstrom.csv"
}

load_all() {
	crm-init
	sed -i 's/^currency: EUR/currency: USD/' crm.yaml
	rows put '$name = "customer ".NR' 'then' cut -f name |
		crm-add -q - since=2007-03-01 >/dev/null
	crm-campaign new mailing type=loyalty channel=email since=2008-03-20 \
	    until=2008-04-02 arms=mens:1,womens:1,control:1 -q
	rows put '$arm = {"Mens E-Mail": "mens", "Womens E-Mail": "womens",
	    "No E-Mail": "control"}[$segment]' 'then' cut -o -f contact,arm |
		crm-campaign add -q mailing - >/dev/null
	crm-list audience -w "arm <> 'control'" -o contact |
		crm-campaign sent -q mailing - --at 2008-03-20 >/dev/null
	{
		rows filter '$visit == 1' 'then' put '$kind = "visited"' 'then' cut -o -f contact,kind
		rows filter '$conversion == 1' 'then' put '$kind = "converted"' 'then' cut -o -f contact,kind |
			tail -n +2
	} | awk -v OFS='\t' '{ print $0, NR == 1 ? "at" : "2008-03-25" }' |
		crm-campaign respond -q mailing - >/dev/null
	rows filter '$spend > 0' 'then' rename spend,amount 'then' cut -o -f contact,amount |
		crm-sell -q - day=2008-03-25 >/dev/null
}

setup_file() {
	export BOOK=$BATS_FILE_TMPDIR/book.db PATH=$B/bin:$PATH
	export CRM_DB=$BOOK CRM_NOW=2008-04-15T09:00:00Z
	cd "$BATS_FILE_TMPDIR" || return
	load_all
}

setup_copy() {
	cp "$BOOK" crm.db
	cp "$BATS_FILE_TMPDIR/crm.yaml" .
	export CRM_NOW=2008-04-15T09:00:00Z
	crm-campaign result mailing >measures
}

# measure NAME COLUMN...: of each arm.
measure() {
	mlr --tsv --headerless-tsv-output filter '$measure == "'"$1"'" && $arm != ""' \
	    'then' cut -o -f "arm,$2" measures
}

@test "contacts, purchasers and revenue of each arm are the published ones" {
	setup_copy
	diff - <(measure contacts n) <<<$'mens\t21307\nwomens\t21387\ncontrol\t21306'
	diff - <(measure buyers n,of) <<<$'mens\t267\t21307\nwomens\t189\t21387\ncontrol\t122\t21306'
	diff - <(measure revenue n,value) <<<$'mens\t267\t30311.69\nwomens\t189\t23038.11\ncontrol\t122\t13908.33'
}

@test "so are the rates of visits and of conversions, and revenue per contact" {
	setup_copy
	diff - <(measure visited value) <<<$'mens\t0.182757\nwomens\t0.151400\ncontrol\t0.106167'
	diff - <(measure converted n,value) <<<$'mens\t267\t0.012531\nwomens\t189\t0.008837\ncontrol\t122\t0.005726'
	diff - <(measure revenue_per_contact value) <<<$'mens\t1.422617\nwomens\t1.077202\ncontrol\t0.652789'
}

@test "lift, its interval and Welch's t are R's" {
	setup_copy
	diff - <(measure revenue_lift value) <<<$'mens\t0.769827\nwomens\t0.424412'
	cat >test.R <<'R'
d <- read.csv(commandArgs(TRUE)[1])
of <- function(s) d$spend[d$segment == s]
for (s in c("Mens E-Mail", "Womens E-Mail")) {
	w <- t.test(of(s), of("No E-Mail"))
	cat(sprintf("%.6f\t%.6f\t%.4f\t%.1f\t%.4g\n", w$conf.int[1],
	    w$conf.int[2], w$statistic, w$parameter, w$p.value))
}
R
	diff <(Rscript test.R "$CRM_DATA/hillstrom/hillstrom.csv") \
	    <(measure revenue_lift low,high,statistic,df,p | cut -f 2-)
}

@test "so are the two proportions of visits, and their p" {
	setup_copy
	cat >test.R <<'R'
d <- read.csv(commandArgs(TRUE)[1])
n <- table(d$segment)
for (v in c("visit", "conversion")) {
	x <- tapply(d[[v]], d$segment, sum)
	for (s in c("Mens E-Mail", "Womens E-Mail")) {
		i <- c(s, "No E-Mail")
		p <- suppressWarnings(prop.test(x[i], n[i], correct = FALSE))
		cat(sprintf("%.6f\t%.6f\t%.4f\t%.4g\n", p$conf.int[1],
		    p$conf.int[2], sqrt(p$statistic), p$p.value))
	}
}
R
	diff <(Rscript test.R "$CRM_DATA/hillstrom/hillstrom.csv") \
	    <({ measure visited_lift low,high,statistic,p; measure converted_lift low,high,statistic,p; } | cut -f 2-)
}

@test "only those who were mailed were sent to, and a second time nothing changes" {
	setup_copy
	diff - <(measure sent n) <<<$'mens\t21307\nwomens\t21387\ncontrol\t0'
	crm-list audience -o contact,arm | crm-campaign add mailing - | cut -f 3 | sort | uniq -c | tr -s ' ' >said
	diff - said <<<$' 1 result\n 64000 unchanged'
	crm-list audience -w "arm = 'control'" -l 100 -o contact >held
	fails 1 crm-campaign sent -q mailing - <held
	holds "SELECT count(*) FROM audience WHERE arm = 'control' AND sent_at IS NOT NULL" <<<0
}

@test "no sale names the campaign: to it count those of who visited or converted" {
	setup_copy
	ok bash -c 'crm-campaign result --all | cut -f 1-5,8,11'
	prints <<<$'campaign\tstatus\tcontacts\tsent\tresponses\trevenue\tbasis
mailing\trunning\t64000\t42694\t9394\t67258.13\tnamed, or last touch within 30d'
}

@test "crm-report tells of the campaign what crm-campaign does" {
	setup_copy
	ok crm-report campaigns
	prints <<<$'campaign\tstatus\taudience\tsent\tresponses\tconversions\tleads\tcustomers\trevenue\tcost\troi\tunpriced
mailing\trunning\t64000\t42694\t9394\t578\t0\t456\t67258.13\t0.00\t\t0'
	diff <(crm-campaign result --all -H | cut -f 1-9) \
	    <(cut -f 1-5,7-10 <<<"$output" | tail -n 1)
	ok crm-report campaigns -H -o campaign,revenue window=4d
	prints <<<$'mailing\t67258.13'
}
