// SPDX-License-Identifier: MIT
#include "rootfs-manifest/commands.h"

#include "rootfs-manifest/assemble.h"
#include "rootfs-manifest/command.h"
#include "rootfs-manifest/download.h"

static bool assemble_lock(const struct work *work, struct error *err)
{
	struct lock lock;
	struct strings gone = {0};
	struct assemble_result result;
	const char *path = work->options.lock != NULL ? work->options.lock : work->lock_path;
	if (!work_check_own(work, err) || !work_read_lock(work, path, &lock, err)) {
		return false;
	}
	bool ok = download_packages(&lock, work->cache, work->options.mirror, &gone, err) &&
		  assemble(work, &lock, &result, err);
	strings_finish(&gone);
	lock_finish(&lock);
	return ok;
}

int cmd_assemble(int argc, char **argv)
{
	return command_run(COMMAND_ASSEMBLE, argc, argv, assemble_lock);
}
