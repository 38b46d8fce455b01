// SPDX-License-Identifier: MIT
#include "rootfs-manifest/survey.h"

#include <json-c/json.h>
#include <stdlib.h>

#include "rootfs-manifest/canonical.h"
#include "rootfs-manifest/disk.h"

void survey_init(struct survey *survey, const struct lock *lock)
{
	*survey = (struct survey){lock, mem_alloc(lock->count * sizeof(*survey->rows))};
}

void survey_finish(struct survey *survey)
{
	free(survey->rows);
	*survey = (struct survey){0};
}

void survey_claim(struct survey *survey, size_t package, struct tree *tree, size_t first)
{
	for (size_t i = first; i < tree->count; i++) {
		struct entry *entry = &tree->items[i];
		entry->package = survey->lock->packages[package].name;
		if (entry->kind != ENTRY_FOLDER) {
			survey->rows[package].files++;
			survey->rows[package].bytes += entry->size;
		}
	}
}

static void count_kept(struct survey *survey, const struct tree *tree)
{
	for (size_t i = 0; i < tree->count; i++) {
		const struct entry *entry = &tree->items[i];
		const struct package *package =
			entry->kept && entry->kind != ENTRY_FOLDER && entry->package != NULL
				? lock_find(survey->lock, entry->package)
				: NULL;
		if (package != NULL) {
			struct survey_row *row = &survey->rows[package - survey->lock->packages];
			row->kept_files++;
			row->kept_bytes += entry->size;
		}
	}
}

static struct json_object *row_to_json(const char *name, const struct survey_row *row)
{
	const struct {
		const char *key;
		size_t value;
	} numbers[] = {{"files", row->files}, {"bytes", row->bytes},
		{"kept_files", row->kept_files}, {"kept_bytes", row->kept_bytes}};
	struct json_object *object = json_object_new_object();
	json_object_object_add(object, "name", json_object_new_string(name));
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		json_object_object_add(
			object, numbers[i].key, json_object_new_int64((long)numbers[i].value));
	}
	return object;
}

bool survey_write(
	struct survey *survey, const struct tree *tree, const char *path, struct error *err)
{
	count_kept(survey, tree);
	struct json_object *packages = json_object_new_array();
	for (size_t i = 0; i < survey->lock->count; i++) {
		json_object_array_add(
			packages, row_to_json(survey->lock->packages[i].name, &survey->rows[i]));
	}
	struct json_object *root = json_object_new_object();
	json_object_object_add(root, "packages", packages);
	struct buffer text = {0};
	canonical_write(root, &text);
	bool ok = disk_write(path, text.data, text.size, err);
	buffer_finish(&text);
	json_object_put(root);
	return ok;
}
