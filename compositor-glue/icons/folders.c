// SPDX-License-Identifier: MIT
#include "compositor-glue/icons/folders.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define TRIES_MAX 8 /* while somebody renames folders under way (openat2(2): EAGAIN) */

static int open_below(int root, const char *path, int flags)
{
	const struct open_how how = {
		.flags = (uint64_t)(flags | O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK),
		.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS};
	for (int i = 0; i < TRIES_MAX; i++) {
		int fd = (int)syscall(SYS_openat2, root, path, &how, sizeof(how));
		if (fd >= 0 || errno != EAGAIN) {
			return fd;
		}
	}
	return -1;
}

static void open_folder(struct folders *folders, char *name)
{
	char root[PATH_MAX];
	const char *colon = strchr(name, ':');
	if (colon == NULL || (size_t)(colon - name) >= sizeof(root)) {
		fprintf(stderr, "sill-icons: %s: not ROOT:PATH\n", name);
		return;
	}
	snprintf(root, sizeof(root), "%.*s", (int)(colon - name), name);
	int fd = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0) {
		return;
	}
	int data = open_below(fd, colon + 1, O_DIRECTORY);
	if (data < 0) {
		close(fd);
		return;
	}
	close(data);
	folders->all[folders->count++] =
		(struct folder){.root = fd, .path = colon + 1, .shown = name};
}

void folders_open(struct folders *folders, char **names, size_t count)
{
	folders->count = 0;
	for (size_t i = 0; i < count && folders->count < FOLDERS_MAX; i++) {
		open_folder(folders, names[i]);
	}
}

int folder_open(const struct folder *folder, const char *path, int flags)
{
	char whole[PATH_MAX];
	if (path[0] == '/') {
		return open_below(folder->root, path, flags);
	}
	int length = snprintf(whole, sizeof(whole), "%s/%s", folder->path, path);
	if (length < 0 || (size_t)length >= sizeof(whole)) {
		return -1;
	}
	return open_below(folder->root, whole, flags);
}

/* As much as it was long when it was looked at: it may be written to meanwhile. */
static bool read_all(int fd, size_t size, struct file *ret_file)
{
	char *data = malloc(size + 1);
	size_t used = 0;
	while (data != NULL && used < size) {
		ssize_t got = read(fd, data + used, size - used);
		if (got < 0 && errno == EINTR) {
			continue;
		}
		if (got <= 0) {
			break;
		}
		used += (size_t)got;
	}
	*ret_file = (struct file){data, used};
	return data != NULL;
}

bool folder_read(const struct folder *folder, const char *path, size_t max, struct file *ret_file)
{
	struct stat info;
	int fd = folder_open(folder, path, 0);
	if (fd < 0) {
		return false;
	}
	bool is_read = fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0 &&
		       (size_t)info.st_size <= max && read_all(fd, (size_t)info.st_size, ret_file);
	close(fd);
	return is_read;
}

void file_finish(struct file *file)
{
	free(file->data);
	*file = (struct file){0};
}
