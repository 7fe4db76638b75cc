#!/usr/bin/env bats

load helper.bash

@test "the address books of Google and Outlook load, twice without change" {
	crm-init
	ok crm-import google "$CRM_DATA/google-contacts/google-2024-labels.csv"
	ok crm-import --dates mdy outlook "$CRM_DATA/google-contacts/outlook-desktop.csv"
	ok crm-list -o name,nick,org_name,title,birthday,tags,city,country,email -H -w "kind='person'"
	prints <<'OUT'
Grace Brewster Hopper	Amazing Grace	US Navy	Rear Admiral	1906-12-09	Navy	Arlington	US	grace@navy.example
Linus Torvalds		Kernel Inc	Maintainer	1969-12-28	Friends,Open source	Espoo	FI	linus@example.com
OUT
	holds "SELECT p.kind, value, label FROM contact_point p JOIN contact c USING (contact)
	    WHERE c.family = 'Torvalds' ORDER BY 1, 2" <<'OUT'
email	linus@example.com	
email	linus@work.example	
phone	+358 40 000 0003	mobile
phone	+358 9 000 0001	home
phone	+358 9 000 0002	work
phone	+358 9 000 0004	fax
web	https://example.com	
OUT
	holds "SELECT day FROM occasion WHERE kind = 'anniversary'" <<<2000-01-01
	ok bash -c 'crm-import google "$CRM_DATA"/google-contacts/google-2024-labels.csv | cut -f4'
	prints <<<$'result\nunchanged'
	ok bash -c 'crm-import --dates mdy outlook "$CRM_DATA"/google-contacts/outlook-desktop.csv | cut -f4'
	prints <<<$'result\nunchanged'
}
