// SPDX-License-Identifier: MIT
#include "init/directory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Nearly always the folder is there already, and what is above it with it. */
static bool has_parent(const char *path)
{
	char parent[DIRECTORY_PATH_MAX];
	const char *slash = strrchr(path, '/');
	size_t length = slash != NULL ? (size_t)(slash - path) : 0;
	memcpy(parent, path, length);
	parent[length] = '\0';
	return length == 0 || access(parent, F_OK) == 0;
}

int directory_make_parents(const char *path, mode_t mode)
{
	char part[DIRECTORY_PATH_MAX];
	if (strlen(path) >= sizeof(part)) {
		return -ENAMETOOLONG;
	}
	if (has_parent(path)) {
		return 0;
	}
	for (const char *slash = strchr(path + 1, '/'); slash != NULL;
		slash = strchr(slash + 1, '/')) {
		size_t length = (size_t)(slash - path);
		memcpy(part, path, length);
		part[length] = '\0';
		/* Above what we own, "read-only" may hide that it exists: the next step will tell.
		 */
		if (mkdir(part, mode) < 0 && errno != EEXIST && access(part, F_OK) != 0) {
			return -errno;
		}
	}
	return 0;
}

static int set_attributes(int fd, mode_t mode, uid_t uid, gid_t gid)
{
	struct stat now;
	if (fstat(fd, &now) < 0) {
		return -errno;
	}
	/* The mode first: it is the owner's to change, and we may not be root to everyone. */
	if ((now.st_mode & 07777) != mode && fchmod(fd, mode) < 0) {
		return -errno;
	}
	bool has_owner = (uid == OWNER_KEEP || uid == now.st_uid) &&
			 (gid == OWNER_KEEP || gid == now.st_gid);
	if (!has_owner && fchown(fd, uid, gid) < 0) {
		return -errno;
	}
	return 0;
}

int directory_make(const char *path, mode_t mode, uid_t uid, gid_t gid)
{
	int error = 0;
	if (mkdir(path, mode & 0700) < 0) {
		error = errno;
	}
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0) {
		return error != 0 && error != EEXIST ? -error : -errno;
	}
	int result = set_attributes(fd, mode, uid, gid);
	close(fd);
	return result;
}

/* As getdents64(2) has it; opendir(3) would allocate. */
struct kernel_dirent {
	uint64_t inode;
	int64_t offset;
	unsigned short size;
	unsigned char type;
	char name[];
};

int directory_list(const char *path, void (*each)(void *data, const char *name), void *data)
{
	_Alignas(struct kernel_dirent) char entries[2048];
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0) {
		return -errno;
	}
	long size;
	while ((size = syscall(SYS_getdents64, fd, entries, sizeof(entries))) > 0) {
		for (long at = 0; at < size;) {
			const struct kernel_dirent *entry = (const void *)(entries + at);
			each(data, entry->name);
			at += entry->size;
		}
	}
	close(fd);
	return 0;
}
