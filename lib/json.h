/*
 * json -- text as JSON (RFC 8259) strings and numbers, appended to a buf.
 */
#ifndef CRM_JSON_H
#define CRM_JSON_H

#include <stdbool.h>

#include "buf.h"

void json_string(struct buf *, const char *, size_t); /* with quotes */
bool json_number(const char *, size_t); /* would it stand without quotes? */

#endif
