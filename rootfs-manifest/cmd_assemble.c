// SPDX-License-Identifier: MIT
#include "rootfs-manifest/commands.h"

#include <unistd.h>

#include "rootfs-manifest/assemble.h"
#include "rootfs-manifest/command.h"

static bool assemble_locked(const struct work *work, const struct lock *lock, struct error *err)
{
	struct assemble_result result;
	int fd = work_lock_output(work, err);
	bool ok = fd >= 0 && assemble(work, lock, &result, err);
	if (fd >= 0) {
		close(fd);
	}
	return ok;
}

static bool follow_lock(const struct work *work, struct error *err)
{
	struct lock lock;
	struct strings gone = {0};
	if (!work_check_own(work, err) || !work_read_chosen_lock(work, &lock, err)) {
		return false;
	}
	bool ok = work_download(work, &lock, &gone, err) && assemble_locked(work, &lock, err);
	strings_finish(&gone);
	lock_finish(&lock);
	return ok;
}

int cmd_assemble(int argc, char **argv)
{
	return command_run(COMMAND_ASSEMBLE, argc, argv, follow_lock);
}
