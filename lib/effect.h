/*
 * effect -- what campaigns brought.
 *
 * Arms are compared by what all of their contacts did and bought, whether or
 * not anything was sent to them or answered by them (intention to treat):
 * sales from the campaign's first day, or the day on which the contact was
 * put in if that was later, to its last day and campaigns.window.
 *
 * Attribution is a measure of its own: a sale counts for the campaign that
 * it names, else for the one to which its contact had clicked, replied,
 * visited or converted on its day or at most campaigns.window before; of
 * several for the last such response, or the first, by campaigns.touch.  What
 * is given back counts where the sale did.
 *
 * Nothing counts that is dated later than now; amounts are in the base
 * currency.
 */
#ifndef CRM_EFFECT_H
#define CRM_EFFECT_H

#include <stdint.h>

#include "out.h"

struct db;

/* One measurement a row: of each arm, against control, of the whole.
 * calc_define must have been called. */
extern const struct outcol effect_columns[];
void effect_tell(struct db *, int64_t campaign, struct out *);

/* One campaign a row. */
extern const struct outcol effect_all_columns[];
void effect_tell_all(struct db *, struct out *);

#endif
