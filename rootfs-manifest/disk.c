// SPDX-License-Identifier: MIT
#include "rootfs-manifest/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define WALK_FDS 32

bool disk_read(const char *path, size_t most, struct buffer *ret, struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		return fail_input(err, "%s: %s", path, strerror(errno));
	}
	struct buffer text = {0};
	buffer_add(&text, "", 0);
	char block[65536];
	ssize_t size;
	while ((size = read(fd, block, sizeof(block))) > 0 && text.size <= most) {
		buffer_add(&text, block, (size_t)size);
	}
	int reason = errno;
	close(fd);
	if (size < 0 || text.size > most) {
		buffer_finish(&text);
		return size < 0 ? fail(err, "%s: %s", path, strerror(reason))
				: fail_input(err, "%s: larger than %zu bytes", path, most);
	}
	*ret = text;
	return true;
}

bool disk_write(const char *path, const void *data, size_t size, struct error *err)
{
	char *part = disk_part_name(path);
	FILE *file = fopen(part, "wxe");
	bool ok = file != NULL;
	if (ok) {
		ok = fwrite(data, 1, size, file) == size;
		ok = fclose(file) == 0 && ok;
	}
	if (!ok || rename(part, path) < 0) {
		fail(err, "%s: %s", path, strerror(errno));
		unlink(part);
		ok = false;
	}
	free(part);
	return ok;
}

bool disk_make_dirs(const char *path, struct error *err)
{
	char *partial = mem_copy(path);
	bool ok = true;
	for (char *slash = strchr(partial + 1, '/'); ok; slash = strchr(slash + 1, '/')) {
		if (slash != NULL) {
			*slash = '\0';
		}
		if (mkdir(partial, 0777) < 0 && errno != EEXIST) {
			ok = fail(err, "%s: %s", partial, strerror(errno));
		}
		if (slash == NULL) {
			break;
		}
		*slash = '/';
	}
	free(partial);
	return ok;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)st;
	(void)type;
	(void)where;
	return remove(path);
}

bool disk_remove(const char *path, struct error *err)
{
	if (nftw(path, remove_one, WALK_FDS, FTW_DEPTH | FTW_PHYS | FTW_MOUNT) < 0 &&
		errno != ENOENT) {
		return fail(err, "%s: cannot be removed: %s", path, strerror(errno));
	}
	return true;
}

bool disk_replace(const char *part, const char *path, struct error *err)
{
	if (renameat2(AT_FDCWD, part, AT_FDCWD, path, RENAME_EXCHANGE) == 0) {
		return disk_remove(part, err);
	}
	return rename(part, path) == 0 || fail(err, "%s: %s", path, strerror(errno));
}

bool disk_exists(const char *path)
{
	struct stat st;
	return lstat(path, &st) == 0;
}

bool disk_walk(const char *folder, int options, disk_visit visit, void *data, struct error *err)
{
	char *const roots[] = {(char *)folder, NULL};
	FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR | options, NULL);
	if (walk == NULL) {
		return fail(err, "%s: %s", folder, strerror(errno));
	}
	bool ok = true;
	FTSENT *found;
	while (ok && (found = fts_read(walk)) != NULL) {
		if (found->fts_info == FTS_DNR || found->fts_info == FTS_ERR ||
			found->fts_info == FTS_NS) {
			ok = fail(err, "%s: %s", found->fts_path, strerror(found->fts_errno));
		} else if (found->fts_info != FTS_DP && found->fts_level > 0) {
			ok = visit(data, walk, found, err);
		}
	}
	fts_close(walk);
	return ok;
}

char *disk_folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	if (slash == NULL) {
		return mem_copy(".");
	}
	return slash == path ? mem_copy("/") : mem_print("%.*s", (int)(slash - path), path);
}

char *disk_beside(const char *path, const char *name)
{
	const char *slash = strrchr(path, '/');
	if (name[0] == '/' || slash == NULL) {
		return mem_copy(name);
	}
	return mem_print("%.*s/%s", (int)(slash - path), path, name);
}

char *disk_part_name(const char *path)
{
	// Not the process id: builds in different pid namespaces may share a cache.
	unsigned long long number = 0;
	if (getrandom(&number, sizeof(number), 0) != sizeof(number)) {
		number = (unsigned long long)getpid();
	}
	return mem_print("%s.part-%016llx", path, number);
}

void disk_remove_parts(const char *path)
{
	char *pattern = mem_print("%s.part-*", path);
	glob_t found = {0};
	struct error ignored; // it will be tried again by the next build
	glob(pattern, 0, NULL, &found);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		disk_remove(found.gl_pathv[i], &ignored);
	}
	globfree(&found);
	free(pattern);
}
