// SPDX-License-Identifier: MIT
#include "rootfs-manifest/mirror.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/memory.h"
#include "rootfs-manifest/sources.h"

#define SOURCES_SIZE_MAX (1024 * 1024)

static char *search_file(const char *path, const char *archive)
{
	struct buffer text;
	struct error ignored; // an unreadable file is one that says nothing
	if (!disk_read(path, SOURCES_SIZE_MAX, &text, &ignored)) {
		return NULL;
	}
	size_t size = strlen(path);
	bool deb822 = size > 8 && strcmp(path + size - 8, ".sources") == 0;
	char *found = deb822 ? sources_find_deb822(text.data, archive)
			     : sources_find_list(text.data, archive);
	buffer_finish(&text);
	return found;
}

static char *search_apt(const char *archive)
{
	glob_t files = {0};
	char *found = NULL;
	glob("/etc/apt/sources.list", 0, NULL, &files);
	glob("/etc/apt/sources.list.d/*.list", GLOB_APPEND, NULL, &files);
	glob("/etc/apt/sources.list.d/*.sources", GLOB_APPEND, NULL, &files);
	for (size_t i = 0; i < files.gl_pathc && found == NULL; i++) {
		found = search_file(files.gl_pathv[i], archive);
	}
	globfree(&files);
	return found;
}

static char *without_slash(const char *url)
{
	size_t size = strlen(url);
	while (size != 0 && url[size - 1] == '/') {
		size--;
	}
	return size != 0 ? mem_print("%.*s", (int)size, url) : NULL;
}

char *mirror_find(const char *archive, const char *given)
{
	bool main_archive = strcmp(archive, "debian") == 0;
	const char *variable = main_archive ? "SILL_MIRROR" : "SILL_MIRROR_SECURITY";
	const char *url = main_archive && given != NULL ? given : getenv(variable);
	if (url != NULL && url[0] != '\0') {
		return without_slash(url);
	}
	return search_apt(archive);
}

/* The repository's address with each {arch} replaced. */
static char *expand_url(const char *url, const char *arch)
{
	static const char word[] = "{arch}";
	struct buffer out = {0};
	const char *found;
	while ((found = strstr(url, word)) != NULL) {
		buffer_print(&out, "%.*s%s", (int)(found - url), url, arch);
		url = found + strlen(word);
	}
	buffer_print(&out, "%s", url);
	char *expanded = without_slash(out.data);
	buffer_finish(&out);
	return expanded;
}

char *mirror_of(const struct repository *repository, const char *arch, const char *given)
{
	return repository->url != NULL ? expand_url(repository->url, arch)
				       : mirror_find(repository->archive, given);
}
