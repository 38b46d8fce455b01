// SPDX-License-Identifier: MIT
#include "rootfs-manifest/commands.h"

#include <stdio.h>
#include <string.h>

#include "rootfs-manifest/cache_archive.h"
#include "rootfs-manifest/command.h"

static bool export(const struct work *work, const char *path, struct error *err)
{
	struct lock lock;
	struct strings gone = {0};
	if (!work_read_chosen_lock(work, &lock, err)) {
		return false;
	}
	bool ok = work_download(work, &lock, &gone, err) &&
		  cache_export(work->cache, &lock, path, err);
	if (ok) {
		fprintf(stderr, "sill cache: %zu packages in %s\n", lock.count, path);
	}
	strings_finish(&gone);
	lock_finish(&lock);
	return ok;
}

static bool import(const struct work *work, const char *path, struct error *err)
{
	size_t count;
	if (!cache_import(work->cache, path, &count, err)) {
		return false;
	}
	fprintf(stderr, "sill cache: %zu packages from %s\n", count, path);
	return true;
}

static bool move(const struct work *work, struct error *err)
{
	const char *what = work->options.subjects[0], *path = work->options.subjects[1];
	if (strcmp(what, "export") == 0) {
		return export(work, path, err);
	}
	return strcmp(what, "import") == 0
		       ? import(work, path, err)
		       : fail_input(err, "'%s' is neither export nor import", what);
}

int cmd_cache(int argc, char **argv)
{
	return command_run(COMMAND_CACHE, argc, argv, move);
}
