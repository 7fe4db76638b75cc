/*
 * catalogbase -- fragments of SQL that several have: amounts in the base
 * currency, what counts as a talk, the preferred handle, rewards.
 *
 * An amount in another currency counts at the last rate on or before its day;
 * NULL where there is none, which in_base (calc.h) takes note of.
 */
#ifndef CRM_CATALOGBASE_H
#define CRM_CATALOGBASE_H

#define RATE_ON(currency, day) \
	"(SELECT rated.value FROM rate rated WHERE rated.currency = " currency \
	" AND rated.day <= " day " ORDER BY rated.day DESC LIMIT 1)"

#define IN_BASE(amount, currency, day) \
	"CASE WHEN " currency " = base_currency() THEN " amount \
	" ELSE in_base(" amount ", " currency ", " RATE_ON(currency, day) \
	") END"

/* Of interactions i, those in which somebody was reached or tried, up to now;
 * notes, plans and lessons are none (as in summarytalked.c). */
#define TALKED \
	"i.at <= now() AND i.channel <> 'note' AND i.channel <> 'plan'" \
	" AND i.channel <> 'lesson'"

/* A column of the contact's preferred contact_point of a kind. */
#define PREFERRED(column, contact, kind_) \
	"(SELECT n." column " FROM contact_point n WHERE n.contact = " contact \
	" AND n.kind = '" kind_ "' AND n.valid = 1" \
	" ORDER BY n.preferred DESC, n.contact_point LIMIT 1)"

/* The points that a contact earned and used up to today, in the order of
 * their days, for points_left and the like (calc.h). */
#define POINTS_OF(contact) \
	"(SELECT group_concat(held) FROM (SELECT r.day || ' ' || r.points" \
	" || ' ' || ifnull(r.expires, '') AS held FROM reward r" \
	" WHERE r.contact = " contact " AND r.kind = 'points'" \
	" AND r.day <= today() ORDER BY r.day, r.reward))"

/* Of rewards v, the vouchers that can be used today; and the row by which one
 * was used. */
#define VOUCHER_USE \
	"FROM reward u WHERE u.code = v.code AND u.contact = v.contact" \
	" AND u.kind = 'voucher' AND u.points < 0"
#define VOUCHER_OPEN \
	"v.kind = 'voucher' AND v.points >= 0 AND v.day <= today()" \
	" AND (v.expires IS NULL OR v.expires >= today())" \
	" AND NOT EXISTS (SELECT 1 " VOUCHER_USE ")"

#endif
