// SPDX-License-Identifier: MIT
#include "init/filters/groups.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 8
#define CALL_NAME_MAX 64

bool groups_load(struct groups *groups, const char *path)
{
	size_t size = 0;
	FILE *file = fopen(path, "re");
	groups->text = NULL;
	if (file == NULL || getdelim(&groups->text, &size, '\0', file) < 0) {
		fprintf(stderr, "sill-filters: cannot read %s\n", path);
		free(groups->text);
		groups->text = NULL;
	}
	if (file != NULL) {
		fclose(file);
	}
	return groups->text != NULL;
}

void groups_finish(struct groups *groups)
{
	free(groups->text);
}

/* Behind the line that is just `name`; NULL when there is none. */
static const char *find(const struct groups *groups, const char *name)
{
	size_t length = strlen(name);
	for (const char *line = groups->text; line != NULL; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (strncmp(line, name, length) == 0 && line[length] == '\n') {
			return line + length + 1;
		}
	}
	return NULL;
}

static bool expand(const struct groups *groups, const char *name, int depth,
	bool (*each)(void *data, const char *call), void *data)
{
	if (*name != '@') {
		return each(data, name);
	}
	const char *members = find(groups, name);
	if (members == NULL || depth == DEPTH_MAX) {
		return false;
	}
	while (*members == '\t') {
		for (members++; *members != '\n' && *members != '\0';) {
			char word[CALL_NAME_MAX];
			size_t length = strcspn(members, " \n");
			snprintf(word, sizeof(word), "%.*s", (int)length, members);
			if (!expand(groups, word, depth + 1, each, data)) {
				return false;
			}
			members += length + (members[length] == ' ');
		}
		members += *members == '\n';
	}
	return true;
}

bool groups_expand(const struct groups *groups, const char *name,
	bool (*each)(void *data, const char *call), void *data)
{
	return expand(groups, name, 0, each, data);
}
