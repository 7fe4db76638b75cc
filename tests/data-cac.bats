#!/usr/bin/env bats
# A year of marketing by month and the customers it won (D. McCarthy's worked
# example of what winning one costs).  Customers and amounts are taken 2789 /
# 4.95 times, so that the customers of the first month are a whole number, and
# those of the fourth and the twelfth nearly.

load helper.bash

# Television and posters are for new customers to four fifths.
expenses() {
	awk -F, -v OFS='\t' '
		function put(kind, amount) {
			print day, kind, sprintf("%.2f", amount * 2789 / 4.95), about[i]
		}
		NR == 1 {
			for (i = 2; i <= NF; i++)
				about[i] = $i
			print "day", "kind", "amount", "about"
			next
		}
		{ day = sprintf("%d-%02d-05", 2026 + ($1 > 12), ($1 - 1) % 12 + 1) }
		{ for (i = 2; i <= NF; i++)
			if ($i == "")
				continue
			else if (about[i] ~ /^(TV|OOH)/) {
				put("acquisition", $i * 0.8)
				put("retention", $i * 0.2)
			} else if (about[i] ~ /repeat|manager/)
				put("retention", $i)
			else if (about[i] ~ /onboarding/)
				put("service", $i)
			else
				put("acquisition", $i)
		}' "$CRM_DATA/cac/CAC-Data.csv"
}

# A sale for each new customer, in the middle of the month.
sales() {
	awk -F, -v OFS='\t' '
		NR == 1 { print "contact", "day"; next }
		{ n = 0
		for (i = 2; i <= NF; i++)
			n += $i
		for (i = int(n * 2789 / 4.95 + 0.5); i > 0; i--)
			print ++contact, sprintf("2026-%02d-15", $1)
		}' "$CRM_DATA/cac/CAC-Acquisition-Data.csv"
}

setup_file() {
	export CRM_DB=$BATS_FILE_TMPDIR/book.db PATH=$B/bin:$PATH
	export CRM_NOW=2027-03-01T09:00:00Z
	cd "$BATS_FILE_TMPDIR" || return
	crm-init
	sed -i 's/^currency: EUR/currency: USD/' crm.yaml
	expenses | crm-add -q expense - >/dev/null
	sales >sold
	sed 's/\t.*//; s/contact/name/' sold | crm-add -q - since=2026-01-01 >/dev/null
	crm-sell -q - amount=30 <sold >/dev/null
}

# published COLUMN MONTH=FIGURE...: is it that, but for a part in 100,000?
published() {
	local column=$1 pair
	shift
	for pair; do
		awk -F'\t' -v column="$column" -v month="2026-${pair%=*}" -v want="${pair#*=}" '
			NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
			$1 == month { n++; off = $at[column] / want - 1 }
			END { exit !(n == 1 && off > -1e-5 && off < 1e-5) }' cost ||
			{ echo "$column $pair"; cat cost; return 1; }
	done
}

@test "what a new customer costs is what was published, counted in each way" {
	export CRM_DB=$BATS_FILE_TMPDIR/book.db CRM_NOW=2027-03-01T09:00:00Z
	crm-report acquisition-cost from=2026-01-01 after=2 \
	    lags='TV ads:0-3,OOH:0-2,Prospecting sales team:3' >cost
	published customers 01=2789 12=5253
	published blended 01=94.949495 12=88.913036
	published acquisition_only 01=39.797980 12=43.851527
	published lag_adjusted 04=36.576495 12=39.583561
	published fully_loaded 04=53.031933 12=59.537650
}
