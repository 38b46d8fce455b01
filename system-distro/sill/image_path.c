// SPDX-License-Identifier: MIT
#include "system-distro/sill/image_path.h"

#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "system-distro/sill/report.h"

static bool resolve(const char *kind, const char *named, char *path)
{
	if (realpath(named, path) == NULL) {
		report_errno("cannot open the %s %s", kind, named);
		return false;
	}
	return true;
}

/* Where sill build leaves what it makes, when it is not told a place. */
static void cache_pattern(const char *suffix, char *pattern)
{
	const char *cache = getenv("SILL_CACHE"), *xdg = getenv("XDG_CACHE_HOME");
	const char *home = getenv("HOME");
	if (cache != NULL && cache[0] != '\0') {
		snprintf(pattern, PATH_MAX, "%s/images/*/*%s", cache, suffix);
	} else if (xdg != NULL && xdg[0] != '\0') {
		snprintf(pattern, PATH_MAX, "%s/sill/images/*/*%s", xdg, suffix);
	} else {
		snprintf(pattern, PATH_MAX, "%s/.cache/sill/images/*/*%s", home != NULL ? home : "",
			suffix);
	}
}

static bool find_newest(const char *kind, const char *pattern, char *path)
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
	bool resolved = newest != NULL && resolve(kind, newest, path);
	globfree(&found);
	return resolved;
}

static bool find(
	const char *kind, const char *named, const char *variable, const char *suffix, char *path)
{
	char pattern[PATH_MAX];
	if (named == NULL) {
		named = getenv(variable);
	}
	if (named != NULL) {
		return resolve(kind, named, path);
	}
	cache_pattern(suffix, pattern);
	if (!find_newest(kind, pattern, path)) {
		report("no %s was built yet (%s); sill build makes one", kind, pattern);
		return false;
	}
	return true;
}

bool image_path(const char *named, char *path)
{
	return find("image", named, "SILL_IMAGE", ".erofs", path);
}

bool kernel_path(const char *named, char *path)
{
	return find("kernel", named, "SILL_KERNEL", ".kernel", path);
}
