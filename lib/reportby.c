/* What reports are split by, besides columns. */
#include <stddef.h>

#include "report.h"

#define OF_OWNER "(SELECT f.department FROM staff f WHERE f.staff = t.owner)"
#define OF_PRODUCT(column) \
	"(SELECT p." column " FROM product p WHERE p.product = t.product)"

const struct dimension dimensions[] = {
	{ "contact", "department", "department of who is responsible",
	    OF_OWNER, NULL },
	{ "deal", "department", "department of who pursues it", OF_OWNER,
	    NULL },
	{ "task", "department", "department of who is to do it", OF_OWNER,
	    NULL },
	{ "contact", "tenure", "years since the first purchase", NULL,
	    "case when first_order is null then 'no order'"
	    " when years_since(first_order) < 1 then 'under 1 year'"
	    " when years_since(first_order) < 2 then '1 to 2 years'"
	    " when years_since(first_order) < 5 then '2 to 5 years'"
	    " else 'over 5 years' end" },
	{ "sale", "brand", "brand of the product", OF_PRODUCT("brand"), NULL },
	{ "sale", "line", "line of the product", OF_PRODUCT("line"), NULL },
	{ "deal", "brand", "brand of the product", OF_PRODUCT("brand"), NULL },
	{ "deal", "line", "line of the product", OF_PRODUCT("line"), NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
