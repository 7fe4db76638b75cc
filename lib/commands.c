#include "commands.h"

#include <stddef.h>

const struct command commands[] = {
	{ "init", "make a database and its configuration", "Set-up" },
	{ "config", "check the configuration, or show what it says", NULL },
	{ "add", "add contacts, or rows of any other entity", "Records" },
	{ "set", "change fields of contacts, or of rows of any other entity",
	    NULL },
	{ "list", "list contacts, or rows of any other entity", NULL },
	{ "show", "show a contact, or a row of any other entity", NULL },
	{ "rm", "remove contacts, or rows of any other entity", NULL },
	{ "tag", "put tags on contacts, or take them off", NULL },
	{ "link", "say what one contact is to another, and since when",
	    NULL },
	{ "assign", "make a member of staff responsible for contacts", NULL },
	{ "log", "record calls, mails, meetings and notes", "Every day" },
	{ "done", "complete follow-ups, or put off what is due", NULL },
	{ "due", "tell what is due: follow-ups, occasions, contacts to call",
	    NULL },
	{ "sql", "answer a query in SQL; nothing can be written",
	    "Analysis" },
	{ "import", "take in contacts and other rows from CSV or TSV",
	    "Plumbing" },
	{ "fmt", "print rows of TSV in another form", NULL },
	{ "body", "run a filter on all lines but the header", NULL },
	{ "history", "tell what was written, when and by whom", NULL },
	{ "undo", "take back what an operation wrote", NULL },
	{ "complete", "tell a shell how a command line can go on", NULL },
	{ NULL, NULL, NULL },
};
