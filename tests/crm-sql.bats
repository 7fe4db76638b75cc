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
