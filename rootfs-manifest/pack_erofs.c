// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rootfs-manifest/artefact.h"
#include "rootfs-manifest/memory.h"
#include "rootfs-manifest/process.h"
#include "rootfs-manifest/verity.h"

/*
 * No time, no owner, no extended attribute of the machine it is made on goes into the image;
 * SOURCE_DATE_EPOCH would go before -T.
 */
static bool run_mkfs(const struct work *work, const char *part, struct error *err)
{
	const char *program = getenv("SILL_MKFS_EROFS");
	const char *compression = work->manifest.pack.compression;
	char method[64], cluster[64];
	snprintf(method, sizeof(method), strcmp(compression, "lz4hc") == 0 ? "-z%s,%ld" : "-z%s",
		compression, work->manifest.pack.level);
	snprintf(cluster, sizeof(cluster), "-C%ld", work->manifest.pack.cluster);
	const char *argv[20] = {"env", "-u", "SOURCE_DATE_EPOCH"};
	size_t count = 3;
	argv[count++] = program != NULL && program[0] != '\0' ? program : "mkfs.erofs";
	if (strcmp(compression, "none") != 0) {
		argv[count++] = method;
		argv[count++] = cluster;
	}
	argv[count++] = "-T0";
	argv[count++] = "--all-time";
	argv[count++] = "--all-root";
	// Labels are the only extended attributes there may be.
	char *contexts = mem_print("--file-contexts=%s",
		work->manifest.selinux.contexts != NULL ? work->manifest.selinux.contexts : "");
	argv[count++] = work->manifest.selinux.contexts != NULL ? contexts : "-x-1";
	argv[count++] = "-U";
	argv[count++] = work->manifest.pack.uuid;
	argv[count++] = part;
	argv[count++] = work->tree_path;
	argv[count] = NULL;
	bool ok = process_run(argv, err);
	free(contexts);
	return ok;
}

/* The file system ends with a whole block, and nobody who mounts it minds the tree behind that. */
bool artefact_write_erofs(const struct artefact_source *source, const char *part,
	struct artefact_verity *ret_verity, struct error *err)
{
	const struct work *work = source->work;
	return run_mkfs(work, part, err) &&
	       verity_append(part, work->manifest.pack.uuid, &ret_verity->data_blocks,
		       ret_verity->root, err);
}
