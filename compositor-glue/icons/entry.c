// SPDX-License-Identifier: MIT
#include "compositor-glue/icons/entry.h"

#include <string.h>
#include <strings.h>

#include "compositor-glue/icons/keyfile.h"

struct flags {
	bool is_application, is_hidden;
};

/* Keys with a locale, as Icon[de]=, have other names: the icon is that of every language. */
static void take_value(struct entry *entry, struct flags *flags, const struct keyfile_line *line)
{
	if (keyfile_is(line->name, "Type")) {
		flags->is_application = keyfile_is(line->value, "Application");
	} else if (keyfile_is(line->name, "Hidden")) {
		flags->is_hidden = keyfile_boolean(line->value);
	} else if (keyfile_is(line->name, "Icon")) {
		keyfile_string(entry->icon, sizeof(entry->icon), line->value);
	} else if (keyfile_is(line->name, "StartupWMClass")) {
		keyfile_string(entry->window_class, sizeof(entry->window_class), line->value);
	}
}

void entry_parse(struct entry *entry, const char *text, size_t size)
{
	struct keyfile file;
	struct keyfile_line line;
	struct flags flags = {0};
	bool is_inside = false;
	*entry = (struct entry){0};
	keyfile_init(&file, text, size);
	while (keyfile_next(&file, &line)) {
		if (line.kind == KEYFILE_GROUP) {
			is_inside = keyfile_is(line.name, "Desktop Entry");
		} else if (line.kind == KEYFILE_BAD) {
			entry->bad_line = entry->bad_line == 0 ? line.number : entry->bad_line;
		} else if (is_inside) {
			take_value(entry, &flags, &line);
		}
	}
	entry->is_application = flags.is_application && !flags.is_hidden;
}

/* What a Wayland window says is the ID; some name themselves as they do for X11. */
static int suits_app_id(const struct entry *entry, const char *id, const char *app_id)
{
	if (strcmp(id, app_id) == 0) {
		return 0;
	}
	if (strcmp(entry->window_class, app_id) == 0) {
		return 1;
	}
	if (strcasecmp(id, app_id) == 0) {
		return 2;
	}
	return strcasecmp(entry->window_class, app_id) == 0 ? 3 : ENTRY_SUITS_NOT;
}

/* An X11 window does not know of IDs: what the entry says of its windows comes first. */
static int suits_class(
	const struct entry *entry, const char *id, const char *class, const char *instance)
{
	const struct {
		const char *have, *want;
		int (*compare)(const char *, const char *);
	} ways[] = {
		{entry->window_class, class, strcmp},
		{entry->window_class, instance, strcmp},
		{id, class, strcmp},
		{id, instance, strcmp},
		{entry->window_class, class, strcasecmp},
		{entry->window_class, instance, strcasecmp},
		{id, class, strcasecmp},
		{id, instance, strcasecmp},
	};
	for (int i = 0; i < (int)(sizeof(ways) / sizeof(ways[0])); i++) {
		if (ways[i].want[0] != '\0' && ways[i].compare(ways[i].have, ways[i].want) == 0) {
			return i;
		}
	}
	return ENTRY_SUITS_NOT;
}

int entry_suits(const struct entry *entry, const char *id, const struct sill_icons_request *request)
{
	if (!entry->is_application || request->name[0] == '\0') {
		return ENTRY_SUITS_NOT;
	}
	return request->kind == SILL_ICONS_OF_CLASS
		       ? suits_class(entry, id, request->name, request->other)
		       : suits_app_id(entry, id, request->name);
}
