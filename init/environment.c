// SPDX-License-Identifier: MIT
#include "init/environment.h"

#include <string.h>

static size_t place_of(const struct environment *environment, const char *name, size_t length)
{
	size_t i = 0;
	while (i < environment->count && (strncmp(environment->entries[i], name, length) != 0 ||
						 environment->entries[i][length] != '=')) {
		i++;
	}
	return i;
}

static bool put(
	struct environment *environment, const char *name, size_t name_length, const char *value)
{
	size_t value_size = strlen(value) + 1;
	size_t place = place_of(environment, name, name_length);
	if (place == ENVIRONMENT_ENTRIES_MAX ||
		name_length + 1 + value_size > sizeof(environment->text) - environment->used) {
		return false;
	}
	char *entry = environment->text + environment->used;
	memcpy(entry, name, name_length);
	entry[name_length] = '=';
	memcpy(entry + name_length + 1, value, value_size);
	environment->used += name_length + 1 + value_size;
	environment->entries[place] = entry;
	environment->count += place == environment->count;
	return true;
}

bool environment_set(struct environment *environment, const char *name, const char *value)
{
	return put(environment, name, strlen(name), value);
}

bool environment_put(struct environment *environment, const char *entry)
{
	const char *equals = strchr(entry, '=');
	return equals != NULL && put(environment, entry, (size_t)(equals - entry), equals + 1);
}
