/*
 * crm-sell -- record what was bought, and what was given back.
 */
#include <string.h>

#include "answer.h"
#include "arena.h"
#include "buf.h"
#include "catalog.h"
#include "cmd.h"
#include "db.h"
#include "lifecycle.h"
#include "op.h"
#include "operands.h"
#include "rows.h"
#include "spool.h"
#include "store.h"
#include "till.h"

enum { LARGE = 4 << 20 }; /* bytes of input from which a load is bulk */

static struct {
	const char *refund;
	bool make;
} opt;

static const struct opt opts[] = {
	TEXT(0, "refund", "SALE", &opt.refund,
	    "it is given back: all of it, or QUANTITY pieces"),
	FLAG(0, "make-products", &opt.make,
	    "make products that are not known, priced by the row"),
	ROWS_OPTIONS,
	END,
};

static const struct cmd self = {
	.name = "crm-sell",
	.brief = "record purchases and refunds",
	.operands = "{CONTACT PRODUCT[=QUANTITY]... | --refund=SALE "
		    "[QUANTITY] | -} [FIELD=VALUE...]",
	.opts = opts,
	.more = cmd_writer,
};

/* Columns and fields that say who bought, where no contact is named. */
static const char *const own[] = { "name", "email", "phone", NULL };

static struct {
	const char *product, *quantity;
} *lines;
static int nlines;
static struct operands o;
static const char *customer[3]; /* constants for own */
static struct db *db;
static struct store *store;
static struct till *till;

static int
own_field(const char *name)
{
	int i;

	for (i = 0; own[i]; i++)
		if (strcmp(own[i], name) == 0)
			return i;
	return -1;
}

static void
add_field(const char *name, const char *value)
{
	o.fields[o.nfields++] = (struct field){ name, value, '=' };
}

static bool
has_field(const char *name)
{
	int i;

	for (i = 0; i < o.nfields; i++)
		if (strcmp(o.fields[i].name, name) == 0)
			return true;
	return false;
}

/* PRODUCT or PRODUCT=QUANTITY. */
static void
add_line(const char *word)
{
	const char *equals = strrchr(word, '=');

	lines[nlines].product = word;
	lines[nlines].quantity = NULL;
	if (equals && equals > word && strspn(equals + 1, "-0123456789")) {
		lines[nlines].product = arena_slice(word,
		    (size_t)(equals - word));
		lines[nlines].quantity = equals + 1;
	}
	nlines++;
}

static bool
is_field(const char *name)
{
	return own_field(name) >= 0 || column_find(NULL, o.entity, name);
}

/* card=2 looks like a field, but is what is sold where there is no such. */
static void
sort_fields(void)
{
	struct field *all = o.fields, *f;
	int i, n = o.nfields;

	o.fields = arena_get(((size_t)n + 4) * sizeof(*all));
	o.nfields = 0;
	for (i = 0; i < n; i++) {
		f = &all[i];
		if (f->how != '=')
			cmd_usage("'%s' takes = only", f->name);
		if (own_field(f->name) >= 0)
			customer[own_field(f->name)] = f->value;
		else if (is_field(f->name))
			o.fields[o.nfields++] = *f;
	}
}

/* The words in their order: whom, unless a field says it, and what. */
static void
read_words(int argc, char *argv[], int n)
{
	bool whom = o.input || has_field("contact") || customer[0] ||
	    customer[1] || customer[2];
	const char *equals;
	int i, dashes = cmd_dashes();

	lines = arena_get(((size_t)argc + 1) * sizeof(*lines));
	for (i = n; i < argc; i++) {
		equals = dashes < 0 || i < dashes ? strchr(argv[i], '=') :
		    NULL;
		if (o.input && strcmp(argv[i], "-") == 0)
			continue;
		if (equals && is_field(arena_slice(argv[i],
		    (size_t)(equals - argv[i]))))
			continue;
		if (whom) {
			add_line(argv[i]);
			continue;
		}
		add_field("contact", argv[i]);
		whom = true;
	}
}

static void
read_refund(void)
{
	const char *quantity = o.nkeys ? o.keys[0] : NULL;
	struct buf minus = { 0 };

	if (o.nkeys > 1 || o.input)
		cmd_usage("--refund takes one quantity");
	add_field("refunds", opt.refund);
	if (!quantity)
		return;
	buf_printf(&minus, "-%s", quantity);
	add_field("quantity", arena_copy(minus.text));
	buf_free(&minus);
}

static void
check_words(void)
{
	static const char *const single[] = { "quantity", "amount", "cost",
		"refunds", NULL };
	int i;

	if (o.input && nlines)
		cmd_usage("neither a field nor '-': '%s'", lines[0].product);
	if (o.input || opt.refund)
		return;
	if (!nlines && !has_field("product") && !has_field("amount"))
		cmd_usage("expected a contact and products, or '-'");
	if (nlines && has_field("product"))
		cmd_usage("'product' is given twice");
	for (i = 0; single[i] && nlines > 1; i++)
		if (has_field(single[i]))
			cmd_usage("'%s' goes with one product", single[i]);
	for (i = 0; i < nlines; i++)
		if (lines[i].quantity && has_field("quantity"))
			cmd_usage("'quantity' is given twice");
}

static void
open_rows(struct spool *input)
{
	int i;

	rows_own(own);
	rows_open(db, store, &o, input, false);
	for (i = 0; own[i]; i++)
		if (customer[i] && rows_column(own[i]) >= 0)
			cmd_usage("'%s' is both a column and an operand",
			    own[i]);
	till = till_open(db, store, opt.make);
}

static void
sell(void)
{
	struct customer c = { rows_given("name", customer[0]),
		rows_given("email", customer[1]),
		rows_given("phone", customer[2]) };
	struct fault f = { 0 };
	struct sold sold;
	enum done done = till_sell(till, &c, &sold, &f);

	if (done == FAULT || done == REFUSED)
		rows_fault(&f);
	else
		answer_row(sold.sale, sold.product, done,
		    sold.new_contact && sold.new_product ?
		    "new contact, new product" :
		    sold.new_contact ? "new contact" :
		    sold.new_product ? "new product" : NULL, sold.contact);
	buf_free(&f.why);
}

static void
sell_all(void)
{
	int product = store_want(store, "product");
	int quantity = store_want(store, "quantity");
	int i;

	while (rows_next()) {
		for (i = 0; i < nlines; i++) {
			store_value(store, product, lines[i].product);
			if (lines[i].quantity)
				store_value(store, quantity,
				    lines[i].quantity);
			sell();
			store_value(store, quantity, NULL);
		}
		if (!nlines)
			sell();
	}
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv);
	struct spool *input;
	enum status status;
	int64_t last;
	bool bulk;

	o = operands_read(argc, argv, n, 0);
	o.entity = entity_find("sale");
	sort_fields();
	if (opt.refund)
		read_refund();
	else
		read_words(argc, argv, n);
	check_words();
	input = rows_take(&o);
	db = db_open(db_path(common.db), DB_WRITE);
	op_begin(db, self.name, o.words);
	last = lifecycle_last_sale(db);
	store = store_open(db, o.entity);
	open_rows(input);
	bulk = input && spool_size(input) >= LARGE;
	if (bulk) {
		bulk = store_bulk_begin(store);
		db_expect_bulk(db, bulk ? DB_LOAD : DB_CHANGE);
	}
	answer_open(o.entity, &common.form);
	sell_all();
	if (bulk)
		store_bulk_end(store, NULL);
	lifecycle_sold(db, last);
	op_end(db, !common.dry_run);
	db_close(db);
	status = answer_close(true);
	return cmd_end(status == OK && rows_rejected() ? NO : status);
}
