// SPDX-License-Identifier: MIT
#include "rootfs-manifest/copyright.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "rootfs-manifest/lock.h"
#include "rootfs-manifest/memory.h"
#include "rootfs-manifest/strings.h"
#include "rootfs-manifest/utf8.h"

/* The value of a field that starts this line, or NULL. */
static const char *value_of(const char *line, const char *key)
{
	size_t size = strlen(key);
	if (strncasecmp(line, key, size) != 0 || line[size] != ':') {
		return NULL;
	}
	line += size + 1;
	return line + strspn(line, " \t");
}

static void add_licence(struct strings *licences, const char *value)
{
	size_t size = strcspn(value, "\r\n");
	while (size > 0 && (value[size - 1] == ' ' || value[size - 1] == '\t')) {
		size--;
	}
	char *name = mem_print("%.*s", (int)size, value);
	for (char *at = name; *at != '\0'; at++) {
		*at = (unsigned char)*at < ' ' || *at == 0x7f ? ' ' : *at;
	}
	if (size != 0 && licences->count < COPYRIGHT_LICENCES_MAX && !strings_has(licences, name)) {
		strings_add(licences, name);
	}
	free(name);
}

/* A name that is a choice by itself stays one. */
static char *join(const struct strings *licences)
{
	struct buffer out = {0};
	buffer_print(&out, "%s", "");
	for (size_t i = 0; i < licences->count; i++) {
		const char *name = licences->items[i];
		bool is_choice = licences->count > 1 && strpbrk(name, " ,") != NULL;
		if (out.size + strlen(name) + 8 > LOCK_LICENCE_MAX) {
			break;
		}
		buffer_print(&out, "%s%s%s%s", i != 0 ? " AND " : "", is_choice ? "(" : "", name,
			is_choice ? ")" : "");
	}
	return out.data;
}

char *copyright_text(const char *text, size_t size)
{
	struct buffer out = {0};
	buffer_add(&out, "", 0);
	for (size_t i = 0; i < size;) {
		unsigned char byte = (unsigned char)text[i];
		uint32_t character;
		size_t whole = utf8_decode(text + i, size - i, &character);
		const char latin[2] = {(char)(0xc0 | byte >> 6), (char)(0x80 | (byte & 0x3f))};
		if (whole != 0) {
			buffer_add(&out, text + i, whole);
		} else {
			buffer_add(&out, latin, sizeof(latin));
		}
		i += whole != 0 ? whole : 1;
	}
	return out.data;
}

char *copyright_licences(const char *text)
{
	struct strings licences = {0};
	bool is_readable = value_of(text, "Format") != NULL;
	for (const char *line = text; is_readable && *line != '\0';) {
		const char *value = value_of(line, "License");
		if (value != NULL) {
			add_licence(&licences, value);
		}
		line += strcspn(line, "\n");
		line += *line == '\n';
	}
	strings_sort(&licences);
	char *joined = join(&licences);
	strings_finish(&licences);
	return joined;
}
