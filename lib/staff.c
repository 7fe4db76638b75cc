#include "staff.h"

#include "db.h"
#include "op.h"

static const char sql_member[] =
    "SELECT staff FROM staff WHERE login = :login";
static const char sql_join[] =
    "INSERT INTO staff (staff, login) VALUES (:staff, :login)";

int64_t
staff_join(struct db *db, const char *login)
{
	int64_t staff = db_number(db, sql_member, ARGS(STR(login)), 0);

	if (!staff) {
		staff = op_key(db, "staff");
		db_run(db, sql_join, ARGS(INT(staff), STR(login)));
	}
	return staff;
}
