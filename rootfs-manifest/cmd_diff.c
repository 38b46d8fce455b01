// SPDX-License-Identifier: MIT
#include "rootfs-manifest/commands.h"

#include <getopt.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rootfs-manifest/canonical.h"
#include "rootfs-manifest/command.h"
#include "rootfs-manifest/compare.h"
#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/image_file.h"
#include "rootfs-manifest/member.h"
#include "rootfs-manifest/unit_diff.h"

#define UNITS "usr/lib/sill/units/"

static const char usage[] = "usage: sill diff [OPTIONS] A B\n"
			    "What is not the same in two images: packages, units, files and sizes. "
			    "Each is an image, a\n"
			    "tree or the contents.json of one.\n\n"
			    "  -j, --json             for scripts\n"
			    "  -h, --help             print this\n";

static const char *const change_words[] = {"added", "removed", "modified"};

/* Looks into the image where its contents do not lie beside it; then nothing is known of packages.
 */
static bool scan_image(const char *path, struct contents *contents, struct error *err)
{
	enum image_kind kind;
	struct image_folder folder;
	if (!image_kind(path, &kind, err) || !image_open(path, kind, &folder, err)) {
		return false;
	}
	bool ok = contents_scan(folder.path, contents, err);
	image_close(&folder);
	return ok;
}

static bool load(const char *path, struct contents *contents, struct error *err)
{
	char *beside = image_beside(path, "contents.json");
	bool is_contents = strcmp(beside, path) == 0;
	bool ok = is_contents || disk_exists(beside) ? contents_read(beside, contents, err)
						     : scan_image(path, contents, err);
	free(beside);
	return ok;
}

/* The differences as JSON; what a person reads is made of the same. */
struct diff {
	struct json_object *packages;
	struct json_object *files;
	struct json_object *units;
};

static void add_package(const struct package_change *change, void *data)
{
	struct diff *diff = data;
	struct json_object *object = json_object_new_object();
	member_add_text(object, "name", change->name);
	if (change->before != NULL) {
		member_add_text(object, "before", change->before);
	}
	if (change->after != NULL) {
		member_add_text(object, "after", change->after);
	}
	json_object_array_add(diff->packages, object);
}

static void add_file(const struct difference *difference, void *data)
{
	struct diff *diff = data;
	const struct content *before = difference->before, *after = difference->after;
	const char *path = before != NULL ? before->path : after->path;
	struct json_object *object = json_object_new_object();
	long bytes =
		(long)(after != NULL ? after->size : 0) - (long)(before != NULL ? before->size : 0);
	member_add_text(object, "path", path);
	member_add_text(object, "change", change_words[difference->change]);
	if (difference->what != NULL) {
		member_add_text(object, "what", difference->what);
	}
	member_add_number(object, "bytes", bytes);
	json_object_array_add(diff->files, object);
	if (strncmp(path, UNITS, strlen(UNITS)) == 0) {
		json_object_array_add(diff->units, json_object_get(object));
	}
}

static struct json_object *make_diff(const struct contents *before, const struct contents *after)
{
	struct json_object *root = json_object_new_object();
	struct json_object *bytes = json_object_new_object();
	struct diff diff = {
		json_object_new_array(), json_object_new_array(), json_object_new_array()};
	compare_packages(before, after, add_package, &diff);
	compare_contents(before, after, false, add_file, &diff);
	member_add_number(bytes, "before", (long)contents_bytes(before));
	member_add_number(bytes, "after", (long)contents_bytes(after));
	json_object_object_add(root, "bytes", bytes);
	json_object_object_add(root, "packages", diff.packages);
	json_object_object_add(root, "units", diff.units);
	json_object_object_add(root, "files", diff.files);
	return root;
}

static const char *text_of(struct json_object *object, const char *key, const char *absent)
{
	struct json_object *value = json_object_object_get(object, key);
	return value != NULL ? json_object_get_string(value) : absent;
}

static void print_values(struct json_object *values, const char *after)
{
	size_t count = json_object_array_length(values);
	for (size_t i = 0; i < count; i++) {
		printf("%s%s", i != 0 ? " | " : "",
			json_object_get_string(json_object_array_get_idx(values, i)));
	}
	printf("%s%s", count == 0 ? "(none)" : "", after);
}

/* What is not the same in a unit that both have. */
static void print_keys(struct json_object *unit)
{
	struct json_object *keys = json_object_object_get(unit, "keys");
	for (size_t i = 0; keys != NULL && i < json_object_array_length(keys); i++) {
		struct json_object *it = json_object_array_get_idx(keys, i);
		printf("           [%s] %s: ", text_of(it, "section", ""), text_of(it, "key", ""));
		print_values(json_object_object_get(it, "before"), " -> ");
		print_values(json_object_object_get(it, "after"), "\n");
	}
}

static void print_files(struct json_object *list)
{
	for (size_t i = 0; i < json_object_array_length(list); i++) {
		struct json_object *it = json_object_array_get_idx(list, i);
		printf("%-8s /%s: %s%+lld bytes\n", text_of(it, "change", ""),
			text_of(it, "path", ""), text_of(it, "what", ""),
			(long long)json_object_get_int64(json_object_object_get(it, "bytes")));
		print_keys(it);
	}
}

static void print_diff(struct json_object *root)
{
	struct json_object *packages = json_object_object_get(root, "packages");
	struct json_object *bytes = json_object_object_get(root, "bytes");
	long long before = json_object_get_int64(json_object_object_get(bytes, "before"));
	long long after = json_object_get_int64(json_object_object_get(bytes, "after"));
	for (size_t i = 0; i < json_object_array_length(packages); i++) {
		struct json_object *it = json_object_array_get_idx(packages, i);
		printf("package  %s %s -> %s\n", text_of(it, "name", ""),
			text_of(it, "before", "(none)"), text_of(it, "after", "(none)"));
	}
	print_files(json_object_object_get(root, "files"));
	printf("%zu packages, %zu units, %zu files; %lld -> %lld bytes (%+lld)\n",
		json_object_array_length(packages),
		json_object_array_length(json_object_object_get(root, "units")),
		json_object_array_length(json_object_object_get(root, "files")), before, after,
		after - before);
}

static bool diff(const char *const paths[2], bool json, struct error *err)
{
	struct contents before = {0}, after = {0};
	bool ok = load(paths[0], &before, err) && load(paths[1], &after, err);
	struct json_object *root = ok ? make_diff(&before, &after) : NULL;
	struct json_object *units = json_object_object_get(root, "units");
	if (ok && json_object_array_length(units) != 0) {
		ok = unit_diff(paths, units, err);
	}
	if (ok) {
		if (json) {
			struct buffer out = {0};
			canonical_write(root, &out);
			fputs(out.data, stdout);
			buffer_finish(&out);
		} else {
			print_diff(root);
		}
	}
	json_object_put(root);
	contents_finish(&before);
	contents_finish(&after);
	return ok;
}

int cmd_diff(int argc, char **argv)
{
	static const struct option longs[] = {
		{"json", no_argument, NULL, 'j'}, {"help", no_argument, NULL, 'h'}, {0}};
	struct error err = {0};
	bool json = false;
	int code;
	optind = 0;
	while ((code = getopt_long(argc, argv, "jh", longs, NULL)) != -1) {
		if (code == 'h') {
			fputs(usage, stdout);
			return EXIT_DONE;
		}
		if (code != 'j') {
			return EXIT_INPUT;
		}
		json = true;
	}
	bool ok = argc - optind == 2 ||
		  fail_input(&err, "two images are needed; see sill diff --help");
	const char *const paths[2] = {argv[optind], ok ? argv[optind + 1] : NULL};
	return command_end(argv[0], ok && diff(paths, json, &err), &err);
}
