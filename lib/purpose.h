/*
 * purpose -- what people are contacted for, and on what basis, as purposes:
 * of crm.yaml declares it.
 */
#ifndef CRM_PURPOSE_H
#define CRM_PURPOSE_H

#include <stdbool.h>

enum basis {
	OPT_IN,   /* whoever said yes */
	OPT_OUT,  /* whoever did not say no */
	NO_BASIS, /* everybody: it needs none */
	BASES
};
extern const char *const basis_names[BASES];

struct node;
struct purpose {
	const char *name;
	const struct node *node;
	const struct node *when; /* it is for whom this holds, or NULL */
	/* Neither caps nor quiet hours count; if it does not say, where its
	 * basis is none. */
	bool transactional;
};

/* By name, in the arena, or NULL.  One that is declared wrongly dies with
 * CONFIG, naming its place. */
const struct purpose *purpose_find(const char *name);

/* The same; dies USAGE with the nearest name where there is none. */
const struct purpose *purpose_need(const char *name);

/* The country's own, else what holds everywhere; country may be NULL. */
enum basis purpose_basis(const struct purpose *, const char *country);

#endif
