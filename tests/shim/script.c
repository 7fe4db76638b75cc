/* Some twenty commands, each on what the one before it left. */
#include <stddef.h>

#include "stage.h"

#define RUN(...) .argv = { __VA_ARGS__, NULL }
#define INPUT(...) .input = __VA_ARGS__

const struct step setup[] = {
	{ RUN("crm-init") },
	{ RUN("crm-add", "staff", "-"),
	    INPUT("name\tlogin\nAnn\tann\nBob\tbob\n") },
	{ RUN("crm-add", "-", "source=fair"),
	    INPUT("name\temail\tphone\tcity\tbirthday\n"
		"Ada Berg\tada@example.org\t+49 30 2000001\tBerlin\t"
		"1970-03-04\n"
		"\xc3\x89mile Dubois\temile@example.org\t+33 1 40000002\t"
		"Paris\t\n"
		"Grace Hopper\tgrace@example.org\t\tLondon\t1956-12-09\n"
		"Joan Clarke\tjoan@example.org\t+44 20 79460003\tLondon\t\n"
		"Karl M\xc3\xbcller\tkarl@example.net\t\tWien\t1980-02-29\n"
		"Lena Novak\tlena@example.net\t\tPraha\t\n") },
	{ RUN("crm-add", "kind=org", "name=Example Works") },
	{ RUN("crm-add", "task", "contact=1", "title=call",
	    "due=2024-03-01", "every=1w") },
	{ RUN("crm-log", "2", "-c", "call", "--", "wants a price") },
	{ 0 },
};

/* Operations 7 to 26. */
const struct step script[] = {
	{ RUN("crm-add", "-", "stage=lead", "owner=ann"),
	    INPUT("name\temail\tcity\n"
		"Mary Evans\tmary@example.org\tDublin\n"
		"Noor Silva\tnoor@example.org\tLisboa\n"
		"S\xc3\xb8ren Weiss\tsoren@example.org\tOslo\n") },
	{ RUN("crm-add", "name=Otto Fischer", "email=otto@example.org",
	    "tags=new") },
	{ RUN("crm-set", "1", "city=Graz", "email+=ada@home.example.org",
	    "note=one\ntwo\tthree") },
	{ RUN("crm-set", "-", "owner=bob"),
	    INPUT("contact\n1\n2\n3\n4\n5\n") },
	{ RUN("crm-log", "2", "-c", "call", "--next", "+3d", "--todo",
	    "send samples", "--", "wants 500 cards") },
	{ RUN("crm-log", "-"),
	    INPUT("contact\tchannel\tsubject\n1\tcall\tprices\n"
		"3\temail\thello\n4\tmeeting\tcatalogue\n") },
	{ RUN("crm-add", "task", "-"),
	    INPUT("contact\ttitle\tdue\n3\tsend the offer\t2024-03-04\n"
		"5\tcall back\t2024-03-05\n") },
	{ RUN("crm-done", "1", "spoke", "-c", "call") },
	{ RUN("crm-done", "2", "--snooze", "+2d", "--reason", "holiday") },
	{ RUN("crm-tag", "add", "vip", "1", "2", "3") },
	{ RUN("crm-tag", "rm", "vip", "-"), INPUT("contact\n2\n3\n") },
	{ RUN("crm-assign", "ann", "6", "7") },
	{ RUN("crm-link", "1", "works_at", "7") },
	{ RUN("crm-import", "google", "-"),
	    INPUT("First Name,Last Name,E-mail 1 - Value,Phone 1 - Value\n"
		"Petra,Rossi,petra@example.org,+39 06 5000001\n"
		"Uma,Tanaka,uma@example.org,\n"
		"Ada,Berg,ada@example.org,+49 30 2000009\n") },
	{ RUN("crm-undo", "20") },
	{ RUN("crm-undo", "21") },
	{ RUN("crm-rm", "8") },
	{ RUN("crm-undo", "23") },
	{ RUN("crm-find", "catalogue"), .reads = true },
	{ RUN("crm-forget", "3"), .forgets = true },
	{ RUN("crm-add", "need", "contact=4", "about=a larger catalogue") },
	{ RUN("crm-list", "-w", "city = 'London'", "-o", "+tags,calls"),
	    .reads = true },
	{ RUN("crm-due"), .reads = true },
	{ RUN("crm-add", "name=Vera Young") },
	{ 0 },
};
