// SPDX-License-Identifier: MIT
#include "system-distro/sill/image_path.h"

#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "system-distro/sill/report.h"

static bool resolve(const char *image, char *path)
{
	if (realpath(image, path) == NULL) {
		report_errno("cannot open the image %s", image);
		return false;
	}
	return true;
}

static void cache_pattern(char *pattern)
{
	const char *cache = getenv("SILL_CACHE"), *xdg = getenv("XDG_CACHE_HOME");
	const char *home = getenv("HOME");
	if (cache != NULL && cache[0] != '\0') {
		snprintf(pattern, PATH_MAX, "%s/images/*/*.erofs", cache);
	} else if (xdg != NULL && xdg[0] != '\0') {
		snprintf(pattern, PATH_MAX, "%s/sill/images/*/*.erofs", xdg);
	} else {
		snprintf(pattern, PATH_MAX, "%s/.cache/sill/images/*/*.erofs",
			home != NULL ? home : "");
	}
}

static bool find_newest(const char *pattern, char *path)
{
	glob_t found;
	const char *newest = NULL;
	struct timespec newest_time = {0};
	if (glob(pattern, 0, NULL, &found) != 0) {
		return false;
	}
	for (size_t i = 0; i < found.gl_pathc; i++) {
		struct stat st;
		if (stat(found.gl_pathv[i], &st) == 0 &&
			(newest == NULL || st.st_mtim.tv_sec > newest_time.tv_sec)) {
			newest = found.gl_pathv[i];
			newest_time = st.st_mtim;
		}
	}
	bool resolved = newest != NULL && resolve(newest, path);
	globfree(&found);
	return resolved;
}

bool image_path(const char *named, char *path)
{
	char pattern[PATH_MAX];
	if (named == NULL) {
		named = getenv("SILL_IMAGE");
	}
	if (named != NULL) {
		return resolve(named, path);
	}
	cache_pattern(pattern);
	if (!find_newest(pattern, path)) {
		report("no image was built yet (%s); sill build makes one", pattern);
		return false;
	}
	return true;
}
