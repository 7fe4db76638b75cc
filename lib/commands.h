/* commands -- every program of the suite, for crm and the completions. */
#ifndef CRM_COMMANDS_H
#define CRM_COMMANDS_H

struct command {
	const char *name;  /* without "crm-" */
	const char *about; /* as the command's own help has it */
	const char *group; /* where one begins, else NULL */
};

extern const struct command commands[]; /* ended by a NULL name */

#endif
