// SPDX-License-Identifier: MIT
#include "system-distro/wsl/environment_file.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define END "\"\n"
#define CHARACTER_MAX 2 /* with its backslash */

static bool is_name(const char *name)
{
	if (!isalpha((unsigned char)*name) && *name != '_') {
		return false;
	}
	for (const char *c = name; *c != '\0'; c++) {
		if (!isalnum((unsigned char)*c) && *c != '_') {
			return false;
		}
	}
	return true;
}

bool environment_line(const char *name, const char *value, char *ret_line, size_t size)
{
	int length = is_name(name) ? snprintf(ret_line, size, "%s=\"", name) : -1;
	if (length < 0) {
		return false;
	}
	size_t used = (size_t)length;
	for (const char *c = value; *c != '\0'; c++) {
		bool is_special = strchr("\"\\$`", *c) != NULL;
		if (*c == '\n' || *c == '\r' || used + CHARACTER_MAX + sizeof(END) > size) {
			return false;
		}
		if (is_special) {
			ret_line[used++] = '\\';
		}
		ret_line[used++] = *c;
	}
	if (used + sizeof(END) > size) {
		return false;
	}
	memcpy(ret_line + used, END, sizeof(END));
	return true;
}

bool environment_is_wanted(const char *name)
{
	static const char *const prefixes[] = {"WSL_", "WSL2_", "WSLG_", "WLOG_", "WESTON_"};
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		if (strncmp(name, prefixes[i], strlen(prefixes[i])) == 0) {
			return true;
		}
	}
	return false;
}
