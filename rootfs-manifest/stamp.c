// SPDX-License-Identifier: MIT
#include "rootfs-manifest/stamp.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/pattern.h"
#include "rootfs-manifest/rules.h"
#include "rootfs-manifest/tree.h"

#define STAMP_SIZE_MAX 128

void stamp_add(struct stamp *stamp, const char *format, ...)
{
	char line[512];
	va_list args;
	va_start(args, format);
	vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	buffer_print(&stamp->text, "%s\n", line);
}

static bool matches_any(const struct strings *patterns, const char *path)
{
	for (size_t i = 0; patterns != NULL && i < patterns->count; i++) {
		if (pattern_matches(patterns->items[i], path)) {
			return true;
		}
	}
	return patterns == NULL;
}

static bool add_entry(struct stamp *stamp, const struct entry *entry, struct error *err)
{
	char sha256[DIGEST_SIZE] = "";
	if (entry->kind == ENTRY_FILE && !digest_file(entry->origin, sha256, err)) {
		return false;
	}
	buffer_print(&stamp->text, "%d %o %s %s %s\n", (int)entry->kind, entry->mode, entry->path,
		sha256, entry->target != NULL ? entry->target : "");
	return true;
}

static bool add_folder(
	struct stamp *stamp, const char *folder, const struct strings *patterns, struct error *err)
{
	struct tree tree = {0};
	bool ok = tree_scan(&tree, folder, err);
	tree_sort(&tree);
	for (size_t i = 0; ok && i < tree.count; i++) {
		if (matches_any(patterns, tree.items[i].path)) {
			ok = add_entry(stamp, &tree.items[i], err);
		}
	}
	tree_finish(&tree);
	return ok;
}

bool stamp_add_path(struct stamp *stamp, const char *path, struct error *err)
{
	struct stat st;
	char sha256[DIGEST_SIZE];
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
		return add_folder(stamp, path, NULL, err);
	}
	if (!digest_file(path, sha256, err)) {
		return false;
	}
	stamp_add(stamp, "file %s", sha256);
	return true;
}

bool stamp_add_own(
	struct stamp *stamp, const char *folder, const struct strings *patterns, struct error *err)
{
	return add_folder(stamp, folder, patterns, err);
}

void stamp_end(struct stamp *stamp, char ret_hex[static DIGEST_SIZE])
{
	digest_bytes(stamp->text.data != NULL ? stamp->text.data : "", stamp->text.size, ret_hex);
	buffer_finish(&stamp->text);
}

bool stamp_read(const char *path, char ret_hex[static DIGEST_SIZE], struct error *err)
{
	struct buffer text;
	if (!disk_read(path, STAMP_SIZE_MAX, &text, err)) {
		return false;
	}
	text.data[strcspn(text.data, "\n")] = '\0';
	bool ok = rule_sha256(text.data) == NULL || fail(err, "%s: not a hash", path);
	if (ok) {
		memcpy(ret_hex, text.data, DIGEST_SIZE);
	}
	buffer_finish(&text);
	return ok;
}

bool stamp_matches(const char *path, const char *hex)
{
	char found[DIGEST_SIZE];
	struct error ignored;
	return stamp_read(path, found, &ignored) && strcmp(found, hex) == 0;
}

bool stamp_write(const char *path, const char *hex, struct error *err)
{
	char *line = mem_print("%s\n", hex);
	bool ok = disk_write(path, line, strlen(line), err);
	free(line);
	return ok;
}
