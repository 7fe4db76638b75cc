#!/usr/bin/env bats

load helper.bash

load_all() {
	crm-init
	sed -i 's/^# country: DE.*/country: US/' crm.yaml
	local d=$CRM_DATA/salesforce-demo
	crm-import "$@" salesforce-account "$d/data/Account.csv"
	crm-import "$@" salesforce-contact "$d/data/Contact.csv"
	crm-import "$@" salesforce-lead "$d/data/Lead.csv"
	crm-import "$@" salesforce-task "$d/data/Task.csv"
	crm-import "$@" salesforce-relation "$d/Relation/AccountContactRelation.csv"
	crm-import "$@" salesforce-opportunity "$d/data/Opportunity.csv"
}

@test "the Salesforce organisation loads by crm-import alone" {
	load_all -q >/dev/null
	holds "SELECT (SELECT count(*) FROM contact WHERE kind = 'org'),
	    (SELECT count(*) FROM contact WHERE kind = 'person'),
	    (SELECT count(*) FROM task), (SELECT count(*) FROM link),
	    (SELECT count(*) FROM deal)" <<<'22	162	75	22	50'
	holds "SELECT count(*) FROM contact WHERE org IS NOT NULL" <<<18
	holds "SELECT count(*) FROM occasion WHERE kind = 'birthday'" <<<102
	holds "SELECT count(*) FROM alias" <<<331
	holds "SELECT max(op) FROM op" <<<7
}

@test "a second time nothing changes" {
	load_all -q >/dev/null
	sqlite3 "$CRM_DB" .dump | grep -v '^INSERT INTO op' >before
	load_all 2>/dev/null | cut -f4 | sort | uniq -c >said
	grep -vE ' (unchanged|result)$' said && false
	sqlite3 "$CRM_DB" .dump | grep -v '^INSERT INTO op' | diff before -
}

@test "days and links are the file's" {
	load_all -q >/dev/null
	holds "SELECT name, since FROM contact c JOIN alias a ON a.item = c.contact
	    AND a.entity = 'contact' WHERE a.ref = 'salesforce:001Ec00000FzlUdIAJ'" <<<'Sample Account for Entitlements	2024-01-19'
	ok crm-list -o birthday,country,phone_norm -H -w "name = 'Patricia Ryan'"
	prints <<<'2000-12-08	US	+15987002803'
	holds "SELECT min(due), max(due) FROM task" <<<"$(
	    python3 -c 'import csv, sys
days = [r["ActivityDate"] for r in csv.DictReader(open(sys.argv[1], encoding="utf-8-sig"))]
print(min(days), max(days), sep="\t")' "$CRM_DATA/salesforce-demo/data/Task.csv")"
}

@test "opportunities are deals at their stage, and as they ended" {
	load_all -q >/dev/null
	holds "SELECT status, stage, count(*), sum(amount) FROM deal GROUP BY 1, 2" <<<"$(
	    python3 -c 'import csv, sys, collections
stage = {"Qualification": "qualified", "Discovery": "qualified", "Proposal/Quote": "proposal"}
n, s = collections.Counter(), collections.Counter()
for r in csv.DictReader(open(sys.argv[1], encoding="utf-8-sig")):
    status = {"Closed Won": "won", "Closed Lost": "lost"}.get(r["StageName"], "open")
    key = status, stage.get(r["StageName"], "negotiation")
    n[key] += 1
    s[key] += round(float(r["Amount"]) * 100)
for key in sorted(n): print(*key, n[key], s[key], sep="\t")' "$CRM_DATA/salesforce-demo/data/Opportunity.csv")"
	holds "SELECT count(*), min(closed), max(closed) FROM deal WHERE status <> 'open'" <<<'15	2023-02-02	2023-11-27'
	holds "SELECT sum(amount) FROM deal WHERE status = 'won'" <<<1054256298
	holds "SELECT contact.name, expected FROM deal JOIN contact USING (contact)
	    WHERE deal.title = 'Patterson-Hansen - Merchant Services - November 2024'" <<<'Patterson-Hansen	2024-11-10'
}

@test "what is due, who is quiet and whose it is can be asked" {
	load_all -q >/dev/null
	printf 'login\nann\nbob\n' | crm-add -q staff - >/dev/null
	ok bash -c 'crm-assign --unowned --among ann,bob | cut -f3 | sort | uniq -c | tr -s " "'
	prints <<<$' 1 result\n 184 updated'
	ok crm-sql -H 'SELECT owner, count(*) FROM contacts GROUP BY owner'
	prints <<<$'ann\t92\nbob\t92'
	CRM_NOW=2024-01-25 ok bash -c 'crm-due -q | grep -c task:'
	prints <<<75
	CRM_NOW=2024-12-08 ok bash -c 'crm-due --owner all -H | cut -f2,6,9 | grep Patricia'
	prints <<<$'birthday\tPatricia Ryan\t24'
	ok bash -c 'crm-list -w "kind='"'org'"' AND open_tasks > 0" -o name,open_tasks -s -open_tasks,name | sed -n 2p'
	[ -n "$output" ]
	CRM_NOW=2024-03-01 ok bash -c 'crm-list -q -w "days_quiet > 30" | wc -l'
	prints <<<184
}

# Campaigns, their members, and who of these responded.
load_campaigns() {
	local d=$CRM_DATA/salesforce-demo/data
	crm-import "$@" salesforce-campaign "$d/Campaign.csv"
	crm-import "$@" salesforce-member "$d/CampaignMember.csv"
	crm-import "$@" salesforce-response "$d/CampaignMember.csv"
}

@test "campaigns and who is in them load too, two of the same name apart" {
	load_all -q >/dev/null
	load_campaigns -q >/dev/null
	holds "SELECT (SELECT count(*) FROM campaign), (SELECT count(*) FROM audience),
	    (SELECT count(sent_at) FROM audience), (SELECT count(*) FROM response)" <<<'8	68	68	0'
	ok crm-campaign result --all -H
	diff - <(cut -f 1-3 <<<"$output" | sort) < <(python3 -c 'import csv, sys, collections
n = collections.Counter(r["CampaignId"] for r in csv.DictReader(open(sys.argv[2], encoding="utf-8-sig")))
status = {"Completed": "closed", "Planned": "planned"}
for r in csv.DictReader(open(sys.argv[1], encoding="utf-8-sig")):
    print(r["Name"] + ", until " + r["EndDate"], status[r["Status"]], n[r["Id"]], sep="\t")' \
	    "$CRM_DATA"/salesforce-demo/data/Campaign{,Member}.csv | sort)
	holds "SELECT channel, count(*) FROM campaign GROUP BY channel" <<<$'email\t3\nmeeting\t2\nsocial\t1\nweb\t2'
	load_campaigns | cut -f4 | sort | uniq -c | tr -s ' ' >said
	diff - said <<<$' 3 result\n 68 skipped\n 76 unchanged'
	for op in 9 8; do crm-undo -q $op >/dev/null; done
	holds 'SELECT (SELECT count(*) FROM campaign), (SELECT count(*) FROM audience)' <<<'0	0'
}

@test "a member who responded has replied to the campaign" {
	load_all -q >/dev/null
	load_campaigns -q >/dev/null
	sed '2s/,Sent,,/,Responded,1,/' "$CRM_DATA/salesforce-demo/data/CampaignMember.csv" >members.csv
	ok bash -c 'crm-import salesforce-response members.csv | cut -f 4 | sort | uniq -c | tr -s " "'
	prints <<<$' 1 created\n 1 result\n 67 skipped'
	ok crm-list response -H -o campaign,contact_name,kind,at
	prints <<<'Credit Card Rewards - June 2023, until 2023-06-19	Judith Diaz	replied	2024-01-23T02:46:47Z'
}

@test "all of it is undone" {
	load_all -q >/dev/null
	for op in 7 6 5 4 3 2; do crm-undo -q $op >/dev/null; done
	holds 'SELECT (SELECT count(*) FROM contact), (SELECT count(*) FROM task), (SELECT count(*) FROM deal), (SELECT count(*) FROM alias)' <<<'0	0	0	0'
}

@test "all of it is the same in another database, row by row" {
	load_all -q >/dev/null
	crm-export --all >dump
	crm-init -d copy.db
	ok crm-import -d copy.db --all dump
	for t in $(sqlite3 crm.db "SELECT name FROM sqlite_schema WHERE type = 'table'
	    AND name NOT GLOB 'find*' AND name NOT GLOB 'sqlite_*' AND name <> 'found'"); do
		for db in crm copy; do
			sqlite3 $db.db '.mode quote' "SELECT * FROM $t ORDER BY rowid" >$db.rows
		done
		cmp crm.rows copy.rows || { echo "$t"; false; }
	done
	[ "$(crm-export -d copy.db --all | tail -n +2 | cksum)" = "$(tail -n +2 dump | cksum)" ]
}
