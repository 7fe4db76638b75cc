#!/usr/bin/env bats

load helper.bash

@test "a query is answered as rows" {
	crm-init
	printf 'name\tcity\nAda\tLondon\nBob\t\n' | crm-add -q - >/dev/null
	ok crm-sql 'SELECT name, city, count(*) OVER () FROM contact ORDER BY name'
	prints <<'OUT'
name	city	count_over
Ada	London	2
Bob		2
OUT
	ok crm-sql 'SELECT contact, name, last_contact FROM contacts WHERE contact = :n' n=1 -j
	prints <<'OUT'
{"contact":1,"name":"Ada","last_contact":null}
OUT
}

@test "nothing can be written or reached" {
	crm-init
	fails 65 crm-sql 'DELETE FROM contact'
	says 'crm-sql: not authorized'
	fails 65 crm-sql "ATTACH 'x' AS y"
	fails 65 crm-sql "SELECT load_extension('x')"
	fails 65 crm-sql 'PRAGMA writable_schema = 1'
	fails 65 crm-sql 'SELECT 1; SELECT 2'
	fails 65 crm-sql ''
	fails 65 crm-sql 'SELECT nme FROM contact'
	says 'crm-sql: no such column: nme'
}

@test "only functions that are known to compute are called" {
	crm-init
	for f in "zeroblob(1)" "randomblob(1)" "total_changes()" \
	    "sqlite_log(1, 'x')" "last_insert_rowid()"; do
		fails 65 crm-sql "SELECT $f"
		says "crm-sql: not authorized to use function: ${f%%(*}"
	done
	ok crm-sql -H "SELECT round(sqrt(2), 2), json('[1]'), upper('a'), 'x' LIKE 'X'"
	prints <<<$'1.41\t[1]\tA\t1'
}

@test "a query that computes too long is stopped, and says how to go on" {
	crm-init
	n='WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n)'
	fails 65 crm-sql --timeout 1 "$n SELECT count(*) FROM n"
	says 'crm-sql: stopped after 1 s of computing; --timeout allows more'
	prints </dev/null
	ok crm-sql -H --timeout 0 "$n SELECT n FROM n LIMIT 2"
	prints <<<$'1\n2'
	fails 2 crm-sql --timeout soon 'SELECT 1'
	says "crm-sql: --timeout: not a number of seconds: 'soon'"
}

@test "one function that takes hours is stopped too" {
	crm-init
	fails 65 crm-sql --timeout 1 \
	    "SELECT instr(printf('%60000000d', 1), printf('%30000000d', 2))"
	says 'crm-sql: stopped after 1 s of computing; --timeout allows more'
}

@test "a value that would fill the memory is refused" {
	crm-init
	crm-add -q name=Ada >/dev/null
	fails 65 crm-sql "SELECT replace(printf('%9000d', 1), ' ', printf('%9000d', 1))"
	says 'crm-sql: string or blob too big'
	fails 65 crm-sql "WITH n(n) AS (VALUES (1), (2), (3))
		SELECT length(group_concat(printf('%60000000d', n))) FROM n"
	says 'crm-sql: string or blob too big'
	head -c 5000000 /dev/zero | tr '\0' ' ' >long.sql
	fails 65 crm-sql -f long.sql
}

@test "what goes wrong while it is answered is the text's fault too" {
	crm-init
	fails 65 crm-sql 'SELECT abs(-9223372036854775808)'
	says 'crm-sql: integer overflow'
	fails 65 crm-sql "SELECT day('nonsense')"
	says 'crm-sql: day(): not a day'
}

@test "values are bound, never put into the text" {
	crm-init
	crm-add -q name="O'Hara" >/dev/null
	ok crm-sql 'SELECT name FROM contact WHERE name = :who' "who=O'Hara" -H
	prints <<<"O'Hara"
	fails 2 crm-sql 'SELECT :x'
	says "crm-sql: no value for parameter ':x'"
}

@test "a query comes from a file or standard input" {
	crm-init
	echo 'SELECT 1 AS one;' >q.sql
	ok crm-sql -f q.sql
	prints <<<$'one\n1'
	ok crm-sql - <q.sql
	prints <<<$'one\n1'
	fails 66 crm-sql -f nosuch.sql
}

@test "the functions of expressions are there" {
	crm-init
	ok crm-sql -H "SELECT today(), day('+1mo'), fold('É x'), within('2024-02-10', '2024-Q1')"
	prints <<<'2024-03-01	2024-04-01	e x	1'
}

@test "a query that SQLite can't make sense of is wrong input" {
	crm-init
	fails 65 crm-sql 'SELECT name, count(*) fromcontacts'
	says 'crm-sql: no such column: name'
	fails 65 crm-sql 'SELEC 1'
	fails 65 crm-sql 'SELECT count(*) FROM'
}
