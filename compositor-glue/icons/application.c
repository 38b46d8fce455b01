// SPDX-License-Identifier: MIT
#include "compositor-glue/icons/application.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include "compositor-glue/icons/folders.h"

#define TOP "applications"
#define SUFFIX ".desktop"
#define PATH_SIZE 512

/* The best so far, of all entries in all folders. */
struct search {
	const struct sill_icons_request *request;
	struct application best;
	char best_id[ENTRY_ID_MAX];
	int suits; // as entry_suits() says of the best
	unsigned looked_at;
};

static bool read_entry(const struct folder *folder, const char *path, struct entry *ret_entry)
{
	struct file file;
	if (!folder_read(folder, path, ENTRY_SIZE_MAX, &file)) {
		return false;
	}
	entry_parse(ret_entry, file.data, file.size);
	file_finish(&file);
	return true;
}

static void tell_bad_line(const struct folder *folder, const char *path, const struct entry *entry)
{
	if (entry->bad_line > 0) {
		fprintf(stderr, "sill-icons: %s/%s:%u: no group, key or comment; passed over\n",
			folder->shown, path, entry->bad_line);
	}
}

/* Of two that suit alike the first folder's, and of one folder's the first by name. */
static bool is_better(
	const struct search *search, const struct folder *folder, int suits, const char *id)
{
	if (suits != search->suits || suits == ENTRY_SUITS_NOT) {
		return suits < search->suits;
	}
	return search->best.folder == folder && strcmp(id, search->best_id) < 0;
}

static void look_at_entry(
	struct search *search, const struct folder *folder, const char *path, const char *id)
{
	struct entry entry;
	if (!read_entry(folder, path, &entry)) {
		return;
	}
	int suits = entry_suits(&entry, id, search->request);
	if (is_better(search, folder, suits, id)) {
		tell_bad_line(folder, path, &entry);
		search->suits = suits;
		search->best = (struct application){.folder = folder, .entry = entry};
		snprintf(search->best_id, sizeof(search->best_id), "%s", id);
	}
}

/* The path below `applications`, with - for each / (Desktop Entry Specification, desktop file ID).
 */
static bool make_id(char id[ENTRY_ID_MAX], const char *path)
{
	size_t length = strlen(path), suffix = strlen(SUFFIX), top = strlen(TOP "/");
	if (length <= top + suffix || strcmp(path + length - suffix, SUFFIX) != 0 ||
		length - top - suffix >= ENTRY_ID_MAX) {
		return false;
	}
	length -= top + suffix;
	for (size_t i = 0; i < length; i++) {
		id[i] = path[top + i] == '/' ? '-' : path[top + i];
	}
	id[length] = '\0';
	return true;
}

static void look_into(
	struct search *search, const struct folder *folder, const char *path, int depth)
{
	char below[PATH_SIZE], id[ENTRY_ID_MAX];
	int fd = folder_open(folder, path, O_DIRECTORY);
	DIR *stream = fd >= 0 ? fdopendir(fd) : NULL;
	if (stream == NULL) {
		if (fd >= 0) {
			close(fd);
		}
		return;
	}
	for (const struct dirent *found; (found = readdir(stream)) != NULL;) {
		int length = snprintf(below, sizeof(below), "%s/%s", path, found->d_name);
		if (found->d_name[0] == '.' || length < 0 || (size_t)length >= sizeof(below) ||
			++search->looked_at > APPLICATIONS_MAX) {
			continue;
		}
		if (make_id(id, below)) {
			look_at_entry(search, folder, below, id);
		} else if (depth < APPLICATION_DEPTH_MAX && strchr(found->d_name, '.') == NULL) {
			look_into(search, folder, below, depth + 1);
		}
	}
	closedir(stream);
}

/* Most windows say their entry's ID, and most entries lie in no folder of their own. */
static bool find_at_once(struct search *search, const struct folders *folders)
{
	const char *id = search->request->name;
	char path[PATH_SIZE];
	int length = snprintf(path, sizeof(path), TOP "/%s" SUFFIX, id);
	if (search->request->kind != SILL_ICONS_OF_APP_ID || strchr(id, '/') != NULL ||
		length < 0 || (size_t)length >= sizeof(path)) {
		return false;
	}
	for (size_t i = 0; i < folders->count && search->suits > 0; i++) {
		look_at_entry(search, &folders->all[i], path, id);
	}
	return search->suits == 0;
}

bool application_find(const struct folders *folders, const struct sill_icons_request *request,
	struct application *ret_application)
{
	struct search search = {.request = request, .suits = ENTRY_SUITS_NOT};
	if (!find_at_once(&search, folders)) {
		for (size_t i = 0; i < folders->count; i++) {
			look_into(&search, &folders->all[i], TOP, 0);
		}
	}
	*ret_application = search.best;
	return search.suits != ENTRY_SUITS_NOT;
}
