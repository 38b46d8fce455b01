// SPDX-License-Identifier: MIT
#ifndef INIT_FILTERS_GROUPS_H
#define INIT_FILTERS_GROUPS_H

#include <stdbool.h>

/* The file of the groups of system calls, as text. */
struct groups {
	char *text;
};

/* False, reported: it cannot be read. */
bool groups_load(struct groups *groups, const char *path);
void groups_finish(struct groups *groups);

/*
 * Calls `each` with every system call that `name`, a call's name or a group's, stands for. False:
 * there is no such group, or `each` said so.
 */
bool groups_expand(const struct groups *groups, const char *name,
	bool (*each)(void *data, const char *call), void *data);

#endif
