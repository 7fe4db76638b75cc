#!/usr/bin/env bats

load helper.bash

# Ten contacts, the first five of which bought for 100, 200, ... 500.
setup_book() {
	crm-init
	crm-add -q product name=W >/dev/null
	{ echo name; printf 'P%d\n' {1..10}; } |
	    crm-add -q - since=2024-01-01 >/dev/null
	printf '%b' 'contact\tproduct\tamount\tcost\tday\n' \
	    '1\tW\t100\t90\t2024-02-01\n2\tW\t200\t90\t2024-02-02\n3\tW\t300\t90\t2024-02-03\n4\tW\t400\t90\t2024-02-04\n5\tW\t500\t90\t2024-02-05\n' |
	    crm-sell -q - >/dev/null
	cat >crm.yaml <<'YAML'
segments:
  big: {about: buys much, where: "revenue_365d >= 300", proposition: Free delivery}
  big-quiet: {where: "in_segment('big') and days_quiet > 10"}
  value: {tiers: "revenue_365d", into: [platinum, gold, silver, bronze], by: [10, 20, 20, 50]}
  cut: {tiers: "revenue_365d", into: [high, middle, low], by: [400, 100]}
  hand: {static: true}
YAML
}

@test "a rule says who is in, and segments read segments" {
	setup_book
	crm-log -q 3 -c call >/dev/null
	ok crm-segment list big -o contact,name,revenue
	prints <<'OUT'
contact	name	revenue
3	P3	300.00
4	P4	400.00
5	P5	500.00
OUT
	ok crm-segment list big -w 'revenue > 300' -s -revenue -l 1 -o name -H
	prints <<<P5
	ok crm-list -q -w "in_segment('big') and name <> 'P4'"
	prints <<<$'3\n5'
	ok crm-segment list big-quiet -q
	prints <<<$'4\n5'
	ok crm-list -q -w "not in_segment('big')" -l 2
	prints <<<$'1\n2'
	ok crm-segment names
	prints <<'OUT'
segment	kind	rule	about	proposition
big	rule	revenue_365d >= 300	buys much	Free delivery
big-quiet	rule	in_segment('big') and days_quiet > 10		
value	tiers	revenue_365d		
cut	tiers	revenue_365d		
hand	static			
OUT
	ok crm-segment check
	prints </dev/null
}

@test "lists in a pipe are what the sets have in common" {
	setup_book
	printf '4\n1\n3\n' | crm-segment add -q hand - >/dev/null
	ok bash -c 'crm-segment list hand | crm-segment list big - -o contact,name'
	prints <<<$'contact\tname\n3\tP3\n4\tP4'
	ok bash -c 'printf "5\n1\n4\n" | crm-segment list big - -q'
	prints <<<$'5\n4'
	crm-segment list hand >picked
	ok crm-segment list big --except picked -q
	prints <<<5
	ok bash -c 'crm-segment list value | crm-set - city=Bonn -q | tail -n 1'
	prints <<<10
}

@test "customers are divided by percentages, the best first" {
	setup_book
	ok crm-segment list value -o name,revenue_365d,tier -w 'revenue > 0'
	prints <<'OUT'
name	revenue_365d	tier
P1	100.00	silver
P2	200.00	silver
P3	300.00	gold
P4	400.00	gold
P5	500.00	platinum
OUT
	ok crm-list -q -w "tier('value') = 'gold' or tier('cut') = 'high'"
	prints <<<$'3\n4\n5'
	ok bash -c 'crm-segment list cut -o tier -H | sort | uniq -c'
	prints <<<$'      2 high\n      5 low\n      3 middle'
	# who is no customer, or gone, is not ranked
	crm-set -q 5 role=partner >/dev/null
	crm-set -q 4 active=0 >/dev/null
	ok crm-segment list value -o name,tier -l 3
	prints <<<$'name\ttier\nP1\tgold\nP2\tgold\nP3\tplatinum'
	ok crm-list -q -w "tier('value') is null"
	prints <<<$'4\n5'
}

@test "equal values are in one tier, the lower one at a limit" {
	crm-init
	printf 'name\nA\nB\nC\nD\n' | crm-add -q - >/dev/null
	printf 'segments:\n  v: {tiers: "contact > 2", into: [a, b], by: [25, 75]}\n  n: {tiers: "iif(contact = 1, null, contact)", into: [a, b], by: [50, 50]}\n' >crm.yaml
	ok crm-segment list v -o contact,tier -H
	prints <<<$'1\tb\n2\tb\n3\tb\n4\tb'
	ok crm-segment list n -o contact,tier -H
	prints <<<$'2\tb\n3\ta\n4\ta'
}

@test "a segment is weighed by contacts, revenue and profit" {
	setup_book
	ok bash -c 'crm-segment show big; crm-segment show value | cut -f1-9'
	prints <<'OUT'
segment	tier	contacts	customers	share	revenue	revenue_share	profit	profit_share	kind	rule	about	proposition
big		3	3	30.0	1200.00	80.0	930.00	88.6	rule	revenue_365d >= 300	buys much	Free delivery
segment	tier	contacts	customers	share	revenue	revenue_share	profit	profit_share
value	platinum	1	1	10.0	500.00	33.3	410.00	39.0
value	gold	2	2	20.0	700.00	46.7	520.00	49.5
value	silver	2	2	20.0	300.00	20.0	120.00	11.4
value	bronze	5	5	50.0	0.00	0.0	0.00	0.0
OUT
	# what people bought counts for an organisation that is in, once
	crm-add -q name=Org kind=org >/dev/null
	crm-set -q 1 2 org=11 >/dev/null
	crm-segment add -q hand 11 2 >/dev/null
	ok bash -c 'crm-segment show hand | cut -f3-7'
	prints <<<$'contacts\tcustomers\tshare\trevenue\trevenue_share\n2\t2\t18.2\t300.00\t20.0'
}

@test "contacts are put in by hand, and taken out" {
	setup_book
	ok crm-segment add hand P3 4
	prints <<'OUT'
contact	name	result	reason
3	P3	updated	
4	P4	updated	
OUT
	ok bash -c 'crm-list -w "revenue > 300" | CRM_NOW=2024-03-04 crm-segment add hand -'
	prints <<'OUT'
contact	name	result	reason
4	P4	unchanged	in it since 2024-03-01
5	P5	updated	
OUT
	export CRM_NOW=2024-03-06T09:00:00Z
	ok crm-segment remove hand P3 P1
	prints <<'OUT'
contact	name	result	reason
3	P3	updated	
1	P1	unchanged	not in it
OUT
	ok crm-segment list hand -q
	prints <<<$'4\n5'
	# as it was on another day
	CRM_NOW=2024-03-02 ok crm-segment list hand -q
	prints <<<$'3\n4'
	CRM_NOW=2024-03-02 fails 1 crm-segment remove hand P3
	prints <<<$'contact\tname\tresult\treason\n3\tP3\trefused\tleft it on 2024-03-06, which is to come'
	ok crm-list membership -o segment,contact,since,until
	prints <<'OUT'
segment	contact	since	until
hand	3	2024-03-01	2024-03-06
hand	4	2024-03-01	
hand	5	2024-03-04	
OUT
	crm-undo "$(crm-history -l 1 -H | cut -f1)" >/dev/null
	ok crm-segment list hand -q
	prints <<<$'3\n4\n5'
}

@test "who leaves and comes back on the same day never left" {
	setup_book
	crm-segment add -q hand 3 >/dev/null
	crm-segment remove -q hand 3 >/dev/null
	holds 'SELECT count(*) FROM membership' <<<0
	crm-segment add -q hand 3 >/dev/null
	export CRM_NOW=2024-03-06T09:00:00Z
	crm-segment remove -q hand 3 >/dev/null
	crm-segment add -q hand 3 >/dev/null
	holds 'SELECT contact, since, until IS NULL FROM membership' <<<$'3\t2024-03-01\t1'
}

@test "an unknown contact in the middle of a stream stops all of it" {
	setup_book
	printf 'contact\n3\nnobody\n4\n' >stream
	fails 65 crm-segment add hand - <stream
	says "crm-segment: <stdin>:3: unknown contact 'nobody'"
	prints </dev/null
	holds 'SELECT count(*) FROM membership' <<<0
	fails 1 crm-segment add hand - --keep-going --rejects bad <stream
	prints <<<$'contact\tname\tresult\treason\n3\tP3\tupdated\t\n4\tP4\tupdated\t'
	[ "$(cat bad)" = $'contact\terror\nnobody\tunknown contact \'nobody\'' ]
	fails 1 crm-segment add hand nobody
	says "crm-segment: unknown contact 'nobody'"
	fails 1 crm-segment add big 3
	says "crm-segment: who is in 'big' is up to its rule"
	ok crm-segment add -n hand 5
	ok crm-segment list hand -q
	prints <<<$'3\n4'
}

@test "a snapshot writes down who is in today, and only once" {
	setup_book
	ok crm-segment snapshot --all
	prints <<'OUT'
segment	day	contacts	entered	left	moved
big	2024-03-01	3	3	0	0
big-quiet	2024-03-01	3	3	0	0
value	2024-03-01	10	10	0	0
cut	2024-03-01	10	10	0	0
OUT
	ok crm-segment snapshot big value -H
	prints <<<$'big\t2024-03-01\t3\t0\t0\t0\nvalue\t2024-03-01\t10\t0\t0\t0'
	export CRM_NOW=2024-03-05T09:00:00Z
	crm-sell -q 9 product=W amount=900 day=2024-03-04 >/dev/null
	crm-sell -q 3 product=W amount=-250 day=2024-03-04 refunds=3 >/dev/null
	ok crm-segment snapshot -n --all
	ok crm-segment snapshot --all -H
	prints <<'OUT'
big	2024-03-05	3	1	1	0
big-quiet	2024-03-05	3	1	1	0
value	2024-03-05	10	0	0	3
cut	2024-03-05	10	0	0	2
OUT
	ok crm-list membership -w "segment = 'big'" -o contact,since,until
	prints <<'OUT'
contact	since	until
3	2024-03-01	2024-03-05
4	2024-03-01	
5	2024-03-01	
9	2024-03-05	
OUT
	# a second one on that day corrects the first
	crm-undo -q "$(crm-history -H | awk -F'\t' '/crm-sell/ { print $1; exit }')" >/dev/null
	ok crm-segment snapshot big -H
	prints <<<$'big\t2024-03-05\t4\t1\t0\t0'
	holds "SELECT contact, until FROM membership m JOIN segment USING (segment) WHERE name = 'big' AND contact = 3" <<<$'3\t'
	CRM_NOW=2024-03-02 fails 1 crm-segment snapshot big
	says "crm-segment: 'big' was recorded on 2024-03-05, which is after 2024-03-02"
	fails 1 crm-segment snapshot hand
	fails 2 crm-segment snapshot
	says 'crm-segment: expected either segments or --all'
	fails 2 crm-segment snapshot big --all
}

@test "moves between tiers are a matrix, with the contacts of each cell" {
	setup_book
	crm-segment snapshot -q --all >/dev/null
	export CRM_NOW=2024-03-05T09:00:00Z
	crm-sell -q 9 product=W amount=900 day=2024-03-04 >/dev/null
	crm-set -q 10 active=0 >/dev/null
	crm-segment snapshot -q --all >/dev/null
	ok crm-segment moves value 2024-03-01..2024-03-05
	prints <<'OUT'
from_tier	to_tier	contacts
platinum	gold	1
gold	gold	1
gold	silver	1
silver	silver	1
silver	bronze	1
bronze	platinum	1
bronze	bronze	3
bronze	out	1
OUT
	ok bash -c 'crm-segment moves value 2024-03-01..2024-03-05 --keys | head -n 4'
	prints <<<$'contact\tname\tfrom_tier\tto_tier\n5\tP5\tplatinum\tgold\n4\tP4\tgold\tgold\n3\tP3\tgold\tsilver'
	ok crm-segment moves big 2024-03-01..today
	prints <<<$'from_tier\tto_tier\tcontacts\nin\tin\t3\nout\tin\t1'
	ok bash -c 'crm-segment moves value 2024-03-01..today | crm-fmt pivot from_tier to_tier contacts | head -n 1'
	prints <<<$'from_tier\tgold\tsilver\tbronze\tplatinum\tout'
	run -0 --separate-stderr crm-segment moves big 2024-02-01..2024-02-29
	says "crm-segment: 'big' was not recorded before 2024-03-01"
	prints <<<$'from_tier\tto_tier\tcontacts'
	run -0 --separate-stderr crm-segment moves hand 2024-03
	says "crm-segment: 'hand' was never recorded"
	fails 2 crm-segment moves value yesterwhile
	says "crm-segment: not a range of days: 'yesterwhile'"
}

@test "two segments overlap" {
	setup_book
	crm-segment add -q hand 5 6 7 >/dev/null
	ok crm-segment overlap big hand
	prints <<'OUT'
segment	other	only_segment	both	only_other	jaccard
big	hand	2	1	2	0.2000
OUT
	crm-segment remove -q hand 5 6 7 >/dev/null
	ok crm-segment overlap hand hand -H
	prints <<<$'hand\thand\t0\t0\t0\t'
}

@test "what is proposed to a segment stands in the brief of who is in it" {
	setup_book
	ok bash -c 'crm-show P4 | grep segments; crm-show P1 | grep -c segments || :'
	prints <<<$'segments   big: Free delivery\n0'
}

@test "a new segment goes into crm.yaml, and everything else stays" {
	crm-init
	crm-add -q name=A city=Bonn >/dev/null
	cat >crm.yaml <<'YAML'
# ours
segments:
  # the first
  a: {where: "city = 'Bonn'"} # why

# behind
currency: USD
YAML
	chmod 640 crm.yaml
	ok crm-segment new -n b -w 1
	ok crm-segment new b -w "in_segment('a') and name <> '\"'" --about 'a: #1' --proposition $'two\nlines'
	prints <<<$'segment\tresult\nb\tcreated'
	diff -u - crm.yaml <<'YAML'
# ours
segments:
  # the first
  a: {where: "city = 'Bonn'"} # why
  b: {about: "a: #1", where: "in_segment('a') and name <> '\"'", proposition: "two\nlines"}

# behind
currency: USD
YAML
	[ "$(stat -c %a crm.yaml)" = 640 ]
	ok crm-segment list b -o name -H
	prints <<<A
	ok crm-config get segments.b.about
	prints <<<'a: #1'
	fails 1 crm-segment new b -w 1
	says "crm-segment: there is a segment 'b' already"
	fails 2 crm-segment new c -w 'citty = 1'
	says "crm-segment: -w: no column 'citty'; did you mean 'city'?"
	fails 2 crm-segment new c -w 'city ='
	fails 2 crm-segment new late -w "in_segment('late')"
	says "crm-segment: -w: no segment 'late'"
	fails 2 crm-segment new C -w 1
	says "crm-segment: not a name of a-z, 0-9, _ and -: 'C'"
	fails 2 crm-segment new c
	says 'crm-segment: new needs -w'
	fails 2 crm-segment new c -w 1 --about $'\001'
	[ "$(grep -c where crm.yaml)" = 2 ]
	[ -z "$(find . -name '.crm.yaml.*')" ]
}

@test "a segment is added however crm.yaml is written" {
	crm-init
	while IFS='|' read -r before after; do
		printf '%b' "$before" >crm.yaml
		ok crm-segment new z -w 1
		diff -u <(printf '%b' "$after") crm.yaml
	done <<'CASES'
|segments:\n  z: {where: "1"}\n
# mine\n|# mine\nsegments:\n  z: {where: "1"}\n
currency: EUR|currency: EUR\nsegments:\n  z: {where: "1"}\n
segments: {}  # none\ncurrency: EUR\n|segments:   # none\n  z: {where: "1"}\ncurrency: EUR\n
segments:\ncurrency: EUR\n|segments:\n  z: {where: "1"}\ncurrency: EUR\n
segments: {a: {where: "2"}, }\n|segments: {a: {where: "2"}, z: {where: "1"}, }\n
segments: {\n# \u00e9\n}\n|segments: {z: {where: "1"}\n# \u00e9\n}\n
{segments: {}, currency: EUR}\n|{segments: {z: {where: "1"}}, currency: EUR}\n
segments:\n    a:\n        where: >\n            city\n            > 3\n\n# c\n|segments:\n    a:\n        where: >\n            city\n            > 3\n\n    z: {where: "1"}\n# c\n
---\nsegments:\n  a: {where: "1",\n    about: \u00fc}\r\n...\n|---\nsegments:\n  a: {where: "1",\n    about: \u00fc}\r\n  z: {where: "1"}\n...\n
CASES
	echo '{currency: EUR}' >crm.yaml
	fails 78 crm-segment new z -w 1
	says "crm-segment: $BATS_TEST_TMPDIR/crm.yaml: cannot add segments.z to it: write it by hand"
	rm crm.yaml
	ok crm-segment new z -w 1
	[ "$(cat crm.yaml)" = $'segments:\n  z: {where: "1"}' ]
	mkdir real
	mv crm.yaml real/crm.yaml
	ln -s real/crm.yaml crm.yaml
	ok crm-segment new y -w 1
	[ -L crm.yaml ]
	[ "$(grep -c where real/crm.yaml)" = 2 ]
}

@test "a segment that is declared wrongly is named by its place" {
	crm-init
	while IFS='|' read -r text message; do
		printf '%b\n' "segments:\n  $text" >crm.yaml
		fails 78 crm-segment check
		says "crm-segment: $BATS_TEST_TMPDIR/crm.yaml:$message"
	done <<'CASES'
a: {where: "in_segment('b')"}\n  b: {where: "not in_segment('a')"}|2:14: segment a reads b reads a
a: {where: "1 and in_segment('a')"}|2:14: segment a reads a
a: {tiers: "tier('b') = 'x'", into: [x, y], by: [1]}\n  b: {tiers: "in_segment('a')", into: [x, y], by: [1]}|2:14: segment a reads b reads a
a: {where: "oders > 1"}|2:14: segments.a: no column 'oders'; did you mean 'orders'?
a: {where: "orders >"}|2:14: segments.a: near ")": syntax error
a: {where: "in_segment('bb')"}\n  b: {where: "1"}|2:14: segments.a: no segment 'bb'; did you mean 'b'?
a: {where: "tier('b') = 'x'"}\n  b: {where: "1"}|2:14: segments.a: segment 'b' has no tiers
a: {where: "in_segment(b)"}|2:14: segments.a: of contacts, expected in_segment('SEGMENT') at character 1: 'in_segment'
a: {about: x}|2:6: segments.a: one of where, tiers and static: true is expected
a: {where: "1", static: true}|2:6: segments.a: one of where, tiers and static: true is expected
a: {static: yes}|2:15: segments.a.static: not true or false
a: {where: "1", by: [1]}|2:6: segments.a: into and by go with tiers
a: {tiers: orders, into: [x], by: [100]}|2:28: segments.a: two tiers or more are expected in into
a: {tiers: orders, into: [x, y]}|2:6: segments.a: expected 2 percentages, or the least values of the first 1, in by
a: {tiers: orders, into: [x, y], by: [60, 50]}|2:40: segments.a.by: the percentages add up to 110, not to 100
a: {tiers: orders, into: [x, y], by: [110, -10]}|2:46: segments.a.by: not a percentage above 0
a: {tiers: orders, into: [x, y, z], by: [5, 5]}|2:47: segments.a.by: the least values must go down
a: {tiers: orders, into: [x, out], by: [5]}|2:32: segments.a.into: not a name for a tier: 'out'
a: {tiers: orders, into: [x, x], by: [5]}|2:32: segments.a.into: 'x' is given twice
a: 7|2:6: segments.a: not a map
A: {where: 1}|2:6: segments: not a name of a-z, 0-9, _ and -: 'A'
a: {wher: 1}|2:7: unknown key 'wher'; did you mean 'where'?
CASES
	printf 'segments:\n  a: {where: "score > 1"}\nscore:\n  - {name: s, points: 1, when: "in_segment('"'a'"')"}\n' >crm.yaml
	fails 78 crm-list -w "in_segment('a')"
	[[ $stderr == *'a factor asks for the score by way of a segment' ]]
}

@test "rules that double at each step are refused, not expanded" {
	crm-init
	{
		printf 'segments:\n  s0: {where: "city is not null"}\n'
		for i in {1..40}; do
			printf '  s%d: {where: "in_segment('"'s%d'"') or in_segment('"'s%d'"')"}\n' \
			    "$i" $((i - 1)) $((i - 1))
		done
	} >crm.yaml
	fails 78 crm-segment check
	[[ $stderr == *' is longer than 1 MiB' || $stderr == *'parentheses more than 50 deep'* || $stderr == *'depth'* ]]
}

@test "segments are for contacts, and every wrong word is said" {
	setup_book
	fails 2 crm-list task -w "in_segment('big')"
	says "crm-list: -w: of contacts, expected in_segment('SEGMENT') at character 1: 'in_segment'"
	fails 2 crm-list -w "in_segment('bigg')"
	says "crm-list: -w: no segment 'bigg'; did you mean 'big'?"
	fails 1 crm-segment list bigg
	says "crm-segment: no segment 'bigg'; did you mean 'big'?"
	fails 2 crm-segment list big -o tier
	fails 2 crm-segment list big 5
	says 'crm-segment: list: expected a segment'
	fails 2 crm-segment list big -w 'nme = 1'
	says "crm-segment: -w: no column 'nme'; did you mean 'name'?"
	fails 2 crm-segment lst
	says "crm-segment: expected list, names, show, check, add, remove, new, snapshot, moves or overlap, not 'lst'"
	fails 2 crm-segment add hand 3 -
	fails 2 crm-segment show big -n
	fails 2 crm-segment show big -w 1
	fails 2 crm-segment list big --all
	fails 2 crm-segment list big --keys
	fails 2 crm-segment list big --about x
	fails 2 crm-segment list big --keep-going
	fails 2 crm-segment names -o name
}

@test "promotion rules and scores ask for segments too" {
	setup_book
	cat >>crm.yaml <<'YAML'
score:
  - {name: good, points: 7, when: "tier('value') in ('platinum', 'gold')"}
lifecycle:
  stages: [lead, customer, star]
  promote:
    - {name: star, from: [lead, customer], to: star, when: "in_segment('big')"}
YAML
	ok bash -c 'crm-score 3 6 -H | cut -f1-3'
	prints <<<$'3\t7\t7\n6\t0\t0'
	ok crm-list -o contact -H -w 'score > 0'
	prints <<<$'3\n4\n5'
	run -0 crm-promote --all -q
	ok crm-list -q -w "stage = 'star'"
	prints <<<$'3\n4\n5'
	ok crm-config check
}

@test "names of segments are completed" {
	setup_book
	ok bash -c 'crm-complete -- crm-segment show b | sort -u'
	prints <<<$'big\tbuys much\nbig-quiet\t'
}
