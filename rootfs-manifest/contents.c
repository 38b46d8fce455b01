// SPDX-License-Identifier: MIT
#include "rootfs-manifest/contents.h"

#include <json-c/json.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rootfs-manifest/canonical.h"
#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/member.h"
#include "rootfs-manifest/rules.h"

#define MODE_MAX 07777
#define PACKAGES_MAX 20000

void contents_add(struct contents *contents, struct content item)
{
	if ((contents->count & (contents->count - 1)) == 0) {
		size_t capacity = contents->count != 0 ? contents->count * 2 : 1;
		contents->items = mem_grow(contents->items, capacity, sizeof(*contents->items));
	}
	contents->items[contents->count++] = item;
}

void contents_add_package(struct contents *contents, struct source_package package)
{
	if ((contents->package_count & (contents->package_count - 1)) == 0) {
		size_t capacity = contents->package_count != 0 ? contents->package_count * 2 : 1;
		contents->packages =
			mem_grow(contents->packages, capacity, sizeof(*contents->packages));
	}
	contents->packages[contents->package_count++] = package;
}

static int compare_items(const void *a, const void *b)
{
	return strcmp(((const struct content *)a)->path, ((const struct content *)b)->path);
}

void contents_sort(struct contents *contents)
{
	if (contents->count != 0) {
		qsort(contents->items, contents->count, sizeof(*contents->items), compare_items);
	}
}

static int compare_path(const void *path, const void *item)
{
	return strcmp(path, ((const struct content *)item)->path);
}

const struct content *contents_find(const struct contents *contents, const char *path)
{
	return contents->count == 0 ? NULL
				    : bsearch(path, contents->items, contents->count,
					      sizeof(*contents->items), compare_path);
}

static int compare_name(const void *name, const void *package)
{
	return strcmp(name, ((const struct source_package *)package)->name);
}

const struct source_package *contents_package(const struct contents *contents, const char *name)
{
	return contents->package_count == 0
		       ? NULL
		       : bsearch(name, contents->packages, contents->package_count,
				 sizeof(*contents->packages), compare_name);
}

size_t contents_bytes(const struct contents *contents)
{
	size_t bytes = 0;
	for (size_t i = 0; i < contents->count; i++) {
		bytes += contents->items[i].size;
	}
	return bytes;
}

static struct json_object *item_to_json(const struct content *item)
{
	struct json_object *object = json_object_new_object();
	char mode[8];
	member_add_text(object, "path", item->path);
	if (item->kind == ENTRY_LINK) {
		member_add_text(object, "target", item->target);
	} else {
		snprintf(mode, sizeof(mode), "%04o", item->mode & MODE_MAX);
		member_add_text(object, "mode", mode);
	}
	if (item->kind == ENTRY_FILE) {
		member_add_text(object, "sha256", item->sha256);
		member_add_number(object, "size", (long)item->size);
	}
	if (item->package != NULL) {
		member_add_text(object, "package", item->package);
	}
	return object;
}

static struct json_object *package_to_json(const struct source_package *package)
{
	struct json_object *object = json_object_new_object();
	member_add_text(object, "name", package->name);
	member_add_text(object, "version", package->version);
	member_add_text(object, "arch", package->arch);
	member_add_text(object, "source", package->source);
	member_add_text(object, "licence", package->licence);
	if (package->copyright != NULL) {
		member_add_text(object, "copyright", package->copyright);
	}
	member_add_text(object, "sha256", package->sha256);
	return object;
}

void contents_write(const struct contents *contents, struct buffer *out)
{
	struct json_object *root = json_object_new_object();
	struct json_object *files = json_object_new_array();
	struct json_object *packages = json_object_new_array();
	member_add_number(root, "format", CONTENTS_FORMAT);
	member_add_text(root, "name", contents->name);
	member_add_text(root, "arch", contents->arch);
	member_add_text(root, "base", contents->base);
	if (contents->commit != NULL) {
		member_add_text(root, "commit", contents->commit);
	}
	if (contents->lock[0] != '\0') {
		member_add_text(root, "lock", contents->lock);
	}
	for (size_t i = 0; i < contents->package_count; i++) {
		json_object_array_add(packages, package_to_json(&contents->packages[i]));
	}
	for (size_t i = 0; i < contents->count; i++) {
		json_object_array_add(files, item_to_json(&contents->items[i]));
	}
	json_object_object_add(root, "packages", packages);
	json_object_object_add(root, "files", files);
	canonical_write(root, out);
	json_object_put(root);
}

/* Where a file is read from, and into what. */
struct reading {
	const char *file;
	struct contents *contents;
	struct error *err;
};

static const char *one_line(const char *text)
{
	return text[0] != '\0' && strpbrk(text, "\n\r\t ") == NULL ? NULL : "empty or with spaces";
}

static const char *octal(const char *text)
{
	size_t size = strlen(text);
	return size == 4 && strspn(text, "01234567") == size ? NULL : "not four octal digits";
}

static const char *link_target(const char *text)
{
	return text[0] != '\0' && strlen(text) < PATH_MAX ? NULL : "empty or too long";
}

static bool read_link(struct reading *reading, struct json_object *object, struct content *item)
{
	const char *target;
	if (!member_text(reading->file, object, "target", link_target, &target, reading->err)) {
		return false;
	}
	item->kind = ENTRY_LINK;
	item->mode = 0777;
	item->target = mem_copy(target);
	return true;
}

static bool read_mode(struct reading *reading, struct json_object *object, struct content *item)
{
	const char *mode;
	if (!member_text(reading->file, object, "mode", octal, &mode, reading->err)) {
		return false;
	}
	item->mode = (unsigned)strtoul(mode, NULL, 8);
	return true;
}

static bool read_kind(struct reading *reading, struct json_object *object, struct content *item)
{
	long size = 0;
	if (member_exists(object, "target")) {
		return read_link(reading, object, item);
	}
	if (!read_mode(reading, object, item)) {
		return false;
	}
	if (!member_exists(object, "sha256")) {
		item->kind = ENTRY_FOLDER;
		return true;
	}
	item->kind = ENTRY_FILE;
	bool ok = member_digest(reading->file, object, "sha256", item->sha256, reading->err) &&
		  member_number(reading->file, object, "size", LONG_MAX, &size, reading->err);
	item->size = (size_t)size;
	return ok;
}

static bool read_item(struct reading *reading, struct json_object *object)
{
	struct contents *contents = reading->contents;
	struct content item = {0};
	const char *path, *package = NULL;
	if (!member_text(reading->file, object, "path", rule_pattern, &path, reading->err) ||
		(member_exists(object, "package") && !member_text(reading->file, object, "package",
							     one_line, &package, reading->err))) {
		return false;
	}
	if (contents->count != 0 && strcmp(contents->items[contents->count - 1].path, path) >= 0) {
		return fail_input(reading->err, "%s: %s is not in order", reading->file, path);
	}
	if (!read_kind(reading, object, &item)) {
		free(item.target);
		return false;
	}
	item.path = mem_copy(path);
	item.package = package != NULL ? mem_copy(package) : NULL;
	contents_add(contents, item);
	return true;
}

static bool read_package(struct reading *reading, struct json_object *object)
{
	struct contents *contents = reading->contents;
	const char *name, *version, *arch, *source, *licence, *copyright = NULL;
	struct source_package package = {0};
	const char *file = reading->file;
	struct error *err = reading->err;
	if (!member_text(file, object, "name", one_line, &name, err) ||
		!member_text(file, object, "version", one_line, &version, err) ||
		!member_text(file, object, "arch", one_line, &arch, err) ||
		!member_text(file, object, "source", one_line, &source, err) ||
		!member_text(file, object, "licence", NULL, &licence, err) ||
		(member_exists(object, "copyright") &&
			!member_text(file, object, "copyright", NULL, &copyright, err)) ||
		!member_digest(file, object, "sha256", package.sha256, err)) {
		return false;
	}
	size_t count = contents->package_count;
	if (count != 0 && strcmp(contents->packages[count - 1].name, name) >= 0) {
		return fail_input(err, "%s: package %s is not in order", file, name);
	}
	package.name = mem_copy(name);
	package.version = mem_copy(version);
	package.arch = mem_copy(arch);
	package.source = mem_copy(source);
	package.licence = mem_copy(licence);
	package.copyright = copyright != NULL ? mem_copy(copyright) : NULL;
	contents_add_package(contents, package);
	return true;
}

static bool read_list(struct reading *reading, struct json_object *root, const char *key,
	size_t most, bool (*read_one)(struct reading *reading, struct json_object *object))
{
	struct json_object *list;
	bool ok = member_list(reading->file, root, key, most, &list, reading->err);
	for (size_t i = 0; ok && i < json_object_array_length(list); i++) {
		ok = read_one(reading, json_object_array_get_idx(list, i));
	}
	return ok;
}

static bool read_head(struct reading *reading, struct json_object *root)
{
	const char *name, *arch, *base, *commit = NULL, *file = reading->file;
	struct contents *contents = reading->contents;
	struct error *err = reading->err;
	long format;
	if (!member_number(file, root, "format", LONG_MAX, &format, err) ||
		!member_text(file, root, "name", rule_word, &name, err) ||
		!member_text(file, root, "arch", one_line, &arch, err) ||
		!member_text(file, root, "base", one_line, &base, err) ||
		(member_exists(root, "commit") &&
			!member_text(file, root, "commit", one_line, &commit, err)) ||
		(member_exists(root, "lock") &&
			!member_digest(file, root, "lock", contents->lock, err))) {
		return false;
	}
	contents->name = mem_copy(name);
	contents->arch = mem_copy(arch);
	contents->base = mem_copy(base);
	contents->commit = commit != NULL ? mem_copy(commit) : NULL;
	return format == CONTENTS_FORMAT ||
	       fail_input(err, "%s: not contents of format %d", file, CONTENTS_FORMAT);
}

bool contents_parse(const char *file, const char *text, size_t size, struct contents *ret_contents,
	struct error *err)
{
	struct json_object *root = member_document(file, text, size, err);
	if (root == NULL) {
		return false;
	}
	struct contents contents = {0};
	struct reading reading = {file, &contents, err};
	bool ok = read_head(&reading, root) &&
		  read_list(&reading, root, "packages", PACKAGES_MAX, read_package) &&
		  read_list(&reading, root, "files", CONTENTS_FILES_MAX, read_item);
	json_object_put(root);
	if (!ok) {
		contents_finish(&contents);
		return false;
	}
	*ret_contents = contents;
	return true;
}

bool contents_read(const char *path, struct contents *ret_contents, struct error *err)
{
	struct buffer text;
	if (!disk_read(path, CONTENTS_SIZE_MAX, &text, err)) {
		return false;
	}
	bool ok = contents_parse(path, text.data, text.size, ret_contents, err);
	buffer_finish(&text);
	return ok;
}

void contents_finish(struct contents *contents)
{
	for (size_t i = 0; i < contents->count; i++) {
		free(contents->items[i].path);
		free(contents->items[i].target);
		free(contents->items[i].package);
	}
	for (size_t i = 0; i < contents->package_count; i++) {
		free(contents->packages[i].name);
		free(contents->packages[i].version);
		free(contents->packages[i].arch);
		free(contents->packages[i].source);
		free(contents->packages[i].licence);
		free(contents->packages[i].copyright);
	}
	free(contents->items);
	free(contents->packages);
	free(contents->name);
	free(contents->arch);
	free(contents->base);
	free(contents->commit);
	*contents = (struct contents){0};
}
