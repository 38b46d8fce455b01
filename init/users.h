// SPDX-License-Identifier: MIT
#ifndef INIT_USERS_H
#define INIT_USERS_H

#include "init/accounts.h"
#include "init/unit.h"

/* What init knows of users and may do with them; read when first needed, no name service. */
struct users {
	bool is_loaded;
	bool can_switch; // has the capabilities to change ids and owners
	bool is_told; // that something runs as ourselves instead
	char passwd[ACCOUNT_FILE_MAX];
	char group[ACCOUNT_FILE_MAX];
	char uid_map[ACCOUNT_FILE_MAX / 8];
	char gid_map[ACCOUNT_FILE_MAX / 8];
};

/* Whom a service runs as. */
struct identity {
	bool is_switched; // else it keeps init's own ids
	struct account account; // name is empty when none is known
	gid_t groups[ACCOUNT_GROUPS_MAX];
	size_t group_count;
};

/*
 * The identity for User= and Group=; `users` is zeroes at first. Where init cannot become that user
 * the identity is init's own, said once. A name that does not exist is a fault of the unit when it
 * could be switched to.
 */
bool users_resolve(struct users *users, const struct unit *unit, const struct named *user,
	const struct named *group, struct identity *ret_identity, struct diag_list *diags);

#endif
