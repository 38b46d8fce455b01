// SPDX-License-Identifier: MIT
#include "init/users.h"

#include <linux/capability.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "init/log.h"
#include "init/text_file.h"

static const char all_ids[] = "0 0 4294967295";

static void load(const char *path, char *to, size_t size, const char *fallback)
{
	if (text_file_read(path, to, size) < 0) {
		memcpy(to, fallback, strlen(fallback) + 1);
	}
}

static bool has_capabilities(void)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[2];
	const unsigned wanted = 1U << CAP_SETUID | 1U << CAP_SETGID | 1U << CAP_CHOWN;
	return syscall(SYS_capget, &header, data) == 0 && (data[0].effective & wanted) == wanted;
}

/* Not one made for a container: its inode, PROC_USER_INIT_INO, is part of the kernel's interface.
 */
static bool is_machines_namespace(void)
{
	struct stat info;
	return stat("/proc/self/ns/user", &info) == 0 && info.st_ino == 0xEFFFFFFDU;
}

static void load_namespace(struct users *users)
{
	char setgroups[16] = "allow";
	if (is_machines_namespace()) {
		memcpy(users->uid_map, all_ids, sizeof(all_ids));
		memcpy(users->gid_map, all_ids, sizeof(all_ids));
	} else {
		load("/proc/self/uid_map", users->uid_map, sizeof(users->uid_map), all_ids);
		load("/proc/self/gid_map", users->gid_map, sizeof(users->gid_map), all_ids);
		/* One that was made without privileges forbids setgroups(2), and so any switch. */
		load("/proc/self/setgroups", setgroups, sizeof(setgroups), "allow");
	}
	users->can_switch = has_capabilities() && strncmp(setgroups, "deny", 4) != 0;
}

static void load_once(struct users *users)
{
	if (!users->is_loaded) {
		users->is_loaded = true;
		load("/etc/passwd", users->passwd, sizeof(users->passwd), "");
		load("/etc/group", users->group, sizeof(users->group), "");
		load_namespace(users);
	}
}

static void tell_once(struct users *users, const char *name, const char *why)
{
	if (!users->is_told) {
		users->is_told = true;
		log_say("cannot become user %s (%s): what belongs to another user runs as uid %u",
			name, why, (unsigned)geteuid());
	}
}

/* Whether every id of it exists here; the groups that do not are left out. */
static bool is_mapped(const struct users *users, struct identity *identity)
{
	size_t kept = 0;
	for (size_t i = 0; i < identity->group_count; i++) {
		if (account_is_mapped(users->gid_map, identity->groups[i])) {
			identity->groups[kept++] = identity->groups[i];
		}
	}
	identity->group_count = kept;
	return account_is_mapped(users->uid_map, identity->account.uid) &&
	       account_is_mapped(users->gid_map, identity->account.gid);
}

static bool find(const struct users *users, const struct unit *unit, const struct named *user,
	const struct named *group, struct identity *identity, struct diag_list *diags)
{
	struct account *account = &identity->account;
	*account = (struct account){.uid = geteuid(), .gid = getegid()};
	if (user->text != NULL && !account_find_user(users->passwd, user->text, account)) {
		diag_add(diags, unit->file, user->at, "there is no user %s in /etc/passwd",
			user->text);
		return false;
	}
	if (group->text != NULL && !account_find_group(users->group, group->text, &account->gid)) {
		diag_add(diags, unit->file, group->at, "there is no group %s in /etc/group",
			group->text);
		return false;
	}
	identity->group_count = account_member_groups(
		users->group, account->name, identity->groups, ACCOUNT_GROUPS_MAX);
	return true;
}

bool users_resolve(struct users *users, const struct unit *unit, const struct named *user,
	const struct named *group, struct identity *ret_identity, struct diag_list *diags)
{
	*ret_identity = (struct identity){0};
	if (user->text == NULL && group->text == NULL) {
		return true;
	}
	load_once(users);
	bool is_known =
		find(users, unit, user, group, ret_identity, users->can_switch ? diags : NULL);
	if (!is_known) {
		ret_identity->account.name[0] = '\0';
	}
	if (!is_known && users->can_switch) {
		return false;
	}
	const char *name = user->text != NULL ? user->text : group->text;
	if (is_known && ret_identity->account.uid == geteuid() &&
		ret_identity->account.gid == getegid()) {
		return true;
	}
	if (is_known && !is_mapped(users, ret_identity)) {
		tell_once(users, name, "its uid does not exist in this user namespace");
	} else if (!users->can_switch) {
		tell_once(users, name, "no privileges");
	} else {
		ret_identity->is_switched = true;
	}
	return true;
}
