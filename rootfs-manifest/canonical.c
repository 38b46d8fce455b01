// SPDX-License-Identifier: MIT
#include "rootfs-manifest/canonical.h"

#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "rootfs-manifest/strings.h"
#include "rootfs-manifest/utf8.h"

#define LINES_DEPTH 2 // containers this deep and deeper are written on one line

static void write_value(struct json_object *value, unsigned depth, struct buffer *out);

static void new_line(struct buffer *out, unsigned depth)
{
	if (depth <= LINES_DEPTH) {
		buffer_print(out, "\n%*s", (int)depth * 2, "");
	}
}

/*
 * What is not ASCII is escaped: json-c 0.18, reading strictly, takes such bytes for control
 * characters where a char has a sign. Gives back how many bytes that was.
 */
static size_t write_character(const char *text, size_t left, struct buffer *out)
{
	uint32_t character;
	size_t size = utf8_decode(text, left, &character);
	if (size <= 1) {
		buffer_add(out, text, 1);
		return 1;
	}
	if (character < 0x10000) {
		buffer_print(out, "\\u%04x", (unsigned)character);
	} else {
		character -= 0x10000;
		buffer_print(out, "\\u%04x\\u%04x", 0xd800 + (unsigned)(character >> 10),
			0xdc00 + (unsigned)(character & 0x3ff));
	}
	return size;
}

/* A text, number or word. */
static void write_plain(struct json_object *value, struct buffer *out)
{
	const char *json = json_object_to_json_string_ext(value, JSON_C_TO_STRING_NOSLASHESCAPE);
	const char *end = json + strlen(json);
	while (json < end) {
		json += write_character(json, (size_t)(end - json), out);
	}
}

static void write_text(const char *text, struct buffer *out)
{
	struct json_object *object = json_object_new_string(text);
	write_plain(object, out);
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
		write_plain(value, out);
	}
}

void canonical_write(struct json_object *value, struct buffer *out)
{
	write_value(value, 0, out);
	buffer_add(out, "\n", 1);
}
