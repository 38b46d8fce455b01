// SPDX-License-Identifier: MIT
#include "rootfs-manifest/cache.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/memory.h"

static bool is_set(const char *value)
{
	return value != NULL && value[0] != '\0';
}

char *cache_folder(void)
{
	const char *own = getenv("SILL_CACHE");
	const char *shared = getenv("XDG_CACHE_HOME");
	const char *home = getenv("HOME");
	if (is_set(own)) {
		return mem_copy(own);
	}
	if (is_set(shared)) {
		return mem_print("%s/sill", shared);
	}
	return mem_print("%s/.cache/sill", is_set(home) ? home : "/tmp");
}

bool cache_path(const char *folder, const char *sha256, char **ret_path, struct error *err)
{
	char *pool = mem_print("%s/pool/sha256/%.2s", folder, sha256);
	bool ok = disk_make_dirs(pool, err);
	if (ok) {
		*ret_path = mem_print("%s/%s", pool, sha256);
	}
	free(pool);
	return ok;
}

bool cache_has(const char *path, long size)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && st.st_size == size;
}
