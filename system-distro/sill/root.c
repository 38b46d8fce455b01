// SPDX-License-Identifier: MIT
#include "system-distro/sill/root.h"

#include <errno.h>
#include <sched.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "system-distro/sill/report.h"

extern char **environ;

static bool is_dir(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* Run a tool to its end. True when it succeeded; it has told its own errors. */
static bool run_tool(const char *const argv[])
{
	pid_t pid;
	int status;
	if (posix_spawnp(&pid, argv[0], NULL, NULL, (char *const *)argv, environ) != 0) {
		return false;
	}
	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR) {
			return false;
		}
	}
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void use(struct instance *instance, const char *kind)
{
	snprintf(instance->root_kind, sizeof(instance->root_kind), "%s", kind);
}

static bool mount_loop(struct instance *instance, char *path)
{
	/* Private, so that the mount is seen by the instance alone and ends with it. */
	if (unshare(CLONE_NEWNS) < 0 || mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL) < 0) {
		report_errno("cannot have a mount namespace");
		return false;
	}
	const char *const argv[] = {
		"mount", "-t", "erofs", "-o", "ro,loop,nosuid,nodev", instance->image, path, NULL};
	if (!run_tool(argv)) {
		report("cannot mount %s; is it an erofs image, and does this kernel have loop "
		       "devices?",
			instance->image);
		return false;
	}
	use(instance, "loop");
	return true;
}

static bool write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "we");
	if (file == NULL) {
		return false;
	}
	bool written = fputs(text, file) >= 0;
	return fclose(file) == 0 && written;
}

/* A user may mount FUSE file systems in a user namespace in which he is root. */
static bool enter_user_namespace(void)
{
	char uid_map[64], gid_map[64];
	snprintf(uid_map, sizeof(uid_map), "0 %d 1\n", (int)geteuid());
	snprintf(gid_map, sizeof(gid_map), "0 %d 1\n", (int)getegid());
	return unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0 &&
	       write_file("/proc/self/setgroups", "deny\n") &&
	       write_file("/proc/self/uid_map", uid_map) &&
	       write_file("/proc/self/gid_map", gid_map);
}

static bool mount_fuse(struct instance *instance, char *path)
{
	if (access("/dev/fuse", R_OK | W_OK) < 0) {
		return false;
	}
	const char *const probe[] = {"sh", "-c", "command -v erofsfuse >/dev/null", NULL};
	if (!run_tool(probe) || !enter_user_namespace()) {
		return false;
	}
	const char *const argv[] = {"erofsfuse", instance->image, path, NULL};
	if (!run_tool(argv)) {
		return false;
	}
	use(instance, "fuse");
	return true;
}

/* sill build leaves the tree beside the image it packed of it: DIR/NAME.erofs and DIR/tree. */
static bool find_tree(struct instance *instance, char *path)
{
	char image[PATH_MAX];
	snprintf(image, sizeof(image), "%s", instance->image);
	char *slash = strrchr(image, '/');
	if (slash == NULL) {
		return false;
	}
	*slash = '\0';
	if (snprintf(path, PATH_MAX, "%s/tree", image) >= PATH_MAX || !is_dir(path)) {
		return false;
	}
	use(instance, "tree");
	return true;
}

bool root_open(struct instance *instance, char *path)
{
	if (is_dir(instance->image)) {
		use(instance, "tree");
		snprintf(path, PATH_MAX, "%s", instance->image);
		return true;
	}
	instance_path(instance, "root", path);
	if (mkdir(path, 0755) < 0 && errno != EEXIST) {
		report_errno("cannot make %s", path);
		return false;
	}
	if (geteuid() == 0) {
		return mount_loop(instance, path);
	}
	if (mount_fuse(instance, path) || find_tree(instance, path)) {
		return true;
	}
	report("cannot open %s: without root it takes erofsfuse and /dev/fuse, or the tree it was "
	       "packed from beside it",
		instance->image);
	return false;
}

void root_close(const struct instance *instance)
{
	char path[PATH_MAX];
	instance_path(instance, "root", path);
	if (strcmp(instance->root_kind, "tree") != 0) {
		umount2(path, MNT_DETACH);
	}
}
