# shellcheck shell=bash
# What make bench measures of reports: every one over the same business, and
# over a tenth of it; and what plain SQL takes for the same answers.
# shellcheck disable=SC2154,SC2317 # run.sh sets the names, pair calls ours

# business FILE N: what reports.sql makes, indexed at the end.
business() {
	local of="FROM sqlite_schema WHERE type = 'index' AND sql NOT NULL"
	[ ! -e "$1" ] || return 0
	again empty.db "$1"
	shell "$1" "SELECT sql || ';' $of" >indexes.sql
	shell "$1" "SELECT 'DROP INDEX ' || name || ';' $of" >unindex.sql
	shell "$1" '.read unindex.sql' ".parameter set :n $2" \
	    ".read $here/reports.sql" >/dev/null
	shell "$1" 'PRAGMA synchronous = OFF' 'PRAGMA cache_size = -262144' \
	    '.read indexes.sql' 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
}

# same REPORT: ours and theirs have the same rows, but for the order and the
# last digit of a number.  The scores of rfm are left out: ntile parts those
# who tie, quantiles don't.
same() {
	local columns=1-
	[ "$1" != rfm ] || columns=1-5
	paste <(cut -f "$columns" ours.out | sort) \
	    <(cut -f "$columns" theirs.out | sort) | awk -F '\t' '
		NF % 2 { bad = 1; exit }
		{
			for (i = 1; i <= NF / 2; i++) {
				a = $i
				b = $(NF / 2 + i)
				if (a == b)
					continue
				d = a - b
				if (a !~ /^-?[0-9.]+$/ || b !~ /^-?[0-9.]+$/ ||
				    d > .0101 || d < -.0101)
					bad = 1
			}
		}
		END { exit bad || NR == 0 }' ||
		echo "crm-report $1: plain SQL answers otherwise" >&2
}

# How much of plain SQL's time a report may take.
report_goal() {
	case $1 in
	rfm) echo 0.3 ;;
	cohorts | retention) echo 0.1 ;;
	quiet | value) echo 1 ;;
	*) echo 1.3 ;;
	esac
}

against_sql() {
	ours() {
		clock "$1" crm-report -H -d reports.db "$report" \
		    >ours.out 2>report.log
	}
	theirs() {
		clock "$1" sqlite3 -bail -readonly -tabs reports.db \
		    <"$here/report-$report.sql" >theirs.out
	}
	pair 3 "$(report_goal "$report")" "crm-report $report, against SQL"
	same "$report"
}

# A report that does not go without parameters is no measure.
measure_reports() {
	local report
	business reports.db "$N"
	business tenth.db $((N / 10))
	for report in $(crm-report -q); do
		[[ $report =~ ${REPORT:-.} ]] || continue
		if ! crm-report -d empty.db "$report" >/dev/null; then
			echo "crm-report $report: not measured" >&2
			continue
		fi
		ours() {
			clock "$1" crm-report -d reports.db "$report" \
			    >ours.out 2>report.log
		}
		theirs() {
			clock "$1" crm-report -d tenth.db "$report" \
			    >theirs.out 2>report.log
		}
		pair 3 13 "crm-report $report of $N contacts, against a tenth"
		limit "time of it, ms" "$(ms ours.tsv)" 20000
		limit 'peak memory of it, MiB' "$(mib ours.tsv)" 256
		[ ! -e "$here/report-$report.sql" ] || against_sql
	done
	rm -f ./*.out
}
