// SPDX-License-Identifier: MIT
#include "init/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "init/confine.h"
#include "init/directory.h"
#include "init/format.h"

/* Of linux/mount.h, which cannot be had together with every C library's sys/mount.h. */
#ifndef OPEN_TREE_CLONE
#define OPEN_TREE_CLONE 1
#define OPEN_TREE_CLOEXEC O_CLOEXEC
#define MOVE_MOUNT_F_EMPTY_PATH 4
#define MOUNT_ATTR_RDONLY 1
#endif

struct mount_attributes {
	uint64_t attr_set, attr_clr, propagation, userns_fd;
};

#define PIECES_MAX 64
#define TMPFS_OPTIONS "mode=0755,nr_inodes=4096,size=16m"

/* A part of the file system that is kept, held by its descriptor until its new place is ready. */
struct piece {
	int fd;
	const char *target;
};

static struct piece pieces[PIECES_MAX]; // of the child
static size_t piece_count;

/* Everything happens in the current directory, which is the root, or will be: "/x" is "x" there. */
static const char *here(const char *path)
{
	return path[1] != '\0' ? path + 1 : ".";
}

static int set_read_only(int fd, const char *path)
{
	struct mount_attributes attributes = {.attr_set = MOUNT_ATTR_RDONLY};
	int flags = AT_RECURSIVE | (*path == '\0' ? AT_EMPTY_PATH : 0);
	return syscall(SYS_mount_setattr, fd, path, flags, &attributes, sizeof(attributes)) < 0
		       ? -errno
		       : 0;
}

static int clone_tree(const char *path)
{
	int fd = (int)syscall(
		SYS_open_tree, AT_FDCWD, path, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE);
	return fd < 0 ? -errno : fd;
}

/* The files of a socket and the like are bound one by one, and need one to be bound over. */
static int make_place(int fd, const char *path)
{
	struct stat info;
	if (fstat(fd, &info) < 0) {
		return -errno;
	}
	int result = directory_make_parents(path, 0755);
	if (result < 0) {
		return result;
	}
	bool is_made = S_ISDIR(info.st_mode) ? mkdir(path, 0755) == 0
					     : mknod(path, S_IFREG | 0644, 0) == 0;
	return is_made || errno == EEXIST || errno == EROFS ? 0 : -errno;
}

static int move_tree(int fd, const char *path)
{
	return syscall(SYS_move_mount, fd, "", AT_FDCWD, path, MOVE_MOUNT_F_EMPTY_PATH) < 0 ? -errno
											    : 0;
}

/* Outside of an empty root the place is there nearly always. */
static int put_tree(int fd, const char *target)
{
	int result = move_tree(fd, here(target));
	if (result == -ENOENT) {
		result = make_place(fd, here(target));
		if (result == 0) {
			result = move_tree(fd, here(target));
		}
	}
	close(fd);
	return result;
}

/* Keeps `source`; a path with - in front may be missing. */
static int keep(const char *source, const char *target, bool is_read_only)
{
	bool may_be_missing = *source == '-';
	int fd = clone_tree(source + may_be_missing);
	if (fd < 0) {
		return may_be_missing && fd == -ENOENT ? 0 : fd;
	}
	if (piece_count == PIECES_MAX) {
		close(fd);
		return -E2BIG;
	}
	pieces[piece_count++] = (struct piece){fd, target};
	return is_read_only ? set_read_only(fd, "") : 0;
}

/* BindPaths=: SOURCE or SOURCE:TARGET. */
static int keep_bound(const struct text_list *list, bool is_read_only)
{
	int result = 0;
	for (size_t i = 0; result == 0 && i < list->count; i++) {
		char source[DIRECTORY_PATH_MAX];
		const char *entry = list->items[i], *colon = strchr(entry, ':');
		const char *target = colon != NULL ? colon + 1 : entry + (*entry == '-');
		format_text(source, sizeof(source), "%.*s", (int)strcspn(entry, ":"), entry);
		result = keep(source, target, is_read_only);
	}
	return result;
}

static int keep_all(const struct text_list *list)
{
	int result = 0;
	for (size_t i = 0; result == 0 && i < list->count; i++) {
		const char *path = list->items[i];
		result = keep(path, path + (*path == '-'), false);
	}
	return result;
}

/* As systemd has it: a service's own directories stay writable, its notify socket in reach. */
static int keep_own(const struct spawn_job *job)
{
	static char paths[2 * 8][DIRECTORY_PATH_MAX];
	const struct service_config *config = &job->unit->service;
	const struct text_list *lists[] = {
		&config->state_directories, &config->runtime_directories};
	size_t used = 0;
	int result = job->notify_path != NULL ? keep(job->notify_path, job->notify_path, false) : 0;
	for (int kind = 0; kind < 2; kind++) {
		for (size_t i = 0; result == 0 && i < lists[kind]->count; i++) {
			if (used == sizeof(paths) / sizeof(paths[0])) {
				return -E2BIG;
			}
			format_text(paths[used], sizeof(paths[used]), "%s/%s",
				kind == 0 ? SPAWN_STATE_ROOT : SPAWN_RUNTIME_ROOT,
				lists[kind]->items[i]);
			result = keep(paths[used], paths[used], false);
			used++;
		}
	}
	return result;
}

static int keep_pieces(const struct spawn_job *job)
{
	const struct sandbox_config *sandbox = &job->unit->service.sandbox;
	bool is_strict = sandbox->protect_system == PROTECT_STRICT;
	static const char *const kernel[] = {"-/dev", "-/proc", "-/sys"};
	int result = 0;
	for (size_t i = 0; is_strict && result == 0 && i < 3; i++) {
		result = keep(kernel[i], kernel[i] + 1, false);
	}
	if (result == 0) {
		result = keep_bound(&sandbox->bind_read_only, true);
	}
	if (result == 0) {
		result = keep_bound(&sandbox->bind, false);
	}
	if (result == 0) {
		result = keep_all(&sandbox->read_write);
	}
	if (result == 0 && (is_strict || sandbox_has_own_root(sandbox))) {
		result = keep_own(job);
	}
	return result;
}

static int put_pieces(void)
{
	int result = 0;
	for (size_t i = 0; result == 0 && i < piece_count; i++) {
		result = put_tree(pieces[i].fd, pieces[i].target);
	}
	return result;
}

static int make_read_only(const char *path)
{
	bool may_be_missing = *path == '-';
	int fd = clone_tree(here(path + may_be_missing));
	if (fd < 0) {
		return may_be_missing && fd == -ENOENT ? 0 : fd;
	}
	int result = set_read_only(fd, "");
	if (result < 0) {
		close(fd);
		return result;
	}
	return put_tree(fd, path + may_be_missing);
}

static int protect_system(const struct sandbox_config *sandbox)
{
	static const char *const paths[] = {"-/usr", "-/boot", "-/etc"};
	size_t count = sandbox->protect_system == PROTECT_FULL ? 3 : 2;
	int result = 0;
	if (sandbox->protect_system == PROTECT_STRICT) {
		return set_read_only(AT_FDCWD, ".");
	}
	for (size_t i = 0; sandbox->protect_system != PROTECT_NO && result == 0 && i < count; i++) {
		result = make_read_only(paths[i]);
	}
	return result;
}

static int mount_tmpfs(const char *path, unsigned long flags, const char *options)
{
	return mount("tmpfs", here(path), "tmpfs", flags, options) < 0 ? -errno : 0;
}

/* Devices that are no hardware; the nodes are those that are there already. */
static int make_devices(void)
{
	static const char *const names[] = {"null", "zero", "full", "random", "urandom", "tty"};
	int fds[6], result;
	for (size_t i = 0; i < 6; i++) {
		char path[24];
		format_text(path, sizeof(path), "dev/%s", names[i]);
		fds[i] = clone_tree(path);
	}
	result = mount_tmpfs("/dev", MS_NOSUID | MS_NOEXEC, TMPFS_OPTIONS);
	for (size_t i = 0; i < 6; i++) {
		char path[24];
		format_text(path, sizeof(path), "/dev/%s", names[i]);
		if (fds[i] >= 0 && result == 0) {
			result = put_tree(fds[i], path);
		}
	}
	if (result == 0 && symlink("/proc/self/fd", "dev/fd") < 0) {
		result = -errno;
	}
	return result;
}

static int make_private(const struct sandbox_config *sandbox)
{
	int result = 0;
	if (sandbox->has_private_tmp) {
		(void)mkdir("tmp", 0755); // of an empty root; elsewhere it is there
		result = mount_tmpfs("/tmp", MS_NOSUID | MS_NODEV, "mode=1777");
		if (result == 0 && access("var/tmp", F_OK) == 0) {
			result = mount_tmpfs("/var/tmp", MS_NOSUID | MS_NODEV, "mode=1777");
		}
	}
	return result == 0 && sandbox->has_private_devices ? make_devices() : result;
}

/* TemporaryFileSystem=PATH[:OPTIONS], but for the root's, which is there already. */
static int make_temporary(const struct sandbox_config *sandbox)
{
	int result = 0;
	for (size_t i = 0; result == 0 && i < sandbox->temporary.count; i++) {
		char path[DIRECTORY_PATH_MAX];
		const char *entry = sandbox->temporary.items[i];
		size_t length = strcspn(entry, ":");
		format_text(path, sizeof(path), "%.*s", (int)length, entry);
		if (strcmp(path, "/") != 0) {
			bool is_read_only = strcmp(entry + length, ":ro") == 0;
			result = mount_tmpfs(path,
				is_read_only ? MS_NOSUID | MS_NODEV | MS_RDONLY
					     : MS_NOSUID | MS_NODEV,
				is_read_only || entry[length] == '\0' ? TMPFS_OPTIONS
								      : entry + length + 1);
		}
	}
	return result;
}

static int hide(const char *path)
{
	bool may_be_missing = *path == '-';
	struct stat info;
	path += may_be_missing;
	if (stat(here(path), &info) < 0) {
		return may_be_missing && errno == ENOENT ? 0 : -errno;
	}
	if (S_ISDIR(info.st_mode)) {
		return mount_tmpfs(path, MS_NOSUID | MS_NODEV | MS_RDONLY, "mode=0000,size=4k");
	}
	int fd = clone_tree("dev/null");
	return fd < 0 ? fd : put_tree(fd, path);
}

static int each(const struct text_list *list, int (*act)(const char *path))
{
	int result = 0;
	for (size_t i = 0; result == 0 && i < list->count; i++) {
		result = act(list->items[i]);
	}
	return result;
}

static int furnish(const struct sandbox_config *sandbox)
{
	int result = sandbox_has_own_root(sandbox) ? 0 : protect_system(sandbox);
	if (result == 0) {
		result = make_temporary(sandbox);
	}
	if (result == 0) {
		result = make_private(sandbox);
	}
	if (result == 0) {
		result = each(&sandbox->read_only, make_read_only);
	}
	if (result == 0) {
		result = put_pieces();
	}
	return result == 0 ? each(&sandbox->inaccessible, hide) : result;
}

/* An empty root, built where every image has a directory; what was there is kept by descriptor. */
static int build_root(const struct sandbox_config *sandbox)
{
	if (mount("tmpfs", SPAWN_RUNTIME_ROOT, "tmpfs", MS_NOSUID | MS_NODEV, TMPFS_OPTIONS) < 0 ||
		chdir(SPAWN_RUNTIME_ROOT) < 0) {
		return -errno;
	}
	int result = furnish(sandbox);
	if (result < 0) {
		return result;
	}
	struct mount_attributes attributes = {.attr_set = MOUNT_ATTR_RDONLY};
	if (syscall(SYS_mount_setattr, AT_FDCWD, ".", 0, &attributes, sizeof(attributes)) < 0 ||
		syscall(SYS_pivot_root, ".", ".") < 0 || umount2(".", MNT_DETACH) < 0 ||
		chdir("/") < 0) {
		return -errno;
	}
	return 0;
}

bool sandbox_has_own_root(const struct sandbox_config *sandbox)
{
	for (size_t i = 0; i < sandbox->temporary.count; i++) {
		const char *entry = sandbox->temporary.items[i];
		if (entry[1] == '\0' || entry[1] == ':') {
			return true;
		}
	}
	return false;
}

static bool is_wanted(const struct sandbox_config *sandbox)
{
	return sandbox->protect_system != PROTECT_NO || sandbox->has_private_tmp ||
	       sandbox->has_private_devices || sandbox->read_only.count != 0 ||
	       sandbox->inaccessible.count != 0 || sandbox->temporary.count != 0 ||
	       sandbox->bind.count != 0 || sandbox->bind_read_only.count != 0;
}

int sandbox_mount(const struct spawn_job *job)
{
	const struct sandbox_config *sandbox = &job->unit->service.sandbox;
	if (!is_wanted(sandbox)) {
		return 0;
	}
	if (unshare(CLONE_NEWNS) < 0 || mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL) < 0 ||
		chdir("/") < 0) {
		return -errno;
	}
	int result = keep_pieces(job);
	if (result < 0) {
		return result;
	}
	return sandbox_has_own_root(sandbox) ? build_root(sandbox) : furnish(sandbox);
}
