// SPDX-License-Identifier: MIT
#include "rootfs-manifest/canonical.h"

#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "rootfs-manifest/strings.h"

#define LINES_DEPTH 2 // containers this deep and deeper are written on one line

static void write_value(struct json_object *value, unsigned depth, struct buffer *out);

static void new_line(struct buffer *out, unsigned depth)
{
	if (depth <= LINES_DEPTH) {
		buffer_print(out, "\n%*s", (int)depth * 2, "");
	}
}

static void write_text(const char *text, struct buffer *out)
{
	struct json_object *object = json_object_new_string(text);
	const char *json = json_object_to_json_string_ext(object, JSON_C_TO_STRING_NOSLASHESCAPE);
	buffer_add(out, json, strlen(json));
	json_object_put(object);
}

static void write_object(struct json_object *object, unsigned depth, struct buffer *out)
{
	struct strings keys = {0};
	json_object_object_foreach(object, name, unused)
	{
		(void)unused;
		strings_add(&keys, name);
	}
	strings_sort(&keys);
	buffer_add(out, "{", 1);
	for (size_t i = 0; i < keys.count; i++) {
		buffer_print(out, "%s", i != 0 ? "," : "");
		new_line(out, depth + 1);
		write_text(keys.items[i], out);
		buffer_print(out, depth < LINES_DEPTH ? ": " : ":");
		write_value(json_object_object_get(object, keys.items[i]), depth + 1, out);
	}
	if (keys.count != 0 && depth < LINES_DEPTH) {
		new_line(out, depth);
	}
	buffer_add(out, "}", 1);
	strings_finish(&keys);
}

static void write_array(struct json_object *array, unsigned depth, struct buffer *out)
{
	size_t count = json_object_array_length(array);
	buffer_add(out, "[", 1);
	for (size_t i = 0; i < count; i++) {
		buffer_print(out, "%s", i != 0 ? "," : "");
		new_line(out, depth + 1);
		write_value(json_object_array_get_idx(array, i), depth + 1, out);
	}
	if (count != 0 && depth < LINES_DEPTH) {
		new_line(out, depth);
	}
	buffer_add(out, "]", 1);
}

static void write_value(struct json_object *value, unsigned depth, struct buffer *out)
{
	if (json_object_is_type(value, json_type_object)) {
		write_object(value, depth, out);
	} else if (json_object_is_type(value, json_type_array)) {
		write_array(value, depth, out);
	} else {
		const char *json =
			json_object_to_json_string_ext(value, JSON_C_TO_STRING_NOSLASHESCAPE);
		buffer_add(out, json, strlen(json));
	}
}

void canonical_write(struct json_object *value, struct buffer *out)
{
	write_value(value, 0, out);
	buffer_add(out, "\n", 1);
}
