// SPDX-License-Identifier: MIT
#include "rootfs-manifest/unit_settings.h"

#include <stdlib.h>
#include <string.h>

#include "rootfs-manifest/memory.h"

#define BLANK " \t\r"

static const struct unit_setting *find(
	const struct unit_settings *settings, const char *section, const char *key)
{
	for (size_t i = 0; i < settings->count; i++) {
		const struct unit_setting *it = &settings->items[i];
		if (strcmp(it->section, section) == 0 && strcmp(it->key, key) == 0) {
			return it;
		}
	}
	return NULL;
}

static struct unit_setting *find_or_add(
	struct unit_settings *settings, const char *section, const char *key)
{
	struct unit_setting *found = (struct unit_setting *)find(settings, section, key);
	if (found != NULL) {
		return found;
	}
	settings->items = mem_grow(settings->items, settings->count + 1, sizeof(*settings->items));
	found = &settings->items[settings->count++];
	*found = (struct unit_setting){.section = mem_copy(section), .key = mem_copy(key)};
	return found;
}

static char *trim(char *text)
{
	text += strspn(text, BLANK);
	size_t size = strlen(text);
	while (size > 0 && strchr(BLANK, text[size - 1]) != NULL) {
		text[--size] = '\0';
	}
	return text;
}

/* A line that ends with a backslash goes on in the next one. The text is changed. */
static char *next_line(char **rest)
{
	char *line = *rest, *end = line;
	while (*end != '\0' && *end != '\n') {
		if (end[0] == '\\' && end[1] == '\n') {
			end[0] = end[1] = ' ';
		}
		end++;
	}
	*rest = *end == '\n' ? end + 1 : end;
	*end = '\0';
	return trim(line);
}

static void take_line(char *line, char **section, struct unit_settings *settings)
{
	size_t size = strlen(line);
	char *equals = strchr(line, '=');
	if (line[0] == '#' || line[0] == ';') {
		return;
	}
	if (line[0] == '[' && line[size - 1] == ']') {
		line[size - 1] = '\0';
		*section = line + 1;
	} else if (equals != NULL) {
		*equals = '\0';
		struct unit_setting *setting = find_or_add(settings, *section, trim(line));
		strings_add(&setting->values, trim(equals + 1));
	}
}

void unit_settings_read(const char *text, struct unit_settings *ret_settings)
{
	char *copy = mem_copy(text), *rest = copy, none[] = "", *section = none;
	*ret_settings = (struct unit_settings){0};
	while (*rest != '\0') {
		take_line(next_line(&rest), &section, ret_settings);
	}
	free(copy);
}

void unit_settings_finish(struct unit_settings *settings)
{
	for (size_t i = 0; i < settings->count; i++) {
		free(settings->items[i].section);
		free(settings->items[i].key);
		strings_finish(&settings->items[i].values);
	}
	free(settings->items);
	*settings = (struct unit_settings){0};
}

static bool same_values(const struct strings *before, const struct strings *after)
{
	bool same = before->count == after->count;
	for (size_t i = 0; same && i < before->count; i++) {
		same = strcmp(before->items[i], after->items[i]) == 0;
	}
	return same;
}

void unit_settings_compare(const struct unit_settings *before, const struct unit_settings *after,
	unit_settings_visit visit, void *data)
{
	for (size_t i = 0; i < before->count; i++) {
		const struct unit_setting *old = &before->items[i];
		const struct unit_setting *new = find(after, old->section, old->key);
		if (new == NULL || !same_values(&old->values, &new->values)) {
			visit(old, new, data);
		}
	}
	for (size_t i = 0; i < after->count; i++) {
		const struct unit_setting *new = &after->items[i];
		if (find(before, new->section, new->key) == NULL) {
			visit(NULL, new, data);
		}
	}
}
