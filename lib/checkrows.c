/* Checks that are queries: entity, key, problem, and what mends it. */
#include <stddef.h>

#include "checkcore.h"

/* History has a check of its own. */
static const char sql_references[] =
    "SELECT f.\"table\", f.rowid,"
    "       k.\"from\" || ' refers to a ' || f.parent ||"
    "       ' that is not there',"
    "       iif(c.\"notnull\" OR f.\"table\" = 'participant',"
    "           printf('crm-rm -r %s %d', f.\"table\", f.rowid),"
    "           printf('crm-set %s %d %s=', f.\"table\", f.rowid,"
    "                  k.\"from\"))"
    "  FROM pragma_foreign_key_check f"
    "  JOIN pragma_foreign_key_list(f.\"table\") k ON k.id = f.fkid"
    "  JOIN pragma_table_info(f.\"table\") c ON c.name = k.\"from\""
    " WHERE f.\"table\" <> 'op'"
    "   AND f.\"table\" <> 'change'"
    "   AND f.\"table\" <> 'range'";

const char *const check_references[] = { sql_references, NULL };

static const char sql_changes[] =
    "SELECT 'op', op, count(*) || ' changes of an operation that is not"
    " there', 'crm-check --mend history'"
    "  FROM change"
    " WHERE NOT EXISTS (SELECT 1 FROM op WHERE op.op = change.op)"
    " GROUP BY op";

static const char sql_ranges[] =
    "SELECT 'op', op, count(*) || ' ranges of an operation that is not"
    " there', 'crm-check --mend history'"
    "  FROM range"
    " WHERE NOT EXISTS (SELECT 1 FROM op WHERE op.op = range.op)"
    " GROUP BY op";

static const char sql_empty_ranges[] =
    "SELECT 'op', op, 'a range of new keys ends before it begins',"
    "       'crm-check --mend history'"
    "  FROM range"
    " WHERE last < first";

static const char sql_undoing[] =
    "SELECT 'op', op,"
    "       iif(undoes IS NOT NULL AND NOT EXISTS"
    "               (SELECT 1 FROM op u WHERE u.op = op.undoes),"
    "           'it undid', 'it was undone by') ||"
    "       ' an operation that is not there', 'crm-check --mend history'"
    "  FROM op"
    " WHERE undoes IS NOT NULL"
    "   AND NOT EXISTS (SELECT 1 FROM op u WHERE u.op = op.undoes)"
    "    OR undone_by IS NOT NULL"
    "   AND NOT EXISTS (SELECT 1 FROM op u WHERE u.op = op.undone_by)";

static const char sql_unreadable[] =
    "SELECT 'op', op, 'what it removed can''t be read: ' || entity || ' ' ||"
    "       key, 'crm-check --mend history'"
    "  FROM change"
    " WHERE field = entity"
    "   AND iif(json_valid(before), json_type(before) <> 'object', 1)";

const char *const check_history[] = { sql_changes, sql_ranges,
	sql_empty_ranges, sql_undoing, sql_unreadable, NULL };

static const char sql_names[] =
    "SELECT 'contact', contact,"
    "       'the folded name is not that of the name',"
    "       'crm-check --mend names'"
    "  FROM contact"
    " WHERE name_key <> fold(name)";

const char *const check_names[] = { sql_names, NULL };

static const char sql_handles[] =
    "SELECT 'contact_point', p.contact_point,"
    "       p.kind || ' ' || quote(p.value) || ' can''t be read',"
    "       printf('crm-set contact_point %d value=VALUE',"
    "              p.contact_point)"
    "  FROM contact_point p"
    "  JOIN contact t ON t.contact = p.contact"
    " WHERE handle_key(p.kind, p.value, t.country) IS NULL";

static const char sql_norms[] =
    "SELECT 'contact_point', p.contact_point,"
    "       p.kind || ' ' || quote(p.value) || ' is looked up by ' ||"
    "       quote(p.norm), 'crm-check --mend handles'"
    "  FROM contact_point p"
    "  JOIN contact t ON t.contact = p.contact"
    " WHERE handle_key(p.kind, p.value, t.country) <> p.norm";

const char *const check_handles[] = { sql_handles, sql_norms, NULL };

/* Itself, by mail, or one of its people. */
static const char sql_reach[] =
    "SELECT 'contact', t.contact, 'no way to reach it',"
    "       printf('crm-set %d email=ADDRESS', t.contact)"
    "  FROM contact t"
    " WHERE t.active = 1 AND t.role = 'customer'"
    "   AND (t.street IS NULL OR t.city IS NULL)"
    "   AND NOT EXISTS (SELECT 1 FROM contact_point p"
    "                    WHERE p.contact = t.contact AND p.valid = 1)"
    "   AND NOT EXISTS (SELECT 1 FROM contact q"
    "                     JOIN contact_point p ON p.contact = q.contact"
    "                    WHERE q.org = t.contact AND q.active = 1"
    "                      AND p.valid = 1)";

const char *const check_reach[] = { sql_reach, NULL };

/* Who works alone is responsible for all. */
static const char sql_unowned[] =
    "SELECT 'contact', t.contact, 'nobody is responsible',"
    "       printf('crm-set %d owner=LOGIN', t.contact)"
    "  FROM contact t"
    "  LEFT JOIN contact g ON g.contact = t.org"
    " WHERE t.active = 1 AND t.role = 'customer'"
    "   AND t.owner IS NULL AND g.owner IS NULL"
    "   AND (SELECT count(*) FROM staff WHERE active = 1) > 1";

static const char sql_left[] =
    "SELECT 'contact', t.contact,"
    "       s.login || ', who is responsible, has left',"
    "       printf('crm-set %d owner=LOGIN', t.contact)"
    "  FROM staff s"
    "  JOIN contact t ON t.owner = s.staff"
    " WHERE s.active = 0 AND t.active = 1";

static const char sql_left_tasks[] =
    "SELECT 'task', k.task, s.login || ', who owns it, has left',"
    "       printf('crm-set task %d owner=LOGIN', k.task)"
    "  FROM task k"
    "  JOIN staff s ON s.staff = k.owner"
    " WHERE s.active = 0 AND k.done_at IS NULL";

const char *const check_owner[] = { sql_unowned, sql_left, sql_left_tasks,
	NULL };

static const char sql_employers[] =
    "SELECT 'link', min(l.link),"
    "       'contact ' || l.contact || ' has ' ||"
    "       count(DISTINCT l.other) || ' present employers',"
    "       printf('crm-set link %d until=DAY', min(l.link))"
    "  FROM link l"
    " WHERE l.kind = 'works_at'"
    "   AND (l.until IS NULL OR l.until >= today())"
    " GROUP BY l.contact"
    " HAVING count(DISTINCT l.other) > 1";

static const char sql_other_employer[] =
    "SELECT 'link', l.link,"
    "       'contact ' || t.contact || ' works at ' || t.org ||"
    "       ', but by this at ' || l.other,"
    "       printf('crm-set link %d until=DAY', l.link)"
    "  FROM contact t"
    "  JOIN link l ON l.contact = t.contact AND l.kind = 'works_at'"
    " WHERE (l.until IS NULL OR l.until >= today())"
    "   AND (l.since IS NULL OR l.since <= today())"
    "   AND l.other <> t.org"
    "   AND NOT EXISTS (SELECT 1 FROM link m"
    "                    WHERE m.contact = t.contact"
    "                      AND m.kind = 'works_at' AND m.other <> l.other"
    "                      AND (m.until IS NULL OR m.until >= today()))";

static const char sql_person_employer[] =
    "SELECT 'contact', t.contact,"
    "       'works at contact ' || t.org || ', which is a person',"
    "       printf('crm-set %d kind=org', t.org)"
    "  FROM contact t"
    "  JOIN contact g ON g.contact = t.org"
    " WHERE g.kind <> 'org'";

const char *const check_employer[] = { sql_employers, sql_other_employer,
	sql_person_employer, NULL };

/* The programs write it from the instant. */
static const char sql_day[] =
    "SELECT 'interaction', interaction, 'day ' || quote(day) ||"
    " ' does not exist', printf('crm-set interaction %d at=WHEN',"
    " interaction)"
    "  FROM interaction"
    " WHERE NOT is_date(day, NULL)";

const char *const check_day[] = { sql_day, NULL };

static const char sql_interactions[] =
    "SELECT 'interaction', interaction, 'it is dated ' || at,"
    "       printf('crm-set interaction %d at=WHEN', interaction)"
    "  FROM interaction"
    " WHERE at > now() AND channel <> 'plan'";

static const char sql_contacts[] =
    "SELECT 'contact', contact, 'first contact on ' || since,"
    "       printf('crm-set %d since=DAY', contact)"
    "  FROM contact"
    " WHERE since > today()";

static const char sql_sales[] =
    "SELECT 'sale', sale, 'sold on ' || day,"
    "       printf('crm-set sale %d day=DAY', sale)"
    "  FROM sale"
    " WHERE day > today()";

static const char sql_consents[] =
    "SELECT 'consent', consent, 'it is dated ' || at,"
    "       printf('crm-rm consent %d', consent)"
    "  FROM consent"
    " WHERE at > now()";

static const char sql_tasks[] =
    "SELECT 'task', task, 'done on ' || done_at,"
    "       printf('crm-set task %d done_at=WHEN', task)"
    "  FROM task"
    " WHERE done_at > now()";

static const char sql_ops[] =
    "SELECT 'op', min(op), count(*) || ' operations written after now, '"
    "       || 'the last at ' || max(at), 'crm-check --mend future'"
    "  FROM op"
    " WHERE at > now()"
    " HAVING count(*) > 0";

const char *const check_future[] = { sql_interactions, sql_contacts,
	sql_sales, sql_consents, sql_tasks, sql_ops, NULL };
