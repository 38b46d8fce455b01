// SPDX-License-Identifier: MIT
#include "rootfs-manifest/commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rootfs-manifest/command.h"
#include "rootfs-manifest/disk.h"

/* Says what changes where there was a lock before. */
static void print_changes(const struct lock *before, const struct lock *lock)
{
	struct buffer changes = {0};
	lock_describe_changes(before, lock, &changes);
	fputs(changes.data != NULL ? changes.data : "nothing changed\n", stderr);
	buffer_finish(&changes);
}

/* The packages that --update names, each of which must be locked. */
static bool read_update(
	const struct lock *before, const char *names, struct strings *ret_update, struct error *err)
{
	bool ok = true;
	while (ok && *names != '\0') {
		size_t size = strcspn(names, ",");
		char *name = mem_print("%.*s", (int)size, names);
		ok = lock_find(before, name) != NULL ||
		     fail_input(err, "--update: '%s' is not in the lock", name);
		strings_add(ret_update, name);
		free(name);
		names += size + (names[size] == ',');
	}
	return ok;
}

static bool choose(
	const struct work *work, const struct lock *before, struct lock *lock, struct error *err)
{
	struct strings update = {0};
	const char *names = work->options.update;
	bool is_all = names != NULL && names[0] == '\0';
	bool ok = names == NULL || read_update(before, names, &update, err);
	const struct lock *held = before->count != 0 && !is_all ? before : NULL;
	ok = ok && work_solve(work, held, &update, lock, err);
	strings_finish(&update);
	return ok;
}

/* A lock that cannot be read is simply replaced. */
static bool write_lock(const struct work *work, struct error *err)
{
	struct lock before = {0}, lock;
	struct error ignored;
	const char *path = work->options.output != NULL ? work->options.output : work->lock_path;
	bool had = disk_exists(path) && work_read_lock(work, path, &before, &ignored);
	bool ok = choose(work, &before, &lock, err);
	if (ok && had) {
		print_changes(&before, &lock);
	}
	lock_finish(&before);
	if (!ok) {
		return false;
	}
	ok = work_write_lock(&lock, path, err);
	if (ok) {
		fprintf(stderr, "sill lock: %zu packages in %s\n", lock.count, path);
	}
	lock_finish(&lock);
	return ok;
}

int cmd_lock(int argc, char **argv)
{
	return command_run(COMMAND_LOCK, argc, argv, write_lock);
}
