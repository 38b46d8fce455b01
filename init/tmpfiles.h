// SPDX-License-Identifier: MIT
#ifndef INIT_TMPFILES_H
#define INIT_TMPFILES_H

#include "init/diag.h"
#include "init/tmpfiles_line.h"
#include "init/users.h"

#define TMPFILES_SIZE_MAX 16384
#define TMPFILES_ENTRIES_MAX 64

struct tmpfiles_entry {
	struct tmpfiles_line line;
	struct position at;
	struct identity owner;
};

/* A file in the syntax of tmpfiles.d(5). */
struct tmpfiles {
	const char *path;
	char text[TMPFILES_SIZE_MAX];
	struct tmpfiles_entry entries[TMPFILES_ENTRIES_MAX];
	size_t count;
};

/* Reads the file at `path`; every fault is added to `diags`. One that is not there is fine. */
void tmpfiles_load(
	struct tmpfiles *tmpfiles, const char *path, struct users *users, struct diag_list *diags);

/* Makes what the loaded file names; what cannot be made is logged and left out. */
void tmpfiles_apply(const struct tmpfiles *tmpfiles);

#endif
