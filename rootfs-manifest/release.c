// SPDX-License-Identifier: MIT
#include "rootfs-manifest/release.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "rootfs-manifest/rules.h"

#define VALUE_MAX 256

static const char *next_line(const char *line)
{
	line += strcspn(line, "\n");
	return *line == '\n' ? line + 1 : line;
}

static const char *find_field(const char *text, const char *key)
{
	size_t size = strlen(key);
	for (const char *line = text; *line != '\0'; line = next_line(line)) {
		if (strncasecmp(line, key, size) == 0 && line[size] == ':') {
			return line + size + 1;
		}
	}
	return NULL;
}

static bool get_field(const char *text, const char *key, char value[static VALUE_MAX])
{
	const char *at = find_field(text, key);
	if (at == NULL) {
		return false;
	}
	at += strspn(at, " \t");
	size_t size = strcspn(at, "\r\n");
	if (size >= VALUE_MAX) {
		return false;
	}
	memcpy(value, at, size);
	value[size] = '\0';
	return true;
}

bool release_is_suite(const char *text, const char *suite)
{
	char value[VALUE_MAX];
	return (get_field(text, "Codename", value) && strcmp(value, suite) == 0) ||
	       (get_field(text, "Suite", value) && strcmp(value, suite) == 0);
}

time_t release_valid_until(const char *text)
{
	char value[VALUE_MAX];
	struct tm when = {0};
	if (!get_field(text, "Valid-Until", value)) {
		return 0;
	}
	const char *end = strptime(value, "%a, %d %b %Y %H:%M:%S", &when);
	return end != NULL ? timegm(&when) : -1;
}

bool release_has_by_hash(const char *text)
{
	char value[VALUE_MAX];
	return get_field(text, "Acquire-By-Hash", value) && strcmp(value, "yes") == 0;
}

/* One line of the SHA256 field: " HASH SIZE PATH". */
static bool read_entry(
	const char *line, const char *path, char sha256[static DIGEST_SIZE], long *ret_size)
{
	const char *at = line + strspn(line, " ");
	if (strcspn(at, " \n") != DIGEST_SIZE - 1) {
		return false;
	}
	memcpy(sha256, at, DIGEST_SIZE - 1);
	sha256[DIGEST_SIZE - 1] = '\0';
	at += DIGEST_SIZE - 1;
	char *end;
	*ret_size = strtol(at, &end, 10);
	end += strspn(end, " ");
	size_t size = strcspn(end, "\r\n");
	return size == strlen(path) && strncmp(end, path, size) == 0 && *ret_size > 0 &&
	       rule_sha256(sha256) == NULL;
}

bool release_find(
	const char *text, const char *path, char ret_sha256[static DIGEST_SIZE], long *ret_size)
{
	const char *line = find_field(text, "SHA256");
	if (line == NULL) {
		return false;
	}
	char sha256[DIGEST_SIZE];
	long size;
	for (line = next_line(line); *line == ' '; line = next_line(line)) {
		if (read_entry(line, path, sha256, &size)) {
			memcpy(ret_sha256, sha256, DIGEST_SIZE);
			*ret_size = size;
			return true;
		}
	}
	return false;
}
