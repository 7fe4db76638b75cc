/*
 * login -- what the one who runs this is called.
 *
 * /etc/passwd is read here.  Of those who are not in it id(1) is asked: the
 * C library would load what nsswitch.conf(5) names, which a program that is
 * linked statically does not survive.
 */
#ifndef CRM_LOGIN_H
#define CRM_LOGIN_H

/* The login of the real user, else his number; never NULL. */
const char *login_name(void);

#endif
