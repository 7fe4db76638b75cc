/*
 * shim -- what stands between a command and the disk or the memory, to fail
 * when it is told to.
 *
 * Linked into each command once more by --wrap.  $CRM_FAULT is KIND:N: the
 * N-th call, 1 the first, to SQLite's file system or, for the kinds of
 * memory, to malloc and its sisters.  $CRM_FAULT_COUNT names a file that at
 * the end is told how many calls of either there were.  $CRM_FAULT_LOG names
 * one to which every change of a file is appended, for power.c.
 *
 * Nothing is really synced: the machine is to keep running.
 */
#ifndef SHIM_H
#define SHIM_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

enum fault {
	NONE,
	KILL,   /* killed before the call */
	TEAR,   /* killed with half of the call's bytes written */
	ERROR,  /* this call fails */
	BROKEN, /* this one and all that follow */
	FULL,   /* from this call on nothing more fits on the disk */
	SHORT,  /* the system reads or writes but half, once */
	LACK,   /* this piece of memory can't be had */
	DROUGHT /* this one and all that follow */
};

/* What is to become of a call. */
enum act { PASS, FAIL, HALF, FILL };

/* Count a call to the file system; where it is to kill, this kills. */
enum act shim_call(void);

/* The other half of HALF: the process is killed, or the call goes on. */
void shim_halved(void);

/* Make the system call beneath the next read or write transfer half. */
void shim_shorten(void);

/* The methods of a file; the real one lies behind it. */
struct shim_file {
	sqlite3_file base;
	const char *path; /* NULL: temporary, nobody's business */
	bool fresh;       /* made by this open, its folder not yet synced */
	sqlite3_file *real;
};
extern const sqlite3_io_methods shim_methods;

/* A line of the log: this, the path, then the bytes written. */
enum change { WRITE, TRUNCATE, CREATE, DELETE, SYNC, SYNC_FOLDER };
struct entry {
	int64_t type, path, offset, size; /* path: how long it is */
};

/* Append to the log, if there is one and path is not NULL. */
void shim_log(enum change, const char *path, int64_t offset,
    const void *bytes, int64_t size);

#endif
