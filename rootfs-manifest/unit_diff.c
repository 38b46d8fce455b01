// SPDX-License-Identifier: MIT
#include "rootfs-manifest/unit_diff.h"

#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/image_file.h"
#include "rootfs-manifest/member.h"
#include "rootfs-manifest/unit_settings.h"

/* One that is not there, or is a compiled filter beside the units, has no settings. */
static void read_unit(const char *folder, const char *path, struct unit_settings *ret_settings)
{
	struct buffer text = {0};
	struct error ignored;
	char *file = mem_print("%s/%s", folder, path);
	bool found = disk_read(file, UNIT_SIZE_MAX, &text, &ignored);
	bool is_text = found && text.data != NULL && strlen(text.data) == text.size;
	unit_settings_read(is_text ? text.data : "", ret_settings);
	buffer_finish(&text);
	free(file);
}

static struct json_object *values_to_json(const struct unit_setting *setting)
{
	struct json_object *list = json_object_new_array();
	for (size_t i = 0; setting != NULL && i < setting->values.count; i++) {
		json_object_array_add(list, json_object_new_string(setting->values.items[i]));
	}
	return list;
}

static void add_key(const struct unit_setting *before, const struct unit_setting *after, void *data)
{
	const struct unit_setting *named = before != NULL ? before : after;
	struct json_object *object = json_object_new_object();
	member_add_text(object, "section", named->section);
	member_add_text(object, "key", named->key);
	json_object_object_add(object, "before", values_to_json(before));
	json_object_object_add(object, "after", values_to_json(after));
	json_object_array_add(data, object);
}

static void compare_unit(const struct image_folder folders[2], struct json_object *unit)
{
	struct unit_settings settings[2];
	struct json_object *keys = json_object_new_array();
	const char *path = json_object_get_string(json_object_object_get(unit, "path"));
	for (size_t i = 0; i < 2; i++) {
		read_unit(folders[i].path, path, &settings[i]);
	}
	unit_settings_compare(&settings[0], &settings[1], add_key, keys);
	for (size_t i = 0; i < 2; i++) {
		unit_settings_finish(&settings[i]);
	}
	json_object_object_add(unit, "keys", keys);
}

bool unit_diff(const char *const images[2], struct json_object *units, struct error *err)
{
	enum image_kind kinds[2];
	struct image_folder folders[2] = {0};
	for (size_t i = 0; i < 2; i++) {
		if (!image_kind(images[i], &kinds[i], err)) {
			return false;
		}
		if (kinds[i] == IMAGE_UNKNOWN) {
			return true;
		}
	}
	size_t opened = 0;
	while (opened < 2 && image_open(images[opened], kinds[opened], &folders[opened], err)) {
		opened++;
	}
	for (size_t i = 0; opened == 2 && i < json_object_array_length(units); i++) {
		compare_unit(folders, json_object_array_get_idx(units, i));
	}
	for (size_t i = 0; i < opened; i++) {
		image_close(&folders[i]);
	}
	return opened == 2;
}
