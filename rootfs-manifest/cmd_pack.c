// SPDX-License-Identifier: MIT
#include "rootfs-manifest/commands.h"

#include <stdlib.h>
#include <unistd.h>

#include "rootfs-manifest/command.h"
#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/pack.h"
#include "rootfs-manifest/stamp.h"

static bool pack_locked(const struct work *work, const char *stamp_path, struct error *err)
{
	char inputs[DIGEST_SIZE];
	struct pack_result result;
	int fd = work_lock_output(work, err);
	bool ok =
		fd >= 0 && stamp_read(stamp_path, inputs, err) && pack(work, inputs, &result, err);
	if (fd >= 0) {
		close(fd);
	}
	return ok;
}

static bool pack_tree(const struct work *work, struct error *err)
{
	char *stamp_path = mem_print("%s.inputs", work->tree_path);
	bool ok = disk_exists(work->tree_path) && disk_exists(stamp_path);
	ok = ok || fail_input(err, "%s: no assembled tree: run sill assemble", work->tree_path);
	ok = ok && pack_locked(work, stamp_path, err);
	free(stamp_path);
	return ok;
}

int cmd_pack(int argc, char **argv)
{
	return command_run(COMMAND_PACK, argc, argv, pack_tree);
}
