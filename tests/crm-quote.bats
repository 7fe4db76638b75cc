#!/usr/bin/env bats

load helper.bash

# Ada wants engines: deal 1 of contact 1, products of 1000.50 and 9.99.
setup_deal() {
	crm-init
	crm-add -q name=Ada email=ada@example.org >/dev/null
	crm-add -q product - >/dev/null <<'TSV'
name	sku	price	cost
Engine	E1	1000.50	600
Cable	C1	9.99	
TSV
	crm-add -q deal contact=Ada title='Two engines' >/dev/null
}

lines() {
	crm-list quote_line -H -w "quote = $1" -o text,quantity,price,discount,tax,amount
}

sums() {
	crm-list quote -H -w "quote = $1" -o net,tax,total,currency
}

@test "a quote is made of products, with the deal's title and the configured term" {
	setup_deal
	ok crm-quote new 1 Engine=2 C1
	prints <<'OUT'
quote	name	result	reason	contact	deal	version	state	total	currency
1	Two engines	created		1	1	1	draft	2010.99	EUR
OUT
	ok lines 1
	prints <<'OUT'
Engine	2	1000.50	0.00	0.00	2001.00
Cable	1	9.99	0.00	0.00	9.99
OUT
	holds 'SELECT version, day, valid_until, discount FROM quote' <<<'1	2024-03-01	2024-03-31	0'
	holds 'SELECT command, words, rows FROM op ORDER BY op DESC LIMIT 1' <<<'crm-quote	new 1 Engine=2 C1	3'
}

@test "tax, terms and how long it holds come from crm.yaml" {
	setup_deal
	cat >crm.yaml <<'YAML'
quote:
  tax: 19
  rates: { reduced: 7 }
  valid: 2w
  terms: Payable at once.
YAML
	ok crm-quote new -q 1 Engine
	ok crm-quote new -q 1 Engine tax=reduced terms= valid_until=2024-06-30
	ok crm-quote new -q 1 Engine tax=16.5
	holds 'SELECT quote, valid_until, terms, tax FROM quote JOIN quote_line USING (quote)' <<'OUT'
1	2024-03-15	Payable at once.	1900
2	2024-06-30		700
3	2024-03-15	Payable at once.	1650
OUT
	ok crm-config check
	echo 'quote: { tax: 101 }' >crm.yaml
	fails 78 crm-config check
	says "crm-config: $PWD/crm.yaml:1:15: quote.tax: not a percentage, 0 to 100 with two decimals: '101'"
}

@test "lines come from a stream, products or texts, each with its own discount and tax" {
	setup_deal
	printf 'product\ttext\tquantity\tprice\tdiscount\ttax\n%s\n%s\n' \
	    $'Engine\t\t3\t\t2.5\t19' $'\tSetup\t1\t99.99\t\t7' >in
	ok crm-quote new 1 Cable - discount=3.33 tax=10 <in
	prints <<'OUT'
quote	name	result	reason	contact	deal	version	state	total	currency
1	Two engines	created		1	1	1	draft	3480.58	EUR
OUT
	ok lines 1
	prints <<'OUT'
Cable	1	9.99	0.00	10.00	9.99
Engine	3	1000.50	2.50	19.00	2926.46
Setup	1	99.99	0.00	7.00	99.99
OUT
	ok sums 1
	prints <<<'2935.33	545.25	3480.58	EUR'
}

@test "what crm-list prints of lines can be offered to somebody else" {
	setup_deal
	crm-quote new -q 1 Engine=2 discount=5 >/dev/null
	crm-add -q deal contact=1 title=Again >/dev/null
	crm-list quote_line >in
	fails 0 crm-quote new 2 - <in
	prints <<'OUT'
quote	name	result	reason	contact	deal	version	state	total	currency
2	Again	created		1	2	1	draft	2001.00	EUR
OUT
	says "crm-quote: <stdin>: read over quote_line, amount"
}

@test "a stream for many deals makes one quote of each" {
	setup_deal
	crm-add -q deal contact=1 title=Other >/dev/null
	printf 'deal\tproduct\tquantity\n1\tEngine\t1\n2\tCable\t5\n1\tCable\t2\n' >in
	ok crm-quote new - <in
	prints <<'OUT'
quote	name	result	reason	contact	deal	version	state	total	currency
1	Two engines	created		1	1	1	draft	1020.48	EUR
2	Other	created		1	2	1	draft	49.95	EUR
OUT
	ok crm-quote new - </dev/null
	prints <<'OUT'
quote	name	result	reason	contact	deal	version	state	total	currency
OUT
}

@test "a new version copies another with what is to change" {
	setup_deal
	printf 'text\tprice\tdiscount\nSetup\t100\t10\n' |
	    crm-quote new -q 1 Engine=2 Cable - discount=2.5 terms=cash >/dev/null
	ok crm-quote new -q 1 --from last Engine=3 Cable=0
	ok lines 2
	prints <<'OUT'
Engine	3	1000.50	0.00	0.00	3001.50
Setup	1	100.00	10.00	0.00	90.00
OUT
	ok crm-quote new -q 1 --from 1 Cable=4 discount=0 tax=7
	ok lines 3
	prints <<'OUT'
Engine	2	1000.50	0.00	0.00	2001.00
Cable	4	9.99	0.00	0.00	39.96
Setup	1	100.00	10.00	0.00	90.00
OUT
	holds 'SELECT quote, version, discount, terms FROM quote' <<'OUT'
1	1	250	cash
2	2	250	cash
3	3	0	cash
OUT
	crm-add -q deal contact=1 >/dev/null
	fails 1 crm-quote new 2 --from last
	says "crm-quote: deal 2 has no quote yet"
}

@test "halves go to the even unit, line by line and rate by rate" {
	setup_deal
	printf 'text\tquantity\tprice\tdiscount\ttax\n%s\n%s\n%s\n%s\n' \
	    $'a\t1\t0.05\t50\t0' $'b\t1\t0.07\t50\t0' $'c\t1\t0.10\t0\t5' \
	    $'d\t3\t0.10\t0\t15' | crm-quote new -q 1 - >/dev/null
	ok lines 1
	prints <<'OUT'
a	1	0.05	50.00	0.00	0.02
b	1	0.07	50.00	0.00	0.04
c	1	0.10	0.00	5.00	0.10
d	3	0.10	0.00	15.00	0.30
OUT
	ok sums 1
	prints <<<'0.46	0.04	0.50	EUR'
}

@test "the total is what the printed rows add up to, whatever the rates" {
	setup_deal
	echo 'quote: { text: sums.txt }' >crm.yaml
	cat >sums.txt <<'OUT'
{{#lines}}
{{amount}}
{{/lines}}
{{off|0}}
{{#taxes}}
{{tax}}
{{/taxes}}
{{total}}
OUT
	for seed in 1 2 3 4 5 6 7 8; do
		awk -v seed=$seed 'BEGIN {
			srand(seed)
			print "text\tquantity\tprice\tdiscount\ttax"
			for (i = 0; i < 25; i++)
				printf "t%d\t%d\t%.2f\t%.2f\t%.1f\n", i, 1 + rand() * 9,
				    rand() * 99, int(rand() * 3) * 7.25, int(rand() * 4) * 5.5
		}' | crm-quote new -q 1 - discount=$seed.25 >/dev/null
		crm-quote show $seed | awk '
			{ last = sprintf("%.0f", $1 * 100); n += last }
			END { exit n - last != last }'
		crm-quote show $seed | tail -n 1 |
		    diff - <(crm-list quote -H -o total -w "quote = $seed")
	done
}

@test "a quote is in the currency of the deal's amount, else of the contact" {
	setup_deal
	crm-add -q name=Taro currency=JPY >/dev/null
	crm-add -q deal contact=Taro title=Parts >/dev/null
	printf 'text\tquantity\tprice\ttax\nBolt\t3\t335\t10\n' >in
	ok crm-quote new 2 - <in
	prints <<'OUT'
quote	name	result	reason	contact	deal	version	state	total	currency
1	Parts	created		2	2	1	draft	1105	JPY
OUT
	crm-add -q deal contact=Taro amount=5 currency=USD >/dev/null
	printf 'text\tprice\nBolt\t3.35\n' >in
	ok crm-quote new 3 - <in
	prints <<'OUT'
quote	name	result	reason	contact	deal	version	state	total	currency
2		created		2	3	1	draft	3.35	USD
OUT
	fails 65 crm-quote new 2 Engine
	says "crm-quote: price: is needed in JPY: that of 'Engine' is in EUR"
	ok crm-quote new -q 2 Engine currency=EUR
}

@test "what is wrong with a line is told by its place, and nothing is written" {
	setup_deal
	bad() {
		printf 'product\ttext\tquantity\tprice\tdiscount\ttax\nCable\t\t1\t\t\t\n%s\n' "$1" >in
		fails 65 crm-quote new 1 - <in
		says "crm-quote: <stdin>:3: $2"
		prints </dev/null
	}
	bad $'\tDot\t1\t0.005\t\t' "price: not an amount: '0.005'"
	bad $'\tDot\t1\t\t\t' 'price: is needed'
	bad $'\t\t1\t5\t\t' 'text: is needed without a product'
	bad $'Wheel\t\t1\t5\t\t' "product: unknown product 'Wheel'"
	bad $'\tDot\t0\t5\t\t' "quantity: at least 1: '0'"
	bad $'\tDot\t1.5\t5\t\t' "quantity: not a whole number: '1.5'"
	bad $'\tDot\t1\t-5\t\t' "price: negative"
	bad $'\tDot\t1\t5\t101\t' "discount: not a percentage, 0 to 100 with two decimals: '101'"
	bad $'\tDot\t1\t5\t2.505\t' "discount: not a percentage, 0 to 100 with two decimals: '2.505'"
	bad $'\tDot\t1\t5\t\tmuch' "tax: not a percentage, 0 to 100 with two decimals: 'much'"
	bad $'\tDot\t900000000\t90000000000\t\t' 'quantity: too much money'
	holds 'SELECT count(*) FROM quote' <<<0
	holds 'SELECT count(*) FROM quote_line' <<<0
	printf 'text\tprice\nDot\t1\n' >in
	fails 65 crm-quote new - <in
	says 'crm-quote: <stdin>:2: deal: is needed'
	printf 'deal\ttext\tprice\n9\tDot\t1\n' >in
	fails 65 crm-quote new - <in
	says "crm-quote: <stdin>:2: unknown deal '9'"
	fails 65 crm-quote new 1 Cable=x
	says "crm-quote: quantity: not a whole number: 'x'"
	fails 65 crm-quote new 1 Cable valid_until=2024-02-01
	says "crm-quote: valid_until: before the day it was written: '2024-02-01'"
	holds 'SELECT count(*) FROM quote' <<<0
}

@test "operands that make no sense are refused" {
	setup_deal
	fails 1 crm-quote new 9 Cable
	says "crm-quote: unknown deal '9'"
	fails 1 crm-quote new 1 Wheel=3
	says "crm-quote: unknown product 'Wheel'"
	fails 1 crm-quote show 1
	says "crm-quote: unknown quote '1'"
	fails 2 crm-quote
	fails 2 crm-quote make 1
	says "crm-quote: expected new, sent, accept, reject, show or diff, not 'make'"
	fails 2 crm-quote new 1
	says "crm-quote: expected products, '-' or --from"
	fails 2 crm-quote sent
	fails 2 crm-quote sent 1 --win
	says 'crm-quote: --late and --win go with accept'
	fails 2 crm-quote show 1 --as pdf
	says "crm-quote: --as: not text, md or html: 'pdf'"
	fails 2 crm-quote new 1 Cable --keep-going
	says 'crm-quote: a quote has all its lines: no --keep-going'
	sqlite3 "$CRM_DB" "UPDATE deal SET status = 'lost', closed = '2024-03-01'"
	fails 1 crm-quote new 1 Cable
	says 'crm-quote: deal: 1 is lost'
}

@test "a product may have an equals sign in its name" {
	setup_deal
	crm-add -q product name='a=b' price=2 >/dev/null
	ok crm-quote new -q 1 a=b
	ok crm-quote new -q 1 a=b=3
	holds 'SELECT quote, text, quantity FROM quote_line' <<'OUT'
1	a=b	1
2	a=b	3
OUT
}

@test "a quote is sent and accepted, once" {
	setup_deal
	crm-quote new -q 1 Cable >/dev/null
	fails 1 crm-quote accept 1
	prints <<'OUT'
quote	name	result	reason	contact	deal	version	state	total	currency
1	Two engines	refused	is a draft: crm-quote sent first	1	1	1	draft	9.99	EUR
OUT
	ok crm-quote sent 1 --at 2024-02-28T10:00Z
	prints <<'OUT'
quote	name	result	reason	contact	deal	version	state	total	currency
1	Two engines	updated		1	1	1	sent	9.99	EUR
OUT
	ok bash -c 'crm-quote sent 1 -H | cut -f3,8'
	prints <<<'unchanged	sent'
	fails 65 crm-quote accept 1 --at 2024-02-28T09:59Z
	says "crm-quote: at: before it was sent: '2024-02-28T09:59Z'"
	ok crm-quote accept 1
	holds 'SELECT state, sent_at, decided_at FROM quote' <<<'accepted	2024-02-28T10:00:00Z	2024-03-01T09:00:00Z'
	holds 'SELECT status FROM deal' <<<open
	fails 1 crm-quote reject 1 --reason price
	prints <<'OUT'
quote	name	result	reason	contact	deal	version	state	total	currency
1	Two engines	refused	was accepted on 2024-03-01	1	1	1	accepted	9.99	EUR
OUT
	crm-quote new -q 1 Engine >/dev/null
	crm-quote sent -q 2 >/dev/null
	fails 1 bash -c 'crm-quote accept -H 2 | cut -f3,4; exit ${PIPESTATUS[0]}'
	prints <<<'refused	version 1 is accepted'
}

@test "a rejection has a reason" {
	setup_deal
	crm-quote new -q 1 Cable >/dev/null
	crm-quote sent -q 1 >/dev/null
	fails 65 crm-quote reject 1
	says 'crm-quote: reason: is needed'
	ok crm-quote reject -q 1 --reason 'too dear'
	holds 'SELECT state, reason FROM quote' <<<'rejected	too dear'
}

@test "decisions come in a stream, with when and why" {
	setup_deal
	for i in 1 2 3; do crm-quote new -q 1 Cable=$i >/dev/null; done
	printf 'quote\tat\tnote\n1\t2024-02-01T10:00Z\tx\n2\t2024-02-10\t\n' >in
	ok crm-quote sent - <in
	prints <<'OUT'
quote	name	result	reason	contact	deal	version	state	total	currency
1	Two engines	updated		1	1	1	sent	9.99	EUR
2	Two engines	updated		1	1	2	sent	19.98	EUR
OUT
	printf 'quote\treason\tat\n1\tprice\t2024-02-05\n2\ttiming\t\n3\tprice\t\n' >in
	fails 1 crm-quote reject --strict - <in
	prints </dev/null
	holds "SELECT count(*) FROM quote WHERE state = 'rejected'" <<<0
	fails 1 crm-quote reject - <in
	prints <<'OUT'
quote	name	result	reason	contact	deal	version	state	total	currency
1	Two engines	updated		1	1	1	rejected	9.99	EUR
2	Two engines	updated		1	1	2	rejected	19.98	EUR
3	Two engines	refused	is a draft: crm-quote sent first	1	1	3	draft	29.97	EUR
OUT
	holds 'SELECT quote, sent_at, decided_at, reason FROM quote' <<'OUT'
1	2024-02-01T10:00:00Z	2024-02-05T12:00:00Z	price
2	2024-02-10T12:00:00Z	2024-03-01T09:00:00Z	timing
3			
OUT
	printf 'quote\n3\n9\n' >in
	fails 65 crm-quote sent - <in
	says "crm-quote: <stdin>:3: unknown quote '9'"
	holds "SELECT state FROM quote WHERE quote = 3" <<<draft
	fails 1 crm-quote sent --keep-going --rejects bad - <in
	diff bad - <<<$'quote\terror\n9\tunknown quote \'9\''
	holds "SELECT state FROM quote WHERE quote = 3" <<<sent
}

@test "a quote expires by the clock, and can be accepted late" {
	setup_deal
	crm-quote new -q 1 Cable valid_until=2024-03-10 >/dev/null
	crm-quote sent -q 1 >/dev/null
	CRM_NOW=2024-03-10T20:00Z ok crm-list quote -H -o state
	prints <<<sent
	export CRM_NOW=2024-03-11
	ok crm-list quote -H -o quote -w "state = 'expired'"
	prints <<<1
	fails 1 bash -c 'crm-quote accept -H 1 | cut -f3,4; exit ${PIPESTATUS[0]}'
	prints <<<'refused	has expired: --late accepts it, crm-quote new makes another version'
	ok crm-quote accept -q 1 --at 2024-03-09
	crm-undo "$(sqlite3 "$CRM_DB" 'SELECT max(op) FROM op')" >/dev/null
	ok crm-quote accept -q 1 --late
	ok crm-list quote -H -o state
	prints <<<accepted
}

@test "an accepted quote wins its deal and is sold, to the last cent" {
	setup_deal
	printf 'text\tquantity\tprice\ttax\nSetup\t1\t33.33\t7\nTravel\t1\t33.33\t7\nManual\t1\t33.33\t7\n' |
	    crm-quote new -q 1 Engine=2 - discount=2.5 >/dev/null
	crm-quote sent -q 1 --at 2024-02-28 >/dev/null
	ok crm-quote accept -q --win --at 2024-02-29 1
	holds 'SELECT status, closed, amount, currency FROM deal' <<<'won	2024-02-29	204847	EUR'
	holds 'SELECT product, quantity, amount, discount, cost, day, order_no, deal FROM sale' <<'OUT'
1	2	195098	5002	120000	2024-02-29	quote-1	1
	1	3250	83		2024-02-29	quote-1	1
	1	3249	84		2024-02-29	quote-1	1
	1	3250	83		2024-02-29	quote-1	1
OUT
	ok crm-list -H -o orders,revenue,stage
	prints <<<'1	2048.47	customer'
	ok crm-undo "$(sqlite3 "$CRM_DB" 'SELECT max(op) FROM op')"
	holds 'SELECT (SELECT count(*) FROM sale), status, (SELECT state FROM quote) FROM deal' <<<'0	open	sent'
}

@test "a deal that is decided is not won again" {
	setup_deal
	crm-quote new -q 1 Cable >/dev/null
	crm-quote sent -q 1 >/dev/null
	sqlite3 "$CRM_DB" "UPDATE deal SET status = 'lost', closed = '2024-03-01'"
	fails 1 bash -c 'crm-quote accept --win -H 1 | cut -f3,4,8; exit ${PIPESTATUS[0]}'
	prints <<<'refused	deal 1 is lost	sent'
	holds 'SELECT count(*) FROM sale' <<<0
}

@test "a draft can be changed, and what was sent can't" {
	setup_deal
	crm-quote new -q 1 Cable=2 >/dev/null
	ok crm-set -q quote_line 1 quantity=3 discount=10
	ok crm-add -q quote_line quote=1 text=Setup price=5
	ok crm-set -q quote 1 discount=1
	ok sums 1
	prints <<<'31.65	0.00	31.65	EUR'
	fails 1 crm-set quote 1 state=sent
	prints <<'OUT'
quote	name	result	reason	contact
1	Two engines	refused	state: only crm-quote changes it	1
OUT
	crm-quote sent -q 1 >/dev/null
	fails 1 crm-set quote_line 1 quantity=4
	prints <<'OUT'
quote_line	name	result	reason
1	Cable	refused	quantity: the quote is sent; crm-quote new makes another version
OUT
	fails 1 crm-set quote 1 discount=2
	prints <<'OUT'
quote	name	result	reason	contact
1	Two engines	refused	discount: the quote is sent; crm-quote new makes another version	1
OUT
	fails 65 crm-add quote_line quote=1 text=More price=5
	says 'crm-add: quote: 1 is sent; crm-quote new makes another version'
	fails 1 crm-rm quote_line 1
	prints <<'OUT'
quote_line	name	result	reason
1	Cable	refused	the quote is sent; crm-quote new makes another version
OUT
	ok crm-set quote 1 title=Cables
	ok sums 1
	prints <<<'31.65	0.00	31.65	EUR'
}

@test "what crm-list prints of quotes can be piped back, expired ones too" {
	setup_deal
	crm-quote new -q 1 Cable valid_until=2024-03-02 >/dev/null
	crm-quote sent -q 1 >/dev/null
	export CRM_NOW=2024-04-01
	crm-list quote >in
	fails 0 bash -c 'crm-set quote - <in | cut -f1,3'
	prints <<<$'quote\tresult\n1\tunchanged'
}

@test "a quote is shown as text" {
	setup_deal
	echo 'quote: { from: Example Ltd, terms: Cash. }' >crm.yaml
	crm-add -q staff login=bea name='Bea Roth' email=bea@example.com >/dev/null
	crm-set -q deal 1 owner=bea >/dev/null
	crm-set -q 1 street='High St 1' postcode=N1 city=London country=GB >/dev/null
	printf 'text\tquantity\tprice\tdiscount\ttax\nSetup\t1\t99.99\t10\t7\n' |
	    crm-quote new -q 1 Engine=2 - discount=2.5 >/dev/null
	ok crm-quote show 1
	prints <<'OUT'
Example Ltd

Ada
High St 1
N1 London, GB

Quote 1, version 1: Two engines

Date         2024-03-01
Valid until  2024-03-31
Contact      Bea Roth, bea@example.com

  1  Engine
              2 x        1000.50                                2001.00
  2  Setup
              1 x          99.99        -10 %        7 %          89.99

     Sum                                                        2090.99
     Discount    2.5 %                                           -52.27
     Net                                                        2038.72
     Tax       7 % on          87.74                               6.14
     Total EUR                                                  2044.86

Cash.
OUT
}

@test "a quote is shown as Markdown and HTML, in which no text becomes markup" {
	setup_deal
	crm-set -q 1 name='Ada <b>|*x*' >/dev/null
	printf 'text\tprice\n# <script> | `a`\\n- b\t1\n' |
	    crm-quote new -q 1 - title='1. & "more"' >/dev/null
	ok crm-quote show 1 --as md
	prints <<'OUT'
Ada \<b\>\|\*x\*

# Quote 1, version 1: 1\. \& "more"

Date: 2024-03-01; valid until 2024-03-31

| | Item | Quantity | Price | Discount | Tax | Amount |
|-:|:--|--:|--:|--:|--:|--:|
|1|\# \<script\> \| \`a\`<br>\- b|1|1.00|||1.00|
| | Net | | | | | 1.00 |
| | **Total** EUR | | | | | **1.00** |
OUT
	ok bash -c "crm-quote show 1 --as html | grep -E 'title>|Ada|script|&amp;'"
	prints <<'OUT'
<title>Quote 1: 1. &amp; &quot;more&quot;</title>
<p>Ada &lt;b&gt;|*x*</p>
<p>1. &amp; &quot;more&quot;</p>
<tr><td>1</td><td># &lt;script&gt; | `a`<br>
OUT
}

@test "a template of one's own is used, and its faults are named by line" {
	setup_deal
	crm-quote new -q 1 Cable=2 >/dev/null
	echo 'quote: { text: my.txt, md: none.md }' >crm.yaml
	cat >my.txt <<'OUT'
{{contact_name}} <{{reach}}>
{{#lines}}
[{{text:7}}{{quantity:-3}}{{amount:-8}}]
{{/lines}}
{{^terms}}
{{terms|no terms}}, {{total}}
{{/terms}}
OUT
	ok crm-quote show 1
	prints <<'OUT'
Ada <ada@example.org>
[Cable    2   19.98]
no terms, 19.98
OUT
	fails 78 crm-quote show 1 --as md
	says "crm-quote: cannot open '$PWD/none.md': No such file or directory"
	printf 'a\n{{prize}}\n' >my.txt
	fails 78 crm-quote show 1
	says "crm-quote: $PWD/my.txt:2: unknown name '{{prize}}'"
	printf '{{#lines}}\nx\n' >my.txt
	fails 78 crm-quote show 1
	says "crm-quote: $PWD/my.txt:1: no end of '{{lines}}'"
	printf 'x{{#lines}}{{/terms}}' >my.txt
	fails 78 crm-quote show 1
	says "crm-quote: $PWD/my.txt:1: the end of another: '{{terms}}'"
	printf 'x{{to' >my.txt
	fails 78 crm-quote show 1
	says "crm-quote: $PWD/my.txt:1: no end of '{{}}'"
	printf '{{Total}}' >my.txt
	fails 78 crm-quote show 1
	says "crm-quote: $PWD/my.txt:1: not a name in '{{Total}}'"
}

@test "a round of negotiation is shown by what it changed" {
	setup_deal
	printf 'text\tprice\nSetup\t100\nTravel\t50\n' >in
	crm-quote new -q 1 Engine=2 - tax=19 <in >/dev/null
	printf 'text\tprice\tdiscount\nSetup\t90\t5\n' >in
	crm-quote new -q 1 Engine=2 Cable - discount=2 tax=19 terms=cash <in >/dev/null
	ok crm-quote diff 1 2
	prints <<'OUT'
line	change	field	before	after	difference
Travel	removed	quantity	1		-1
Travel	removed	price	50.00		-50.00
Travel	removed	amount	50.00		-50.00
Cable	added	quantity		1	1
Cable	added	price		9.99	9.99
Cable	added	amount		9.99	9.99
Setup	changed	price	100.00	90.00	-10.00
Setup	changed	discount	0.00	5.00	5.00
Setup	changed	amount	100.00	85.50	-14.50
	changed	discount	0.00	2.00	2.00
	changed	terms		cash	
	changed	net	2151.00	2054.56	-96.44
	changed	tax	408.69	390.37	-18.32
	changed	total	2559.69	2444.93	-114.76
OUT
	ok crm-quote diff 1 1
	prints <<'OUT'
line	change	field	before	after	difference
	unchanged	net	2151.00	2151.00	0.00
	unchanged	tax	408.69	408.69	0.00
	unchanged	total	2559.69	2559.69	0.00
OUT
	fails 2 crm-quote diff 1
	says 'crm-quote: expected two quotes'
}

@test "a quote that is about to expire is due, the newest of its deal" {
	setup_deal
	crm-set -q deal 1 next_step=call next_day=2024-12-01 >/dev/null
	crm-quote new -q 1 Cable valid_until=2024-03-04 >/dev/null
	crm-quote new -q 1 Cable=2 valid_until=2024-03-04 >/dev/null
	ok crm-due
	prints </dev/null
	crm-quote sent -q 1 2 >/dev/null
	ok bash -c 'crm-due | cut -f1-5,8'
	prints <<'OUT'
due	kind	day	days	contact	what
quote:2:2024-03-04	quote	2024-03-04	3	1	quote 2 expires: Two engines
OUT
	CRM_NOW=2024-03-05 ok crm-due
	prints </dev/null
	ok bash -c "crm-done -H quote:2:2024-03-04 'asked again' | cut -f1-3"
	prints <<<'quote:2:2024-03-04	quote 2: Two engines	done'
	ok crm-due
	prints </dev/null
	holds 'SELECT contact, subject FROM interaction' <<<'1	asked again'
	fails 1 crm-done quote:9:2024-03-04
	says "crm-done: unknown quote '9'"
}

@test "crm-show tells of open quotes" {
	setup_deal
	crm-quote new -q 1 Cable >/dev/null
	crm-quote new -q 1 Cable=2 >/dev/null
	crm-quote sent -q 2 >/dev/null
	ok bash -c 'crm-show Ada | grep quotes'
	prints <<<'quotes     2 Two engines, version 2, sent, 19.98 EUR, until 2024-03-31'
	crm-quote accept -q 2 >/dev/null
	fails 1 bash -c 'crm-show Ada | grep quotes'
}

@test "the timeline of a contact tells when a quote was sent and decided" {
	setup_deal
	crm-quote new -q 1 Cable >/dev/null
	crm-quote sent -q 1 --at 2024-02-01T10:00Z >/dev/null
	crm-quote reject -q 1 --reason 'too dear' >/dev/null
	ok bash -c 'crm-show --timeline -H Ada | cut -f1,2,4,6-9'
	prints <<'OUT'
2024-03-01T09:00:00Z	quote	in	Two engines	rejected	too dear	1
2024-02-01T10:00:00Z	quote	out	Two engines	sent	9.99 EUR	1
OUT
}

@test "a dry run writes nothing, and undo takes a quote away" {
	setup_deal
	ok crm-quote new -n 1 Cable
	prints <<'OUT'
quote	name	result	reason	contact	deal	version	state	total	currency
1	Two engines	created		1	1	1	draft	9.99	EUR
OUT
	holds 'SELECT count(*) FROM quote' <<<0
	crm-quote new -q 1 Cable >/dev/null
	ok crm-undo "$(sqlite3 "$CRM_DB" 'SELECT max(op) FROM op')"
	holds 'SELECT (SELECT count(*) FROM quote) + (SELECT count(*) FROM quote_line)' <<<0
}
