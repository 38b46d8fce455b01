// SPDX-License-Identifier: MIT
#include "rootfs-manifest/commands.h"

#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>

#include "rootfs-manifest/command.h"
#include "rootfs-manifest/disk.h"

#define SURVEY_SIZE_MAX (16 * 1024 * 1024)

static long long number_of(const void *row, const char *key)
{
	struct json_object *const *object = row;
	return json_object_get_int64(json_object_object_get(*object, key));
}

static int compare_kept_bytes(const void *a, const void *b)
{
	long long left = number_of(a, "kept_bytes"), right = number_of(b, "kept_bytes");
	return (left < right) - (left > right);
}

static void print_table(struct json_object *packages)
{
	long long kept = 0, bytes = 0;
	json_object_array_sort(packages, compare_kept_bytes);
	printf("%10s %10s %6s %6s  %s\n", "KEPT kB", "OF kB", "FILES", "OF", "PACKAGE");
	for (size_t i = 0; i < json_object_array_length(packages); i++) {
		struct json_object *row = json_object_array_get_idx(packages, i);
		kept += number_of(&row, "kept_bytes");
		bytes += number_of(&row, "bytes");
		printf("%10lld %10lld %6lld %6lld  %s\n", number_of(&row, "kept_bytes") / 1000,
			number_of(&row, "bytes") / 1000, number_of(&row, "kept_files"),
			number_of(&row, "files"),
			json_object_get_string(json_object_object_get(row, "name")));
	}
	printf("%10lld %10lld %6s %6s  all\n", kept / 1000, bytes / 1000, "", "");
}

static bool print_survey(const struct work *work, struct error *err)
{
	struct buffer text;
	if (!disk_exists(work->survey_path)) {
		return fail_input(err, "%s: no assembled tree: run sill assemble", work->tree_path);
	}
	if (!disk_read(work->survey_path, SURVEY_SIZE_MAX, &text, err)) {
		return false;
	}
	struct json_object *root = json_tokener_parse(text.data);
	struct json_object *packages = json_object_object_get(root, "packages");
	bool ok = json_object_is_type(packages, json_type_array) ||
		  fail(err, "%s: damaged: run sill assemble again", work->survey_path);
	if (ok && work->options.json) {
		fputs(text.data, stdout);
	} else if (ok) {
		print_table(packages);
	}
	json_object_put(root);
	buffer_finish(&text);
	return ok;
}

int cmd_packages(int argc, char **argv)
{
	return command_run(COMMAND_PACKAGES, argc, argv, print_survey);
}
