// SPDX-License-Identifier: MIT
#include "system-distro/wsl/wslgconfig.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <winpr/ini.h>

#include "system-distro/wsl/windows_path.h"

#define SECTION "system-distro-env"
#define FOLDER_OF_ALL "/mnt/c/ProgramData/Microsoft/WSL"

/* WSLg reads the file with this parser, too: what is a comment, and which case counts, is the same.
 */
struct wslgconfig {
	wIniFile *file;
};

static bool find_file(const char *user_profile, char *ret_path, size_t size)
{
	char folder[PATH_MAX] = FOLDER_OF_ALL;
	if (user_profile != NULL && !windows_path(user_profile, folder, sizeof(folder))) {
		fprintf(stderr, "sill-wsl: wslpath does not know %s; its .wslgconfig is not read\n",
			user_profile);
		return false;
	}
	int length = snprintf(ret_path, size, "%s/.wslgconfig", folder);
	return length > 0 && (size_t)length < size;
}

struct wslgconfig *wslgconfig_read(const char *user_profile)
{
	char path[PATH_MAX];
	if (!find_file(user_profile, path, sizeof(path))) {
		return NULL;
	}
	struct wslgconfig *config = calloc(1, sizeof(*config));
	if (config == NULL) {
		return NULL;
	}
	config->file = IniFile_New();
	if (config->file == NULL || IniFile_ReadFile(config->file, path) <= 0) {
		wslgconfig_destroy(config);
		return NULL;
	}
	return config;
}

void wslgconfig_destroy(struct wslgconfig *config)
{
	if (config != NULL) {
		IniFile_Free(config->file);
		free(config);
	}
}

void wslgconfig_apply(const struct wslgconfig *config)
{
	size_t count = 0;
	char **names =
		config != NULL ? IniFile_GetSectionKeyNames(config->file, SECTION, &count) : NULL;
	for (size_t i = 0; names != NULL && i < count; i++) {
		const char *value = IniFile_GetKeyValueString(config->file, SECTION, names[i]);
		if (value != NULL && setenv(names[i], value, 1) < 0) {
			fprintf(stderr, "sill-wsl: .wslgconfig: \"%s\" is no name of a variable\n",
				names[i]);
		}
	}
	free(names);
}

bool wslgconfig_sets(const struct wslgconfig *config, const char *name)
{
	return config != NULL && IniFile_GetKeyValueString(config->file, SECTION, name) != NULL;
}
