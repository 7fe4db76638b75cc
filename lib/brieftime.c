/* Everything that ever happened with a contact. */
#include "brief.h"
#include "briefcore.h"
#include "db.h"

static const char sql_timeline[] =
    "SELECT i.at AS at, 'interaction' AS what, i.channel AS channel,"
    "       i.direction AS direction, s.login AS by, i.subject AS subject,"
    "       i.outcome AS outcome, i.body AS body, i.interaction AS key"
    "  FROM interaction i"
    "  LEFT JOIN staff s ON s.staff = i.by"
    " WHERE " TOOK_PART
    " UNION ALL "
    "SELECT k.done_at, 'task', k.channel, NULL, s.login, k.title, 'done',"
    "       k.note, k.task"
    "  FROM task k"
    "  LEFT JOIN staff s ON s.staff = k.owner"
    " WHERE k.contact IN " OURS
    "   AND k.done_at IS NOT NULL"
    " UNION ALL "
    "SELECT day, 'sale', channel, NULL, NULL,"
    "       (SELECT name FROM product p WHERE p.product = sale.product), NULL,"
    "       money(amount, currency) || ' ' || currency, sale"
    "  FROM sale"
    " WHERE contact IN " OURS
    " UNION ALL "
    "SELECT g.at, 'deal', NULL, NULL, s.login,"
    "       ifnull(d.title || ': ', '') || g.was || ' -> ' || g.stage, NULL,"
    "       ifnull(g.reason, g.evidence), d.deal"
    "  FROM deal d"
    "  JOIN stage_change g USING (deal)"
    "  LEFT JOIN staff s ON s.staff = g.by"
    " WHERE d.contact IN " OURS
    " UNION ALL "
    "SELECT q.sent_at, 'quote', NULL, 'out', q.owner, q.title, 'sent',"
    "       money(q.total_minor, q.currency) || ' ' || q.currency, q.quote"
    "  FROM quotes q"
    " WHERE q.contact IN " OURS
    "   AND q.sent_at IS NOT NULL"
    " UNION ALL "
    "SELECT q.decided_at, 'quote', NULL, 'in', q.owner, q.title, q.state,"
    "       q.reason, q.quote"
    "  FROM quotes q"
    " WHERE q.contact IN " OURS
    "   AND q.decided_at IS NOT NULL"
    " UNION ALL "
    "SELECT day, 'need', NULL, NULL, NULL, about, status, NULL, need"
    "  FROM need"
    " WHERE contact = :contact"
    " UNION ALL "
    "SELECT at, 'consent', channel, NULL, NULL, purpose, state, evidence,"
    "       consent"
    "  FROM consent"
    " WHERE contact = :contact"
    " UNION ALL "
    "SELECT o.at, 'changed', NULL, NULL, ifnull(o.who, o.login), c.field,"
    "       ifnull(c.before, '') || ' -> ' || ifnull(c.after, ''), NULL,"
    "       o.op"
    "  FROM change c"
    "  JOIN op o ON o.op = c.op"
    " WHERE c.entity = 'contact'"
    "   AND c.key = :contact"
    "   AND (c.field = 'stage' OR c.field = 'name' OR c.field = 'active')"
    " ORDER BY 1 DESC, 9 DESC";

struct stmt *
brief_timeline(struct db *db, int64_t contact)
{
	return db_query(db, sql_timeline, ARGS(INT(contact)));
}
