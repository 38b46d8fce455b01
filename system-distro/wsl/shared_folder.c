// SPDX-License-Identifier: MIT
#include "system-distro/wsl/shared_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

/* The uid that WSL's drives are mounted for, and every part of WSLg counts on. */
#define WSLG_UID 1000

static void complain(const char *what, const char *path)
{
	fprintf(stderr, "sill-wsl: %s %s: %s\n", what, path, strerror(errno));
}

static void make_folder(const char *path, mode_t mode)
{
	if ((mkdir(path, mode) < 0 && errno != EEXIST) || chmod(path, mode) < 0) {
		complain("cannot make", path);
	}
}

void shared_folder_make_runtime(void)
{
	make_folder(SHARED_FOLDER "/runtime-dir", 0777);
	if (chown(SHARED_FOLDER "/runtime-dir", WSLG_UID, WSLG_UID) < 0) {
		complain("cannot give away", SHARED_FOLDER "/runtime-dir");
	}
	make_folder(SHARED_FOLDER "/.X11-unix", 01777);
}

static void show(const char *source, const char *target)
{
	if (access(source, F_OK) == 0 && mount(source, target, NULL, MS_BIND, NULL) < 0) {
		complain("cannot show", target);
	}
}

void shared_folder_show(void)
{
	int fd = open(SHARED_FOLDER "/versions.txt", O_RDONLY | O_CREAT | O_CLOEXEC, 0444);
	if (fd >= 0) {
		close(fd);
	}
	show("/etc/versions.txt", SHARED_FOLDER "/versions.txt");
	make_folder(SHARED_FOLDER "/doc", 0755);
	show("/usr/share/doc", SHARED_FOLDER "/doc");
}

void shared_folder_log(void)
{
	const char *path = getenv("WSLG_ERR_LOG_PATH");
	if (path == NULL) {
		path = SHARED_FOLDER "/stderr.log";
	}
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0444);
	if (fd < 0 || dup2(fd, STDERR_FILENO) < 0) {
		complain("cannot write", path);
	}
	if (fd >= 0) {
		close(fd);
	}
}
