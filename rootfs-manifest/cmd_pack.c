// SPDX-License-Identifier: MIT
#include "rootfs-manifest/commands.h"

#include <stdlib.h>

#include "rootfs-manifest/command.h"
#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/pack.h"
#include "rootfs-manifest/stamp.h"

static bool pack_tree(const struct work *work, struct error *err)
{
	char inputs[DIGEST_SIZE];
	struct pack_result result;
	char *stamp_path = mem_print("%s.inputs", work->tree_path);
	bool ok = disk_exists(work->tree_path) && disk_exists(stamp_path);
	ok = ok || fail_input(err, "%s: no assembled tree: run sill assemble", work->tree_path);
	ok = ok && stamp_read(stamp_path, inputs, err) && pack(work, inputs, &result, err);
	free(stamp_path);
	return ok;
}

int cmd_pack(int argc, char **argv)
{
	return command_run(COMMAND_PACK, argc, argv, pack_tree);
}
