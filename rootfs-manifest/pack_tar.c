// SPDX-License-Identifier: MIT
#include "rootfs-manifest/pack_tar.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "rootfs-manifest/artefact.h"

/* One archive being written. */
struct tar {
	struct archive *archive;
	const char *folder;
	struct error *err;
};

static bool write_bytes(struct tar *tar, const struct content *item)
{
	char path[PATH_MAX];
	static char block[65536];
	if (snprintf(path, sizeof(path), "%s/%s", tar->folder, item->path) >= PATH_MAX) {
		return fail(tar->err, "%s: the path is too long", item->path);
	}
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0) {
		return fail(tar->err, "%s: %s", path, strerror(errno));
	}
	size_t total = 0;
	ssize_t size;
	while ((size = read(fd, block, sizeof(block))) > 0 &&
		archive_write_data(tar->archive, block, (size_t)size) == size) {
		total += (size_t)size;
	}
	close(fd);
	return total == item->size ||
	       fail(tar->err, "%s: it changed, or cannot be written: %s", path,
		       archive_errno(tar->archive) != 0 ? archive_error_string(tar->archive)
							: "another size");
}

static void describe(struct archive_entry *entry, const struct content *item)
{
	archive_entry_set_pathname(entry, item->path);
	archive_entry_set_uid(entry, 0);
	archive_entry_set_gid(entry, 0);
	archive_entry_set_uname(entry, "root");
	archive_entry_set_gname(entry, "root");
	archive_entry_set_mtime(entry, 0, 0);
	archive_entry_set_perm(entry, item->kind == ENTRY_LINK ? 0777 : item->mode);
	switch (item->kind) {
	case ENTRY_FOLDER:
		archive_entry_set_filetype(entry, AE_IFDIR);
		break;
	case ENTRY_LINK:
		archive_entry_set_filetype(entry, AE_IFLNK);
		archive_entry_set_symlink(entry, item->target);
		break;
	case ENTRY_FILE:
		archive_entry_set_filetype(entry, AE_IFREG);
		archive_entry_set_size(entry, (la_int64_t)item->size);
		break;
	}
}

static bool write_item(struct tar *tar, const struct content *item)
{
	struct archive_entry *entry = mem_need(archive_entry_new());
	describe(entry, item);
	bool ok = archive_write_header(tar->archive, entry) == ARCHIVE_OK ||
		  fail(tar->err, "%s: %s", item->path, archive_error_string(tar->archive));
	archive_entry_free(entry);
	return ok && (item->kind != ENTRY_FILE || write_bytes(tar, item));
}

bool tar_write(
	const struct contents *contents, const char *folder, const char *path, struct error *err)
{
	struct tar tar = {mem_need(archive_write_new()), folder, err};
	bool ok = archive_write_set_format_pax_restricted(tar.archive) == ARCHIVE_OK &&
		  archive_write_open_filename(tar.archive, path) == ARCHIVE_OK;
	ok = ok || fail(err, "%s: %s", path, archive_error_string(tar.archive));
	for (size_t i = 0; ok && i < contents->count; i++) {
		ok = write_item(&tar, &contents->items[i]);
	}
	if (ok && archive_write_close(tar.archive) != ARCHIVE_OK) {
		ok = fail(err, "%s: %s", path, archive_error_string(tar.archive));
	}
	archive_write_free(tar.archive);
	return ok;
}

bool artefact_write_tar(const struct artefact_source *source, const char *part,
	struct artefact_verity *ret_verity, struct error *err)
{
	(void)ret_verity;
	return tar_write(source->contents, source->work->tree_path, part, err);
}
