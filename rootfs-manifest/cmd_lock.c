// SPDX-License-Identifier: MIT
#include "rootfs-manifest/commands.h"

#include <stdio.h>

#include "rootfs-manifest/command.h"
#include "rootfs-manifest/disk.h"

/* Says what changes where there was a lock before; a broken one is simply replaced. */
static void print_changes(const struct work *work, const char *path, const struct lock *lock)
{
	struct lock before;
	struct error ignored;
	if (!disk_exists(path) || !work_read_lock(work, path, &before, &ignored)) {
		return;
	}
	struct buffer changes = {0};
	lock_describe_changes(&before, lock, &changes);
	fputs(changes.data != NULL ? changes.data : "nothing changed\n", stderr);
	buffer_finish(&changes);
	lock_finish(&before);
}

static bool write_lock(const struct work *work, struct error *err)
{
	struct lock lock;
	const char *path = work->options.output != NULL ? work->options.output : work->lock_path;
	if (!work_solve(work, &lock, err)) {
		return false;
	}
	print_changes(work, path, &lock);
	bool ok = work_write_lock(&lock, path, err);
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
