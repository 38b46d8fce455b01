// SPDX-License-Identifier: MIT
#ifndef INIT_ACCOUNTS_H
#define INIT_ACCOUNTS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#define ACCOUNT_FILE_MAX 65536
#define ACCOUNT_NAME_MAX 32
#define ACCOUNT_HOME_MAX 128
#define ACCOUNT_SHELL_MAX 64
#define ACCOUNT_GROUPS_MAX 32

/* A line of passwd(5). */
struct account {
	char name[ACCOUNT_NAME_MAX];
	uid_t uid;
	gid_t gid;
	char home[ACCOUNT_HOME_MAX];
	char shell[ACCOUNT_SHELL_MAX];
};

/* Finds a user by name or number in the text of passwd(5). A bare number need not be listed. */
bool account_find_user(const char *passwd, const char *name, struct account *ret_account);

/* Finds a group by name or number in the text of group(5). */
bool account_find_group(const char *group, const char *name, gid_t *ret_gid);

/* The groups that list `user` as a member; how many. */
size_t account_member_groups(const char *group, const char *user, gid_t *ret_gids, size_t max);

/* Whether `id` exists in a user namespace, from the text of /proc/self/uid_map or gid_map. */
bool account_is_mapped(const char *id_map, unsigned id);

#endif
