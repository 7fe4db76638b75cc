#!/usr/bin/env bats

load helper.bash

setup_shop() {
	crm-init
	printf 'name\tsku\tprice\tcost\tcurrency\ncard\tC1\t12.50\t5.00\tEUR\nengine\tE1\t1000\t700\tUSD\ntalk\t\t\t\t\n' |
	    crm-add -q product - >/dev/null
	printf 'name\temail\tphone\nAda\tada@example.org\t\nBob\t\t+44 20 7946 0958\n' |
	    crm-add -q - >/dev/null
}

sales() {
	crm-list sale -H -o contact,day,product,quantity,amount,currency,cost,discount,refunds
}

@test "products are sold at their price, in their currency, at their cost" {
	setup_shop
	ok crm-sell Ada card=2 E1 card
	prints <<'OUT'
sale	name	result	reason	contact
1	card	created		1
2	engine	created		1
3	card	created		1
OUT
	ok sales
	prints <<'OUT'
1	2024-03-01	card	2	25.00	EUR	10.00		
1	2024-03-01	engine	1	1000.00	USD	700.00		
1	2024-03-01	card	1	12.50	EUR	5.00		
OUT
}

@test "an amount that is given is the amount, in the configured currency" {
	setup_shop
	ok crm-sell -q Ada engine amount=900 day=2024-02-10 order_no=77 channel=web
	ok crm-sell -q Ada engine amount=900 currency=USD
	ok crm-sell -q Ada amount=1.50 day=yesterday
	ok sales
	prints <<'OUT'
1	2024-02-10	engine	1	900.00	EUR			
1	2024-03-01	engine	1	900.00	USD	700.00		
1	2024-02-29		1	1.50	EUR			
OUT
	holds 'SELECT order_no, channel FROM sale WHERE sale = 1' <<<'77	web'
}

@test "a discount is an amount or a percentage, half a cent to the even one" {
	setup_shop
	ok crm-sell -q Ada card=2 discount=3
	ok crm-sell -q Ada card E1 discount=10%
	ok crm-sell -q Ada card discount=0.2%
	ok crm-sell -q Ada card discount=0.28%
	ok bash -c 'crm-list sale -H -o amount,discount'
	prints <<'OUT'
22.00	3.00
11.25	1.25
900.00	100.00
12.48	0.02
12.46	0.04
OUT
	fails 65 crm-sell Ada card discount=12.51
	says "crm-sell: discount: not between nothing and the price: '12.51'"
	fails 65 crm-sell Ada card discount=ten
	says "crm-sell: discount: neither an amount nor a percentage: 'ten'"
	fails 65 crm-sell Ada card discount=%
}

@test "what has no price, or none in that currency, needs an amount" {
	setup_shop
	fails 65 crm-sell Ada talk
	says "crm-sell: amount: is needed: talk has no price"
	fails 65 crm-sell Ada card currency=USD
	says "crm-sell: amount: is needed: the price of card is in EUR"
	fails 65 crm-sell Ada card currency=EURO
	says "crm-sell: currency: not a currency: 'EURO'"
	fails 65 crm-sell Ada card=9223372036854775807
	says "crm-sell: quantity: too many: 9223372036854775807"
	fails 65 crm-sell Ada card=1.5
	says "crm-sell: quantity: not a whole number: '1.5'"
	fails 65 crm-sell Ada card=0
	says "crm-sell: quantity: not even one"
	ok crm-sell -q Ada talk amount=80
	prints <<<1
}

@test "a contact or a product that is not there is a true no" {
	setup_shop
	fails 1 crm-sell Zoe card
	says "crm-sell: contact: unknown contact 'Zoe'"
	fails 1 crm-sell Ada carrd
	says "crm-sell: product: unknown product 'carrd'"
	fails 1 crm-sell Ada card chanel=3
	says "crm-sell: product: unknown product 'chanel'"
	holds 'SELECT count(*) FROM sale' <<<0
}

@test "words that do not go together are refused" {
	setup_shop
	fails 2 crm-sell
	says "crm-sell: expected a contact and products, or '-'"
	fails 2 crm-sell Ada
	fails 2 crm-sell Ada card=2 quantity=3
	says "crm-sell: 'quantity' is given twice"
	fails 2 crm-sell Ada card engine amount=3
	says "crm-sell: 'amount' goes with one product"
	fails 2 crm-sell Ada card product=engine
	says "crm-sell: 'product' is given twice"
	fails 2 crm-sell - card <<<''
	says "crm-sell: neither a field nor '-': 'card'"
	fails 2 crm-sell - email=a@b.org <<<$'email\tamount\na@b.org\t1'
	says "crm-sell: 'email' is both a column and an operand"
	fails 2 crm-sell --refund 1 2 3
	says "crm-sell: --refund takes one quantity"
}

@test "a product may look like a field" {
	setup_shop
	crm-add -q product name=day price=3 >/dev/null
	crm-add -q product name=a=4 price=4 >/dev/null
	ok crm-sell -q Ada -- day=2
	ok bash -c 'crm-list sale -H -o product,quantity,amount'
	prints <<<$'day\t2\t6.00'
	ok crm-sell -q Ada product=a=4 quantity=2
	ok bash -c 'crm-list sale -H -w sale=2 -o product,quantity,amount'
	prints <<<$'a=4\t2\t8.00'
}

@test "the customer is made at the first sale, found at the next" {
	setup_shop
	ok crm-sell email=zoe@example.org name='Zoe Pond' card day=2023-05-06
	prints <<'OUT'
sale	name	result	reason	contact
1	card	created	new contact	3
OUT
	ok crm-sell email=ZOE@Example.ORG card
	prints <<'OUT'
sale	name	result	reason	contact
2	card	created		3
OUT
	ok crm-list -H -o name,email,since -w contact=3
	prints <<<$'Zoe Pond\tzoe@example.org\t2023-05-06'
}

@test "customers are matched by e-mail, then phone, then exact name" {
	setup_shop
	cat >in <<'IN'
email	phone	name	amount
ada@example.org	+44 20 7946 0958	Bob	1
	020 7946 0958	Somebody	2
new@example.org		bob	3
		ADA	4
ada@example.com		Ada	5
		Ada	6
IN
	sed -i 's/^# country: .*/country: GB/' crm.yaml
	fails 65 crm-sell - <in
	says "crm-sell: <stdin>:7: name: several have it: 'Ada'"
	holds 'SELECT (SELECT count(*) FROM sale), (SELECT count(*) FROM contact)' <<<'0	2'
	ok crm-sell -H - < <(head -n 6 in)
	prints <<'OUT'
1		created		1
2		created		2
3		created		2
4		created		1
5		created	new contact	3
OUT
	holds 'SELECT contact, norm FROM contact_point ORDER BY 1, 2' <<'OUT'
1	ada@example.org
2	+442079460958
2	new@example.org
3	ada@example.com
OUT
}

@test "of a family that shares an address the one of that name buys" {
	setup_shop
	crm-add -q name=Eve email=ada@example.org >/dev/null 2>&1
	ok crm-sell -qH email=ada@example.org name=eve card
	holds 'SELECT contact FROM sale' <<<3
	fails 65 crm-sell email=ada@example.org name=Abel card
	says "crm-sell: email: several have it: 'ada@example.org'"
}

@test "who is found by name gets the e-mail that was lacking" {
	setup_shop
	crm-add -q name='Cy Stone' >/dev/null
	printf 'name\temail\tamount\nCy Stone\tcy@example.org\t1\nCy Stone\tcy@example.org\t2\n' >in
	ok crm-sell -H - <in
	prints <<<$'1\t\tcreated\t\t3\n2\t\tcreated\t\t3'
	ok crm-list -H -o name,email -w contact=3
	prints <<<$'Cy Stone\tcy@example.org'
	ok crm-undo -q 5
	ok crm-list -H -o name,email -w contact=3
	prints <<<$'Cy Stone\t'
	holds 'SELECT count(*) FROM sale' <<<0
}

@test "unknown products are bad rows, or are made" {
	setup_shop
	printf 'contact\tproduct\tamount\nAda\tcard\t\nAda\tglobe\t9\nBob\tglobe\t8\n' >in
	fails 65 crm-sell - <in
	says "crm-sell: <stdin>:3: product: unknown product 'globe'"
	prints </dev/null
	holds 'SELECT (SELECT count(*) FROM sale), (SELECT count(*) FROM product)' <<<'0	3'
	ok crm-sell -H --make-products - <in
	prints <<'OUT'
1	card	created		1
2	globe	created	new product	1
3	globe	created		2
OUT
}

@test "a bad row names its place and leaves nobody behind" {
	setup_shop
	printf 'name\temail\tproduct\tamount\tcurrency\nZoe\tzoe@example.org\tglobe\t5.00\tZZZ\n' >in
	fails 65 crm-sell --make-products - <in
	says "crm-sell: <stdin>:2: currency: not a currency: 'ZZZ'"
	printf 'name\temail\tproduct\tamount\nZoe\tnot an address\tglobe\t5.00\nEve\te@example.org\tcard\t\n' >in
	fails 1 crm-sell -H --make-products --keep-going --rejects bad - <in
	prints <<<$'1\tcard\tcreated\tnew contact\t3'
	diff bad - <<'OUT'
name	email	product	amount	error
Zoe	not an address	globe	5.00	email: not an address: 'not an address'
OUT
	holds 'SELECT group_concat(name) FROM contact' <<<'Ada,Bob,Eve'
	holds 'SELECT count(*) FROM product' <<<3
	fails 65 crm-sell - <<<$'product\namount'
	fails 65 crm-sell - <<<$'contact\tamount\n\t5'
	says "crm-sell: <stdin>:2: contact: is needed"
	fails 65 crm-sell - <<<$'contact\tamount\tday\nAda\t5\t2024-02-30'
	says "crm-sell: <stdin>:2: day: not a day: '2024-02-30'"
	fails 65 crm-sell - <<<$'contact\tamount\tdiscounts\nAda\t5\t1'
	says "crm-sell: <stdin>:1: unknown column 'discounts'; did you mean 'discount'?"
}

@test "what is given back is taken from the sale, to the last cent" {
	setup_shop
	ok crm-sell -q Ada card=3 amount=10 discount=1
	ok crm-sell --refund 1 1
	prints <<'OUT'
sale	name	result	reason	contact
2	card	created		1
OUT
	ok crm-sell -q --refund 1 1
	ok crm-sell -q --refund 1 day=2024-03-02
	ok sales
	prints <<'OUT'
1	2024-03-01	card	3	10.00	EUR	15.00	1.00	
1	2024-03-01	card	-1	-3.33	EUR	-5.00	-0.33	1
1	2024-03-01	card	-1	-3.33	EUR	-5.00	-0.33	1
1	2024-03-02	card	-1	-3.34	EUR	-5.00	-0.34	1
OUT
	fails 65 crm-sell --refund 1
	says "crm-sell: quantity: of sale 1 only 0 are left to give back"
	holds 'SELECT sum(amount), sum(cost), sum(discount) FROM sale' <<<'0	0	0'
	fails 65 crm-set sale 1 quantity=2
	says "crm-set: quantity: 3 were given back"
	ok crm-set -q sale 1 quantity=4
}

@test "a refund that names no sale, or more than it, is refused by place" {
	setup_shop
	crm-sell -q Ada card=2 >/dev/null
	fails 65 crm-sell - <<<$'contact\tproduct\tquantity\nAda\tcard\t1\nAda\tcard\t-1'
	says "crm-sell: <stdin>:3: quantity: negative, but no sale is named in refunds"
	fails 65 crm-sell - <<<$'refunds\tquantity\n1\t-1\n1\t-2'
	says "crm-sell: <stdin>:3: quantity: of sale 1 only 1 are left to give back"
	fails 65 crm-sell - <<<$'refunds\tquantity\n1\t1'
	says "crm-sell: <stdin>:2: quantity: a refund's is negative"
	fails 65 crm-sell - <<<$'refunds\tquantity\tcontact\n1\t-1\tBob'
	says "crm-sell: <stdin>:2: refunds: somebody else bought sale 1"
	fails 65 crm-sell - <<<$'refunds\tquantity\tamount\n1\t-1\t3'
	says "crm-sell: <stdin>:2: amount: a refund's is not more than nothing"
	fails 1 crm-sell --refund 9
	says "crm-sell: refunds: unknown sale '9'"
	fails 65 crm-sell --refund 1 x
	holds 'SELECT count(*) FROM sale' <<<1
	ok crm-sell -q - <<<$'refunds\n1'
	prints <<<2
}

@test "a dry run tells what would have been, undo takes all of it back" {
	setup_shop
	printf 'name\tproduct\tamount\nZoe\tglobe\t5\n' >in
	ok crm-sell -n -H --make-products - <in
	prints <<<$'1\tglobe\tcreated\tnew contact, new product\t3'
	holds 'SELECT count(*) FROM sale' <<<0
	ok crm-sell -q --make-products - <in
	ok crm-undo -q 4
	holds 'SELECT (SELECT count(*) FROM sale), (SELECT count(*) FROM contact), (SELECT count(*) FROM product)' <<<'0	2	3'
}

@test "no rows are no sales" {
	setup_shop
	ok crm-sell - </dev/null
	prints <<<$'sale\tname\tresult\treason\tcontact'
	ok crm-sell --quiet-empty - <<<$'contact\tamount'
	prints </dev/null
}

@test "a large stream into an empty book is the same as a small one" {
	setup_shop
	awk 'BEGIN { print "name\temail\tday\tproduct\tquantity"
		for (i = 0; i < 100000; i++)
			printf "Customer %d\tc%d@example.org\t2023-%02d-%02d\tC1\t%d\n",
			    i % 7000, i % 7000, i % 12 + 1, i % 28 + 1, i % 3 + 1
	}' >in
	ok bash -c 'crm-sell -q - <in | tail -n 1'
	prints <<<100000
	holds 'SELECT count(*), count(DISTINCT contact), sum(quantity), sum(amount), sum(cost) FROM sale' \
	    <<<'100000	7000	199999	249998750	99999500'
	holds "SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'sale'" <<<4
	ok crm-list -H -o name,orders -w "name = 'Customer 6999'"
	prints <<<$'Customer 6999\t3'
}

@test "who bought can be piped on" {
	setup_shop
	printf 'name\temail\tproduct\nAda\tada@example.org\tcard\nZoe\tzoe@example.org\tcard\nAda\tada@example.org\tcard\n' >in
	ok bash -c 'set -o pipefail; crm-sell - <in | crm-tag add buyer - >/dev/null'
	ok crm-list -H -o name,tags -w "tagged('buyer')"
	prints <<<$'Ada\tbuyer\nZoe\tbuyer'
	ok bash -c 'set -o pipefail; crm-list -w "orders >= 1" | crm-sell -q --ignore-unknown - product=engine'
	prints <<<$'4\n5'
}

@test "what is said is said after the commit, and a full disk is noticed" {
	setup_shop
	fails 74 bash -c 'crm-sell Ada card >/dev/full'
	holds 'SELECT count(*) FROM sale' <<<1
	CRM_DB=nosuch.db fails 66 crm-sell Ada card
}

@test "who buys is promoted by the rules, in the same operation" {
	crm-init
	crm-add -q product name=tea price=3 >/dev/null
	crm-add -q name=Weiss kind=org >/dev/null
	crm-add -q name=Ada org=Weiss >/dev/null
	ok crm-sell -q Ada tea day=2024-02-01
	holds 'SELECT name, stage FROM contact' <<<$'Weiss\tcustomer\nAda\tcustomer'
	ok crm-sell -q Ada tea day=2024-02-02
	holds 'SELECT name, stage FROM contact' <<<$'Weiss\tclient\nAda\tclient'
	holds 'SELECT contact, was, stage, rule, evidence FROM stage_change' <<'OUT'
1	lead	customer	first order	orders=1
2	lead	customer	first order	orders=1
1	customer	client	second order	orders=2
2	customer	client	second order	orders=2
OUT
	ok crm-undo -q "$(crm-history -q -l 1)"
	holds 'SELECT DISTINCT stage FROM contact' <<<customer
	crm-add -q name=Bob >/dev/null
	crm-deal new -q Bob amount=5 >/dev/null
	ok crm-deal win -q 1
	holds "SELECT stage FROM contact WHERE name = 'Bob'" <<<customer
	ok crm-sell -n -q Bob tea day=2024-02-03
	holds "SELECT stage FROM contact WHERE name = 'Bob'" <<<customer
}
