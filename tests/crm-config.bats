#!/usr/bin/env bats

load helper.bash

@test "the configuration is checked, and every error has its place" {
	crm-init
	ok crm-config check
	prints <<<"$BATS_TEST_TMPDIR/crm.yaml: correct"
	while IFS='|' read -r text message; do
		printf '%b\n' "$text" >crm.yaml
		fails 78 crm-config check
		says "crm-config: $BATS_TEST_TMPDIR/crm.yaml:$message"
	done <<'CASES'
lifecyle: {}|1:1: unknown key 'lifecyle'; did you mean 'lifecycle'?
currency: EUR\ncurrency: USD|2:1: key 'currency' is given twice
currency: &a EUR|1:11: an anchor is not allowed
zone: *a|1:7: an alias is not allowed
zone: !!str UTC|1:7: a tag is not allowed
"a\\0b": 1|1:1: a NUL is not text
zone: UTC\n---\nzone: UTC|2:1: a second document
zone: Mars/Base|1:7: zone: not a time zone: 'Mars/Base'
week: { starts: moon }|1:17: week.starts: not a weekday, mon to sun: 'moon'; did you mean 'mon'?
due: { task: { ahead: [x] } }|1:24: due.*.ahead: not a number of days, 0 to 366: 'x'
cadences: [{ name: a, every: often }]|1:30: cadences[].every: not a step such as 30d, nor never: 'often'
pipelines: { p: { stages: [{ name: a, probability: 120 }] } }|1:52: pipelines.*.stages[].probability: not a percentage, 0 to 100: '120'
pipelines: { p: { stages: [{ name: a, rots: soon }] } }|1:45: pipelines.*.stages[].rots: not a step such as 7d or 1mo: 'soon'
pipelines: { p: { stages: [{ name: a }, { name: a }] } }|1:49: pipelines.*.stages[].name: 'a' is given twice
pipelines: { p: { stages: [{ name: won }] } }|1:36: pipelines.*.stages[].name: 'won' is no stage: crm-deal tells it by itself
pipelines: { p: { stages: [{ rots: 1d }] } }|1:28: pipelines.*.stages[]: a stage has no name
pipelines: { p: { stages: [] } }|1:17: pipelines.p: no stages
pipelines: { p: { stages: [{ name: a }], lost_reasons: [x, x] } }|1:60: pipelines.*.lost_reasons: 'x' is given twice
- a|1:1: not a map of settings
lifecycle: { stages: [a, b], phases: { c: x } }|1:43: phases: no stage 'c'
lifecycle: { stages: [a], promote: [{ name: r, from: a, to: b, when: 1 }] }|1:61: lifecycle.promote[].to: not a stage: 'b'
lifecycle: { stages: [a, b], promote: [{ name: r, from: a, to: b, when: oders > 1 }] }|1:73: when: no column 'oders'; did you mean 'orders'?
score: [{ name: a, points: 1, when: touchs > 1 }]|1:37: when: no column 'touchs'; did you mean 'touches'?
score: [{ name: a, points: much, when: 1 }]|1:28: score[].points: not a number: 'much'
playbooks: { leads: [{ do: call, within: 1d }] }|1:21: playbooks: no stage 'leads'
playbooks: { lead: [{ do: call, within: soon }] }|1:41: playbooks.*[].within: not a step such as 0d or 2bd: 'soon'
catch_up: [|2:1: did not find expected node content
CASES
}

@test "what is nested too deep or too large is refused" {
	crm-init
	printf 'zone: %s\n' "$(printf '[%.0s' {1..20})" >crm.yaml
	fails 78 crm-config check
	[[ $stderr == *'nested more than 16 deep' ]]
	awk 'BEGIN { for (i = 0; i < 40000; i++) print "# filler" }' >crm.yaml
	fails 78 crm-config check
	[[ $stderr == *'larger than 256 KiB' ]]
}

@test "values that may stand in a field are listed" {
	crm-init
	ok crm-config values stages
	prints <<<$'lead\ncontacted\nprospect\ncustomer\nclient\nlost\nlapsed'
	ok crm-config values channel
	[ "${lines[0]}" = email ]
	fails 2 crm-config values colours
}

@test "one key, or all of them" {
	crm-init
	ok crm-config get currency
	prints <<<EUR
	ok crm-config get week.works
	prints <<<$'mon\ntue\nwed\nthu\nfri'
	ok crm-config show
	[ "${lines[0]}" = $'key\tvalue' ]
	fails 1 crm-config get country
	says "crm-config: no value for 'country'"
	ok crm-config keys
	[[ $output == *$'\nlifecycle.stages\twords\t'* ]]
}

@test "CRM_CONFIG names the file, else it stands beside the database" {
	crm-init
	echo 'currency: USD' >own.yaml
	CRM_CONFIG=own.yaml ok crm-config get currency
	prints <<<USD
	CRM_CONFIG=none.yaml fails 66 crm-config get currency
	rm crm.yaml
	ok crm-config check
	prints <<<'built-in crm.yaml: correct'
}

@test "the examples of crm-config(5) are configurations" {
	local n=0 file
	crm-init
	crm-add -q field name=employees type=integer >/dev/null
	crm-add -q name=Joan email=joan@example.org >/dev/null
	crm-add -q campaign name=loyalty type=loyalty >/dev/null
	awk '
		/^\.Bd/ { getline; on = /^[a-z]+:$/; file = "example" ++n }
		/^\.Ed/ { on = 0 }
		on { print >file }' "${BATS_TEST_DIRNAME%/tests}"/man/crm-config.5
	for file in example*; do
		CRM_CONFIG=$file ok crm-config check
		prints <<<"$file: correct"
		n=$((n + 1))
	done
	[ "$n" -ge 5 ]
}
