// SPDX-License-Identifier: MIT
#include "rootfs-manifest/contents.h"

#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rootfs-manifest/disk.h"

static bool scan_link(const FTSENT *found, struct content *item, struct error *err)
{
	char target[PATH_MAX];
	ssize_t size = readlink(found->fts_accpath, target, sizeof(target));
	if (size <= 0 || (size_t)size >= sizeof(target)) {
		return fail(err, "%s: cannot be read", found->fts_path);
	}
	item->kind = ENTRY_LINK;
	item->target = mem_print("%.*s", (int)size, target);
	return true;
}

/* A walk over one folder. */
struct scan {
	struct contents *contents;
	size_t skip; // of each path
	uint64_t mount;
};

/* Which mount a path is on. Not which device: a folder may be bound from the same one. */
static uint64_t mount_of(const char *path, int flags)
{
	struct statx stx = {0};
	return statx(AT_FDCWD, path, flags, STATX_MNT_ID, &stx) == 0 ? stx.stx_mnt_id : 0;
}

static bool scan_one(void *data, FTS *walk, FTSENT *found, struct error *err)
{
	const struct scan *scan = data;
	const struct stat *st = found->fts_statp;
	struct contents *contents = scan->contents;
	struct content item = {.mode = st->st_mode & 07777,
		.uid = (long)st->st_uid,
		.gid = (long)st->st_gid,
		.mounted = mount_of(found->fts_accpath, AT_SYMLINK_NOFOLLOW) != scan->mount};
	if (contents->count == CONTENTS_FILES_MAX) {
		return fail(err, "%s: more than %d files", found->fts_path, CONTENTS_FILES_MAX);
	}
	if (S_ISDIR(st->st_mode)) {
		item.kind = ENTRY_FOLDER;
	} else if (S_ISLNK(st->st_mode)) {
		if (!scan_link(found, &item, err)) {
			return false;
		}
	} else if (S_ISREG(st->st_mode)) {
		item.kind = ENTRY_FILE;
		item.size = (size_t)st->st_size;
		if (!digest_file(found->fts_accpath, item.sha256, err)) {
			return false;
		}
	} else {
		return fail(err, "%s: neither file, folder nor link", found->fts_path);
	}
	item.path = mem_copy(found->fts_path + scan->skip);
	contents_add(contents, item);
	// What is mounted on a running image is not part of it.
	if (item.mounted) {
		fts_set(walk, found, FTS_SKIP);
	}
	return true;
}

bool contents_scan(const char *folder, struct contents *contents, struct error *err)
{
	struct scan scan = {
		.contents = contents, .skip = strlen(folder) + 1, .mount = mount_of(folder, 0)};
	bool ok = disk_walk(folder, FTS_COMFOLLOW, scan_one, &scan, err);
	contents_sort(contents);
	return ok;
}
