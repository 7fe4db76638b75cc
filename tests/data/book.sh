#!/bin/bash
# Make a small book in the folder named: crm.db and a few files to read.
# The manual pages' examples start from it, see tests/examples.bats.

set -eu -o pipefail
cd "$1"
export CRM_DB=$PWD/crm.db CRM_USER=ann

# at DAY COMMAND...: run it as if on that day, in silence.
at() {
	CRM_NOW=$1T09:00:00Z "${@:2}" >/dev/null
}

at 2024-01-15 crm-init

at 2024-01-15 crm-add staff --upsert login - <<'TSV'
login	name	email	role	department
ann	Ann Weber	ann@example.com	seller	sales
bob	Bob Klein	bob@example.com	seller	sales
TSV

at 2024-01-15 crm-add - kind=org <<'TSV'
name	web	city	country	industry	stage	owner	since
Lovelace Engines	https://engines.example.org	London	GB	machines	client	ann	2021-03-02
Weiss & Sohn	https://weiss.example.net	Berlin	DE	printing	prospect	bob	2024-01-15
TSV

at 2024-01-15 crm-add - <<'TSV'
name	email	phone	org	city	country	stage	owner	source	birthday	since
Ada Lovelace	ada@example.org	+44 20 7946 0958	Lovelace Engines	London	GB	client	ann	fair	1990-11-27	2021-03-02
Karl Weiss	karl@example.net	030 901820	Weiss & Sohn	Berlin	DE	prospect	bob	web	--12-24	2024-01-15
Grace Miller	grace@example.com	+1 212 555 0123		New York	US	customer	ann	referral	1985-06-30	2023-05-09
Joan Clarke	joan@example.org			London	GB	lead		web		2026-09-01
Émile Roux	emile@example.fr	01 99 00 12 34		Paris	FR	lead	bob	fair	1979-02-28	2026-10-12
TSV

at 2026-11-20 crm-log - <<'TSV'
contact	at	channel	direction	subject	outcome	minutes	by
ada@example.org	2026-06-10T10:00Z	meeting	out	yearly review	reached	60	ann
ada@example.org	2026-10-05T14:30Z	call	in	asked for a second engine	reached	12	ann
karl@example.net	2026-11-02T08:15Z	email	out	sent the catalogue			bob
grace@example.com	2026-03-18T16:00Z	call	out	how is the press	no-answer	2	ann
emile@example.fr	2026-10-12T11:00Z	meeting	in	met at the fair	reached	15	bob
TSV

at 2026-11-20 crm-add task - <<'TSV'
contact	title	due	owner	channel
ada@example.org	send the offer	2026-11-20	ann	email
karl@example.net	call about the catalogue	2026-11-23	bob	call
grace@example.com	invite to the open day	2026-11-30	ann	call
TSV

at 2026-11-20 crm-tag add vip ada@example.org grace@example.com

cat >calls.tsv <<'TSV'
contact	channel	direction	body	outcome
joan@example.org	call	out		no-answer
emile@example.fr	call	out	wants prices for 500 cards	reached
TSV

cat >leads.csv <<'CSV'
Full Name,E-mail,Phone,Town,First Seen
"Noor, Samira",samira@example.org,+31 20 555 0101,Utrecht,2026-11-18
Peter Lang,peter@example.net,,Graz,2026-11-19
CSV
