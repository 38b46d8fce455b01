// SPDX-License-Identifier: MIT
#include "rootfs-manifest/rules.h"

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "rootfs-manifest/base.h"
#include "rootfs-manifest/pattern.h"

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"
#define NAME_SIZE_MAX 128

static bool consists_of(const char *text, const char *characters)
{
	size_t size = strlen(text);
	return size != 0 && size <= NAME_SIZE_MAX && text[strspn(text, characters)] == '\0';
}

const char *rule_word(const char *text)
{
	bool ok = consists_of(text, LOWER UPPER DIGITS "._-") && text[0] != '.' && text[0] != '-';
	return ok ? NULL : "must be letters, digits, '.', '_' and '-'";
}

const char *rule_package(const char *text)
{
	bool ok = consists_of(text, LOWER UPPER DIGITS "+._-") && strchr("+.-", text[0]) == NULL;
	return ok ? NULL : "not a package's name";
}

const char *rule_arch(const char *text)
{
	return base_machine(text) != NULL ? NULL : "not an architecture that images are made for";
}

const char *rule_package_arch(const char *text)
{
	return consists_of(text, LOWER DIGITS "_") ? NULL : "not an architecture";
}

const char *rule_url(const char *text)
{
	bool ok = strncmp(text, "https://", 8) == 0 || strncmp(text, "http://", 7) == 0 ||
		  strncmp(text, "file:///", 8) == 0;
	for (const char *at = text; ok && *at != '\0'; at++) {
		ok = *at > ' ' && *at < 0x7f;
	}
	return ok && strlen(text) < PATH_MAX ? NULL : "must be an address of http, https or file";
}

/* Calls a path bad that is empty, has an empty component, '.' or '..', or unprintable bytes. */
static bool is_clean(const char *path)
{
	if (strlen(path) >= PATH_MAX || path[0] == '\0') {
		return false;
	}
	for (const char *part = path;;) {
		size_t size = strcspn(part, "/");
		if (size == 0 || size > NAME_MAX || (size == 1 && part[0] == '.') ||
			(size == 2 && strncmp(part, "..", 2) == 0)) {
			return false;
		}
		for (size_t i = 0; i < size; i++) {
			if ((unsigned char)part[i] < ' ' || part[i] == 0x7f) {
				return false;
			}
		}
		if (part[size] == '\0') {
			return true;
		}
		part += size + 1;
	}
}

const char *rule_suite(const char *text)
{
	bool ok = consists_of(text, LOWER UPPER DIGITS "._/-") && is_clean(text);
	return ok ? NULL : "not a suite or component of a Debian archive";
}

const char *rule_path(const char *text)
{
	bool ok = text[0] == '/' && is_clean(text + 1);
	return ok ? NULL : "must be an absolute path without '.', '..' or a '/' at its end";
}

const char *rule_url_path(const char *text)
{
	bool ok = is_clean(text) && text[strcspn(text, "?#%")] == '\0';
	return ok ? NULL : "must be a path below an address, without '.', '..', '?', '#' and '%'";
}

const char *rule_pattern(const char *text)
{
	if (!is_clean(text)) {
		return "must be a path without a '/' before or after, and without '.' and '..'";
	}
	return pattern_problem(text);
}

const char *rule_account_field(const char *text)
{
	bool ok = text[0] == '/' && text[strcspn(text, ":\n\r\t ")] == '\0';
	return ok && strlen(text) < PATH_MAX ? NULL : "must be an absolute path without ':'";
}

const char *rule_uuid(const char *text)
{
	const char *problem = "not a UUID in small letters";
	if (strlen(text) != 36) {
		return problem;
	}
	for (size_t i = 0; i < 36; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;
		if (dash ? text[i] != '-' : strchr("0123456789abcdef", text[i]) == NULL) {
			return problem;
		}
	}
	return NULL;
}

const char *rule_sha256(const char *text)
{
	bool ok = strlen(text) == 64 && strspn(text, "0123456789abcdef") == 64;
	return ok ? NULL : "not a sha256 in small letters";
}
