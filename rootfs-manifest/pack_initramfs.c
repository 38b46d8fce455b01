// SPDX-License-Identifier: MIT
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rootfs-manifest/artefact.h"
#include "rootfs-manifest/disk.h"

#define BOOT "boot/"
#define STATE "var/" // the packages' list is the tree's; in the machine this is the image's /var
#define KERNEL "boot/vmlinuz-"
#define MODULE ".ko.xz"
#define FILE_SIZE_MAX (64 * 1024 * 1024)

static bool starts_with(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

static bool is_module(const char *path)
{
	size_t size = strlen(path);
	return size > strlen(MODULE) && strcmp(path + size - strlen(MODULE), MODULE) == 0;
}

/* A module as the kernel wants it: whoever loads them knows no compression. */
static bool decompress(const char *path, struct buffer *out, struct error *err)
{
	struct archive *archive = mem_need(archive_read_new());
	struct archive_entry *entry;
	char block[65536];
	la_ssize_t size = -1;
	bool ok = archive_read_support_format_raw(archive) == ARCHIVE_OK &&
		  archive_read_support_filter_xz(archive) == ARCHIVE_OK &&
		  archive_read_open_filename(archive, path, sizeof(block)) == ARCHIVE_OK &&
		  archive_read_next_header(archive, &entry) == ARCHIVE_OK;
	while (ok && (size = archive_read_data(archive, block, sizeof(block))) > 0) {
		buffer_add(out, block, (size_t)size);
		ok = out->size <= FILE_SIZE_MAX;
	}
	ok = (ok && size == 0) || fail(err, "%s: it cannot be decompressed", path);
	archive_read_free(archive);
	return ok;
}

static bool read_item(
	const char *folder, const struct content *item, struct buffer *out, struct error *err)
{
	char *path = mem_print("%s/%s", folder, item->path);
	bool ok = is_module(item->path) ? decompress(path, out, err)
					: disk_read(path, FILE_SIZE_MAX, out, err);
	free(path);
	return ok;
}

static void describe(struct archive_entry *entry, const struct content *item, size_t size)
{
	char *path = mem_copy(item->path);
	if (item->kind == ENTRY_FILE && is_module(path)) {
		path[strlen(path) - strlen(".xz")] = '\0';
	}
	archive_entry_set_pathname(entry, path);
	archive_entry_set_mtime(entry, 0, 0);
	archive_entry_set_perm(entry, item->kind == ENTRY_LINK ? 0777 : item->mode);
	archive_entry_set_size(entry, (la_int64_t)size);
	archive_entry_set_filetype(entry, item->kind == ENTRY_FOLDER ? AE_IFDIR
					  : item->kind == ENTRY_LINK ? AE_IFLNK
								     : AE_IFREG);
	if (item->kind == ENTRY_LINK) {
		archive_entry_set_symlink(entry, item->target);
	}
	free(path);
}

static bool write_item(
	struct archive *archive, const char *folder, const struct content *item, struct error *err)
{
	struct buffer data = {0};
	if (item->kind == ENTRY_FILE && !read_item(folder, item, &data, err)) {
		buffer_finish(&data);
		return false;
	}
	struct archive_entry *entry = mem_need(archive_entry_new());
	describe(entry, item, data.size);
	bool ok = archive_write_header(archive, entry) == ARCHIVE_OK &&
		  (data.size == 0 || archive_write_data(archive, data.data, data.size) ==
					     (la_ssize_t)data.size);
	ok = ok || fail(err, "%s: %s", item->path, archive_error_string(archive));
	archive_entry_free(entry);
	buffer_finish(&data);
	return ok;
}

/* Not compressed itself: others can then be put behind it, and a slow machine starts sooner. */
bool artefact_write_initramfs(const struct artefact_source *source, const char *part,
	struct artefact_verity *ret_verity, struct error *err)
{
	(void)ret_verity;
	const struct contents *contents = source->contents;
	struct archive *archive = mem_need(archive_write_new());
	bool ok = archive_write_set_format_cpio_newc(archive) == ARCHIVE_OK &&
		  archive_write_open_filename(archive, part) == ARCHIVE_OK;
	ok = ok || fail(err, "%s: %s", part, archive_error_string(archive));
	for (size_t i = 0; ok && i < contents->count; i++) {
		if (!starts_with(contents->items[i].path, BOOT)) {
			ok = write_item(archive, source->work->tree_path, &contents->items[i], err);
		}
	}
	if (ok && archive_write_close(archive) != ARCHIVE_OK) {
		ok = fail(err, "%s: %s", part, archive_error_string(archive));
	}
	archive_write_free(archive);
	return ok;
}

bool artefact_write_kernel(const struct artefact_source *source, const char *part,
	struct artefact_verity *ret_verity, struct error *err)
{
	(void)ret_verity;
	const struct content *kernel = NULL;
	for (size_t i = 0; i < source->contents->count; i++) {
		if (starts_with(source->contents->items[i].path, KERNEL)) {
			kernel = &source->contents->items[i];
		}
	}
	if (kernel == NULL) {
		return fail(err, "there is no " KERNEL "* in the tree to boot");
	}
	struct buffer data = {0};
	bool ok = read_item(source->work->tree_path, kernel, &data, err) &&
		  disk_write(part, data.data, data.size, err);
	buffer_finish(&data);
	return ok;
}
