// SPDX-License-Identifier: MIT
#include "rootfs-manifest/emit.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/memory.h"

/* Folders that hold something kept, but are not declared themselves. */
static bool make_parents(int root, const char *path, struct error *err)
{
	char partial[PATH_MAX];
	snprintf(partial, sizeof(partial), "%s", path);
	for (char *slash = strchr(partial, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdirat(root, partial, 0755) == 0) {
			fchmodat(root, partial, 0755, 0);
		} else if (errno != EEXIST) {
			return fail(err, "%s: %s", partial, strerror(errno));
		}
		*slash = '/';
	}
	return true;
}

static bool write_all(int fd, const char *data, size_t size)
{
	while (size != 0) {
		ssize_t written = write(fd, data, size);
		if (written < 0) {
			return false;
		}
		data += written;
		size -= (size_t)written;
	}
	return true;
}

static bool copy_origin(int fd, const struct entry *entry)
{
	int from = open(entry->origin, O_RDONLY | O_CLOEXEC);
	if (from < 0) {
		return false;
	}
	char block[65536];
	ssize_t size;
	bool ok = true;
	while (ok && (size = read(from, block, sizeof(block))) != 0) {
		ok = size > 0 && write_all(fd, block, (size_t)size);
	}
	int reason = errno;
	close(from);
	errno = reason;
	return ok;
}

static bool emit_file(int root, const struct entry *entry, struct error *err)
{
	int fd = openat(
		root, entry->path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	bool ok = fd >= 0;
	if (ok) {
		ok = entry->content != NULL ? write_all(fd, entry->content, entry->size)
					    : copy_origin(fd, entry);
		ok = ok && fchmod(fd, entry->mode & 0777) == 0;
		ok = close(fd) == 0 && ok;
	}
	return ok || fail(err, "%s: cannot be written: %s", entry->path, strerror(errno));
}

static bool emit_folder(int root, const struct entry *entry, struct error *err)
{
	bool ok = (mkdirat(root, entry->path, 0755) == 0 || errno == EEXIST) &&
		  fchmodat(root, entry->path, entry->mode & 01777, 0) == 0;
	return ok || fail(err, "%s: cannot be made: %s", entry->path, strerror(errno));
}

static bool emit_entry(int root, const struct entry *entry, struct error *err)
{
	if (!make_parents(root, entry->path, err)) {
		return false;
	}
	switch (entry->kind) {
	case ENTRY_FOLDER:
		return emit_folder(root, entry, err);
	case ENTRY_LINK:
		return symlinkat(entry->target, root, entry->path) == 0 ||
		       fail(err, "%s: cannot be linked: %s", entry->path, strerror(errno));
	case ENTRY_FILE:
		return emit_file(root, entry, err);
	}
	return false;
}

static bool emit_entries(
	const struct tree *tree, const char *part, struct emit_result *result, struct error *err)
{
	int root = open(part, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (root < 0) {
		return fail(err, "%s: %s", part, strerror(errno));
	}
	bool ok = true;
	for (size_t i = 0; ok && i < tree->count; i++) {
		const struct entry *entry = &tree->items[i];
		if (entry->kept) {
			ok = emit_entry(root, entry, err);
			result->files += entry->kind != ENTRY_FOLDER;
			result->bytes += entry->size;
		}
	}
	close(root);
	return ok;
}

bool emit_tree(const struct tree *tree, const char *path, emit_trial trial, const void *data,
	struct emit_result *ret_result, struct error *err)
{
	struct emit_result result = {0};
	char *part = disk_part_name(path);
	bool ok = disk_make_dirs(part, err) && chmod(part, 0755) == 0 &&
		  emit_entries(tree, part, &result, err) && trial(data, part, err) &&
		  disk_replace(part, path, err);
	if (ok) {
		*ret_result = result;
	} else {
		struct error ignored;
		disk_remove(part, &ignored);
	}
	free(part);
	return ok;
}
