// SPDX-License-Identifier: MIT
#include "rootfs-manifest/pack.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/memory.h"
#include "rootfs-manifest/process.h"
#include "rootfs-manifest/progress.h"
#include "rootfs-manifest/stamp.h"

// Part of every stamp: raise it when mkfs.erofs is called in another way than before.
#define PACK_VERSION 1

static void stamp_inputs(
	const struct work *work, const char *tree_inputs, char ret_inputs[static DIGEST_SIZE])
{
	struct stamp stamp = {0};
	stamp_add(&stamp, "pack %d tree %s", PACK_VERSION, tree_inputs);
	stamp_add(&stamp, "%s %s %ld %ld %s", work->manifest.pack.format,
		work->manifest.pack.compression, work->manifest.pack.level,
		work->manifest.pack.cluster, work->manifest.pack.uuid);
	stamp_end(&stamp, ret_inputs);
}

/* No time, no owner, no extended attribute of the machine it is made on goes into the image. */
static bool run_mkfs(const struct work *work, const char *part, struct error *err)
{
	const char *program = getenv("SILL_MKFS_EROFS");
	const char *compression = work->manifest.pack.compression;
	char method[64], cluster[64];
	snprintf(method, sizeof(method), strcmp(compression, "lz4hc") == 0 ? "-z%s,%ld" : "-z%s",
		compression, work->manifest.pack.level);
	snprintf(cluster, sizeof(cluster), "-C%ld", work->manifest.pack.cluster);
	const char *argv[16];
	size_t count = 0;
	argv[count++] = program != NULL && program[0] != '\0' ? program : "mkfs.erofs";
	if (strcmp(compression, "none") != 0) {
		argv[count++] = method;
		argv[count++] = cluster;
	}
	argv[count++] = "-T0";
	argv[count++] = "--all-time";
	argv[count++] = "--all-root";
	argv[count++] = "-x-1";
	argv[count++] = "-U";
	argv[count++] = work->manifest.pack.uuid;
	argv[count++] = part;
	argv[count++] = work->tree_path;
	argv[count] = NULL;
	return process_run(argv, err);
}

static bool check_size(
	const struct work *work, const char *part, long *ret_bytes, struct error *err)
{
	struct stat st;
	long most = work->manifest.budget.bytes;
	if (stat(part, &st) < 0) {
		return fail(err, "%s: %s", part, strerror(errno));
	}
	*ret_bytes = (long)st.st_size;
	return most < 0 || *ret_bytes <= most ||
	       fail(err, "the image has %ld bytes: the budget is %ld", *ret_bytes, most);
}

static bool make_image(const struct work *work, const char *stamp_path, const char *inputs,
	long *ret_bytes, struct error *err)
{
	char *part = disk_part_name(work->image_path);
	bool ok = run_mkfs(work, part, err) && check_size(work, part, ret_bytes, err);
	if (ok) {
		unlink(stamp_path);
		ok = rename(part, work->image_path) == 0 ||
		     fail(err, "%s: %s", work->image_path, strerror(errno));
	}
	unlink(part);
	free(part);
	return ok && stamp_write(stamp_path, inputs, err);
}

bool pack(const struct work *work, const char *tree_inputs, struct pack_result *ret_result,
	struct error *err)
{
	struct pack_result result = {0};
	char inputs[DIGEST_SIZE];
	stamp_inputs(work, tree_inputs, inputs);
	char *stamp_path = mem_print("%s.inputs", work->image_path);
	result.unchanged = disk_exists(work->image_path) && stamp_matches(stamp_path, inputs);
	bool ok;
	if (result.unchanged) {
		fputs("sill: pack     unchanged\n", stderr);
		ok = check_size(work, work->image_path, &result.bytes, err);
	} else {
		struct progress progress;
		progress_begin(&progress, "pack", 0, 0);
		ok = make_image(work, stamp_path, inputs, &result.bytes, err);
		if (ok) {
			progress_end(&progress, "%.1f MB in %s", (double)result.bytes / 1e6,
				work->image_path);
		}
	}
	free(stamp_path);
	if (ok) {
		*ret_result = result;
	}
	return ok;
}
