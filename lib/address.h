/*
 * address -- contacts, of a stream or of operands, are put into a campaign's
 * audience, put into another wave of it, or sent to.
 */
#ifndef CRM_ADDRESS_H
#define CRM_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "campaign.h"
#include "out.h"

struct address; /* add, wave, sent */
struct operands;
struct spool;

/* NULL: none of the three. */
const struct address *address_find(const char *verb);

/* Take its fields from the operands, of which the first key is the campaign;
 * dies USAGE. */
void address_fields(const struct address *, struct operands *);

/* Do it, with an answer for each; the operands are without the campaign now.
 * at: --at or NULL; arms: --arms or NULL.  False: one was refused.  Inside
 * an operation. */
bool address(struct db *, const struct address *, const struct campaign *,
    struct operands *, struct spool *, const char *at, const char *arms,
    struct out *);

/* One such answer. */
extern const struct outcol address_columns[];
void address_answer(struct out *, int64_t contact, enum done,
    const struct addressed *);

#endif
