#!/usr/bin/env bats

load helper.bash

@test "csv is quoted where it must be, and formulas are disarmed" {
	printf 'a\tb\n1\tx,y\nq"q\t\\n\n=1+1\t-5\n' >in
	ok crm-fmt csv <in
	prints <<'OUT'
a,b
1,"x,y"
"q""q","
"
"'=1+1",-5
OUT
	ok crm-fmt csv --raw -H <in
	[ "${lines[-1]}" = '=1+1,-5' ]
	ok bash -c 'crm-fmt csv --raw <in | mlr --icsv --ojsonl cat | head -n 1'
	prints <<<'{"a": 1, "b": "x,y"}'
}

@test "csv leaves phones and numbers alone, not formulas of any script" {
	printf 'a\n+49 30 123-4\n+1 (212) 5.5\n-2+3+cmd\n@SUM(1)\n＝1+1\n\\tx\n-1.5e3\n-\n' >in
	ok crm-fmt csv -H <in
	prints <<'OUT'
+49 30 123-4
+1 (212) 5.5
"'-2+3+cmd"
"'@SUM(1)"
"'＝1+1"
"'	x"
-1.5e3
-
OUT
}

@test "csv for spreadsheets says UTF-8 and guards cells within cells" {
	printf 'a\tb\n+4930\tDear Sir; =1+1\n-5\tx;y\\n- z\n' >in
	ok crm-fmt csv --excel <in
	prints <<<$'\xef\xbb\xbfa,b\r\n"\'+4930","Dear Sir;\' =1+1"\r\n-5,"x;y\n\'- z"\r'
	fails 2 crm-fmt csv --excel --raw <in
	says 'crm-fmt: --excel guards cells, --raw does not'
	fails 2 crm-fmt md --excel <in
	says 'crm-fmt: --excel goes with csv'
}

@test "csv is what another reader makes the same rows of" {
	printf 'a\tb\n" ,;\\n\\r\\\\ x\t é \n\t=1\n' >in
	cat >read.py <<'PY'
import csv, sys
sys.stdin.reconfigure(encoding="utf-8", newline="")
for row in csv.reader(sys.stdin):
    print(ascii(row))
PY
	ok bash -c 'crm-fmt csv --raw <in | python3 read.py'
	prints <<'OUT'
['a', 'b']
['" ,;\n\r\\ x', ' \xe9 ']
['', '=1']
OUT
}

@test "csv ends lines with CR LF where asked" {
	ok bash -c 'printf "a\n1\n" | crm-fmt csv --crlf | od -An -c | tr -d " "'
	prints <<<'a\r\n1\r\n'
}

@test "JSON Lines keep codes as text" {
	printf 'contact\tphone\tname\n7\t030\t\n' >in
	ok crm-fmt jsonl <in
	prints <<<'{"contact":7,"phone":"030","name":null}'
}

@test "Markdown holds no markup of its own" {
	printf 'a\tb\nx|y\t<b>&\n' >in
	ok crm-fmt md <in
	prints <<'OUT'
| a | b |
|---|---|
| x\|y | &lt;b>&amp; |
OUT
}

@test "Markdown passes by generators of pages" {
	printf 'a\n{{name}} ~x~ $1$ _e_ \\\\ `c` [l](u) *b*\n' >in
	ok bash -c "crm-fmt md <in | tail -n 1"
	prints <<'OUT'
| \{\{name\}\} \~x\~ \$1\$ \_e\_ \\ \`c\` \[l\](u) \*b\* |
OUT
}

@test "HTML is one page, numbers to the right, nothing in it markup" {
	printf 'name\tn\tphone\n<script>x</script> &amp;\t7\t030\n"a"\\nb {{c}}\t\t\n' >in
	ok bash -c "crm-fmt html <in | sed -n '/^<table>/,\$p'"
	prints <<'OUT'
<table>
<thead>
<tr><th>name</th><th class="n">n</th><th>phone</th></tr>
</thead>
<tbody>
<tr><td>&#60;script&#62;x&#60;/script&#62; &#38;amp;</td><td class="n">7</td><td>030</td></tr>
<tr><td>&#34;a&#34;<br>b &#123;&#123;c&#125;&#125;</td><td></td><td></td></tr>
</tbody>
</table>
OUT
	ok bash -c "crm-fmt html <in | xmllint --html --noout -"
	ok bash -c "crm-fmt html <in | xmllint --html --xpath 'string(//tbody/tr[1]/td[1])' -"
	prints <<<'<script>x</script> &amp;'
	ok bash -c "crm-fmt html -H <in | xmllint --html --xpath 'count(//th)' -"
	prints <<<0
	ok bash -c "printf 'a\n' | crm-fmt html | xmllint --html --xpath 'count(//td)' -"
	prints <<<0
	ok crm-fmt html </dev/null
	prints </dev/null
	fails 74 bash -c 'crm-fmt html <in >/dev/full'
}

@test "a table is aligned" {
	printf 'a\tbb\nlong\tx\n' >in
	ok crm-fmt table <in
	prints <<<$'a     bb\nlong  x'
	printf 'contact\tname\n7\tx\n12\ty\n' >in
	ok crm-fmt table <in
	prints <<<$'contact  name\n      7  x\n     12  y'
	ok crm-fmt table -j <in
	prints <<<$'{"contact":7,"name":"x"}\n{"contact":12,"name":"y"}'
}

funnel() {
	printf 'stage\tcontacts\tshare\tgain\nlead\t120\t1.00\t31.5\nprospect\t44\t0.37\t-4\nlost\t1\t\t0\n' >in
}

@test "a chart has a panel for each column of numbers" {
	funnel
	LC_ALL=C.UTF-8 ok crm-fmt chart <in
	prints <<'OUT'
stage     contacts                  share                  gain
lead           120 ███████████████   1.00 ███████████████  31.5   │████████████
prospect        44 █████▌            0.37 █████▌           -4   ▐█│
lost             1 ▏                                        0     │
OUT
	LC_ALL='' LC_CTYPE=C LANG=de_DE.UTF-8 COLUMNS=40 ok crm-fmt chart contacts <in
	prints <<'OUT'
stage     contacts
lead           120 #####################
prospect        44 ########
lost             1 #
OUT
	LC_ALL='' LC_CTYPE='' LANG=de_DE.utf8 COLUMNS=30 ok crm-fmt chart contacts -H <in
	prints <<'OUT'
lead      120 ████████████████
prospect   44 █████▉
lost        1 ▏
OUT
}

@test "panels that do not fit go below, and may share a scale" {
	funnel
	COLUMNS=30 ok crm-fmt chart --common stage share contacts <in
	prints <<'OUT'
stage     share
lead       1.00 #
prospect   0.37 #
lost

stage     contacts
lead           120 ###########
prospect        44 ####
lost             1 #
OUT
}

@test "keys, codes and years are no quantities unless they are named" {
	printf 'contact\tname\tphone\tyear\torders\n7\tÉmile\t030\t2024\t3\n8\tAda\t031\t2023\t1\n' >in
	COLUMNS=44 ok crm-fmt chart <in
	prints <<'OUT'
contact  name   phone  year  orders
7        Émile  030    2024       3 ########
8        Ada    031    2023       1 ###
OUT
	COLUMNS=40 ok crm-fmt chart name,year contact <in
	prints <<'OUT'
name   year  contact
Émile  2024        7 #################
Ada    2023        8 ###################
OUT
	printf 'a\tb\n1\t-2\n3\t-1\n' >in
	COLUMNS=20 ok crm-fmt chart b <in
	prints <<'OUT'
a   b
1  -2 #############|
3  -1       #######|
OUT
}

@test "a chart of nothing is nothing, of no numbers an error" {
	ok crm-fmt chart </dev/null
	prints </dev/null
	ok bash -c "printf 'a\tb\n' | crm-fmt chart"
	prints </dev/null
	printf 'a\tb\nx\ty\n' >in
	fails 65 crm-fmt chart <in
	says 'crm-fmt: no column of <stdin> holds numbers to draw'
	fails 65 crm-fmt chart b <in
	says "crm-fmt: b: not a number: 'y'"
	fails 65 crm-fmt chart c <in
	says "crm-fmt: <stdin>:1: no column 'c'"
	fails 2 crm-fmt csv --svg <in
	says 'crm-fmt: --svg goes with chart'
	fails 74 bash -c "printf 'a\tn\nx\t1\n' | crm-fmt chart >/dev/full"
}

@test "a picture holds every label and number as it is" {
	printf 'name\tn\trevenue\n<b>it\047\047s; system("touch x")#1\t3\t10.50\n`touch x` {/Bold a}_2 %%n\\\\n\t2\t-99.10\nÉmile $(touch x)\\nz\t1\t7\n' >in
	ok crm-fmt chart --svg <in
	printf '%s\n' "$output" >out.svg
	ok xmllint --xpath '//*[local-name()="text"]/text()' out.svg
	prints <<'OUT'
&lt;b&gt;it''s; system("touch x")#1
`touch x` {/Bold a}_2 %n\n
Émile $(touch x) z
n
3
2
1
revenue
10.50
-99.10
7
OUT
	[ ! -e x ]
	[ "$(grep -c '<b>' out.svg)" = 0 ]
	echo 'set terminal dumb' >.gnuplot
	ok crm-fmt chart --svg <in
	[[ $output == '<?xml '* ]]
	fails 74 bash -c 'crm-fmt chart --svg <in >/dev/full'
	fails 69 env PATH="$B/bin" crm-fmt chart --svg <in
	says "crm-fmt: cannot run 'gnuplot': No such file or directory"
}

@test "events of a calendar have CR LF, escapes and folded lines" {
	printf 'due\tday\twhat\tcontact_name\tplace\ntask:1\t2024-03-05\tcall, then; wait\tAda\tR\xc3\xbcdesheim\n' >in
	ok bash -c 'crm-fmt ics <in | tr -d "\r"'
	prints <<'OUT'
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//crm//crm-fmt//EN
BEGIN:VEVENT
UID:task:1@crm
DTSTAMP:20240301T090000Z
DTSTART;VALUE=DATE:20240305
SUMMARY:call\, then\; wait - Ada
LOCATION:Rüdesheim
END:VEVENT
END:VCALENDAR
OUT
	printf 'task\tat\tminutes\ttitle\n1\t2024-03-05T10:00:00Z\t30\t%s\n' "$(printf 'é%.0s' {1..60})" >in
	ok bash -c 'crm-fmt ics <in | LC_ALL=C awk "length > 76 { exit 1 }"'
	ok bash -c 'crm-fmt ics <in | grep -c "^DTSTART:20240305T100000Z"'
	prints <<<1
	ok bash -c 'printf "" | crm-fmt ics'
	prints </dev/null
}

@test "remind gets its own escapes, and local times" {
	printf 'day\tat\tminutes\twhat\n2024-03-05\t\t\t[50%%] off\n2024-03-06\t2024-03-06T10:00:00Z\t90\tmeet\n' >in
	TZ=Europe/Berlin ok crm-fmt remind <in
	prints <<'OUT'
REM 2024-03-05 MSG ["["]50%%] off
REM 2024-03-06 AT 11:00 DURATION 1:30 MSG meet
OUT
	printf 'what\nx\n' >in
	fails 65 crm-fmt remind <in
	says 'crm-fmt: <stdin>:2: no at, day or due'
}

@test "remind and its reader agree on every character" {
	printf 'day\twhat\n2024-03-05\tends in \\\\\n2024-03-05\t[system("touch x")] %%b %%_ "y" \\\\\\n[1\\tz\n2024-03-05\t%%\n' >in
	ok bash -c 'crm-fmt remind <in >in.rem; remind -n in.rem 2024-03-05 | sort'
	prints <<'OUT'
2024/03/05 %
2024/03/05 [system("touch x")] %b %_ "y" \ [1 z
2024/03/05 ends in \
OUT
	[ ! -e x ]
}

@test "a calendar's lines are its own" {
	printf 'at\ttitle\tplace\n2024-03-05T10:00Z\tx\\r\\nEND:VEVENT\\n\\ty\t\n' >in
	ok bash -c 'crm-fmt ics <in | tr -d "\r" | grep -E "^(SUMMARY|END)"'
	prints <<'OUT'
SUMMARY:x\nEND:VEVENT\n y
END:VEVENT
END:VCALENDAR
OUT
	printf 'at\ttitle\nsoon\tx\n' >in
	fails 65 crm-fmt ics <in
	says "crm-fmt: <stdin>:2: at: not an instant: 'soon'"
}

@test "pivot names columns after values in any script" {
	printf 'a\tb\tn\nx\tÄrzte\t1\nx\tДом\t2\nx\tДав\t3\nx\tärzte\t4\nx\t2024-01\t5\nx\t\t6\nx\ta\t7\n' >in
	ok crm-fmt pivot a b n <in
	prints <<'OUT'
a	arzte	c_	c__2	arzte_2	c2024_01	c	a_2
x	1	2	3	4	5	6	7
OUT
}

@test "pivot makes a matrix of long rows" {
	printf 'stage\tkind\tn\nlead\torg\t1\nlead\tA person\t2\nclient\torg\t3\n' >in
	ok crm-fmt pivot stage kind n <in
	prints <<'OUT'
stage	org	a_person
lead	1	2
client	3	
OUT
	printf 'a\tb\tn\nx\ty\t0.1\nx\ty\t0.2\n' >in
	fails 65 crm-fmt pivot a b n <in
	says "crm-fmt: <stdin>:3: a second value for 'x', 'y'; --sum adds them"
	ok crm-fmt pivot --sum a b n <in
	prints <<<$'a\ty\nx\t0.3'
	fails 65 crm-fmt pivot a b nope <in
	fails 2 crm-fmt pivot a b
}

@test "diff compares two files by key" {
	printf 'contact\tname\tcity\n1\tAda\tRome\n2\tBob\tOslo\n' >old
	printf 'contact\tcity\tname\tnote\n1\tBern\tAda\t\n3\tX\tCy\thi\n' >new
	fails 1 crm-fmt diff old new
	prints <<'OUT'
contact	change	column	old	new
1	changed	city	Rome	Bern
3	added			
2	removed			
OUT
	ok crm-fmt diff old old
	prints <<<$'contact\tchange\tcolumn\told\tnew'
	fails 1 bash -c 'crm-fmt diff old - <new'
	printf 'contact\n1\n1\n' >old
	fails 65 crm-fmt diff old new
	says "crm-fmt: old:3: contact: a key is there twice: '1'"
	fails 66 crm-fmt diff nosuch new
	printf 'a\tb\tn\nx\\ty\tz\t1\nx\ty\\tz\t2\n' >old
	sed 's/1$/3/' old >new
	fails 1 crm-fmt diff --key a,b old new
	prints <<<$'a\tb\tchange\tcolumn\told\tnew\nx\\ty\tz\tchanged\tn\t1\t3'
	line=$(tail -n 1 new)
	echo "$line" >>new
	fails 65 crm-fmt diff --key a,b old new
	says "crm-fmt: new:4: a: a key is there twice: 'x, y\x09z'"
}

@test "a form must be one of those there are, and rows must be rows" {
	fails 2 crm-fmt xml
	says "crm-fmt: no format 'xml'; one of table, csv, jsonl, md, html, chart, ics, remind, pivot, diff"
	printf 'a\tb\n1\n' >in
	fails 65 crm-fmt csv <in
	says 'crm-fmt: <stdin>:2: 1 field, expected 2'
	printf 'a\tA b\n1\t2\n' >in
	fails 65 crm-fmt csv <in
	says "crm-fmt: <stdin>:1: not a column name: 'A b'"
	printf 'a\tb\n\\q\t2\n' >in
	fails 65 crm-fmt csv <in
	fails 74 bash -c 'printf "a\n1\n" | crm-fmt csv >/dev/full'
}

@test "a hundred thousand rows stream" {
	ok bash -c 'awk "BEGIN { print \"a\tb\"; for (i = 0; i < 100000; i++) print i \"\tx\" }" | crm-fmt csv | tail -n 1'
	prints <<<99999,x
}
