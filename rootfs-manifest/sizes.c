// SPDX-License-Identifier: MIT
#include "rootfs-manifest/sizes.h"

#include <stdlib.h>
#include <string.h>

struct stanza {
	char name[256];
	char sha256[DIGEST_SIZE];
	long size;
};

static void use(const struct stanza *stanza, struct lock *lock)
{
	struct package *package = lock_find(lock, stanza->name);
	if (package != NULL && strcmp(package->sha256, stanza->sha256) == 0) {
		package->size = stanza->size;
	}
}

/* The line's value if it has this key. */
static const char *value_of(const char *line, const char *key)
{
	size_t size = strlen(key);
	return strncmp(line, key, size) == 0 ? line + size : NULL;
}

static void read_line(const char *line, struct stanza *stanza)
{
	const char *value;
	if ((value = value_of(line, "Package: ")) != NULL) {
		snprintf(stanza->name, sizeof(stanza->name), "%s", value);
	} else if ((value = value_of(line, "SHA256: ")) != NULL) {
		snprintf(stanza->sha256, sizeof(stanza->sha256), "%s", value);
	} else if ((value = value_of(line, "Size: ")) != NULL) {
		stanza->size = strtol(value, NULL, 10);
	}
}

void sizes_read(FILE *packages, struct lock *lock)
{
	struct stanza stanza = {0};
	char *line = NULL;
	size_t capacity = 0;
	ssize_t size;
	while ((size = getline(&line, &capacity, packages)) > 0) {
		line[strcspn(line, "\r\n")] = '\0';
		if (line[0] != '\0') {
			read_line(line, &stanza);
			continue;
		}
		use(&stanza, lock);
		stanza = (struct stanza){0};
	}
	use(&stanza, lock);
	free(line);
}
