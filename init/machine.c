// SPDX-License-Identifier: MIT
#include "init/machine.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <unistd.h>

#include "init/directory.h"
#include "init/format.h"
#include "init/log.h"
#include "init/text_file.h"

#define COMMAND_LINE_MAX 4096
#define MACHINE_SCREEN_MAX 72

static const struct {
	const char *type, *path;
	unsigned long flags;
	const char *options;
} mounts[] = {
	{"proc", "/proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL},
	{"sysfs", "/sys", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL},
	{"devtmpfs", "/dev", MS_NOSUID | MS_NOEXEC, "mode=0755"},
	{"devpts", "/dev/pts", MS_NOSUID | MS_NOEXEC, "mode=0620,gid=5,ptmxmode=0666"},
	{"tmpfs", "/dev/shm", MS_NOSUID | MS_NODEV, "mode=1777"},
	{"tmpfs", "/run", MS_NOSUID | MS_NODEV, "mode=0755"},
	{"tmpfs", "/tmp", MS_NOSUID | MS_NODEV, "mode=1777"},
	{"tmpfs", "/var", MS_NOSUID | MS_NODEV, "mode=0755"},
	{"tmpfs", "/mnt/wslg", MS_NOSUID | MS_NODEV, "mode=0755"},
	{"cgroup2", "/sys/fs/cgroup", MS_NOSUID | MS_NODEV | MS_NOEXEC, "nsdelegate"},
};

/*
 * A machine's second process is the kernel's own; a container's first one is alone when it begins,
 * and asking /proc, which is new there, would cost it more than all its sockets. If there is one:
 * the inode of that namespace, PROC_PID_INIT_INO, is part of the kernel's interface. Before /proc
 * is mounted there is nothing to look at: a container's runtime mounts it.
 */
bool machine_is_ours(void)
{
	struct stat info;
	if (getpid() != 1 || (kill(2, 0) < 0 && errno == ESRCH)) {
		return false;
	}
	return stat("/proc/self/ns/pid", &info) == 0 ? info.st_ino == 0xEFFFFFFCU
						     : access("/proc/cmdline", F_OK) < 0;
}

static bool is_mount_point(const char *path)
{
	struct stat here, above;
	char parent[DIRECTORY_PATH_MAX];
	format_text(parent, sizeof(parent), "%s/..", path);
	return stat(path, &here) == 0 && stat(parent, &above) == 0 && here.st_dev != above.st_dev;
}

void machine_prepare(void)
{
	for (size_t i = 0; i < sizeof(mounts) / sizeof(mounts[0]); i++) {
		(void)mkdir(mounts[i].path, 0755); // of a read-only root it is there or cannot be
		if (!is_mount_point(mounts[i].path) &&
			mount(mounts[i].type, mounts[i].path, mounts[i].type, mounts[i].flags,
				mounts[i].options) < 0 &&
			errno != ENOENT) {
			log_say("cannot mount %s: %s", mounts[i].path, strerror(errno));
		}
	}
	log_to_kernel();
	/* Ctrl-Alt-Del is a signal to us, not the end at once. */
	(void)reboot(RB_DISABLE_CAD);
}

void machine_end(enum end_action end)
{
	sync();
	(void)mount(NULL, "/", NULL, MS_REMOUNT | MS_RDONLY, NULL);
	(void)reboot(end == END_REBOOT ? RB_AUTOBOOT : RB_POWER_OFF);
	log_say("cannot turn the machine off: %s", strerror(errno));
}

bool machine_option(const char *name, char *to, unsigned size)
{
	char text[COMMAND_LINE_MAX];
	size_t length = strlen(name);
	if (text_file_read("/proc/cmdline", text, sizeof(text)) < 0) {
		return false;
	}
	char *rest;
	for (char *word = strtok_r(text, " \n", &rest); word != NULL;
		word = strtok_r(NULL, " \n", &rest)) {
		if (strncmp(word, name, length) == 0 && word[length] == '=') {
			return format_text(to, size, "%s", word + length + 1) < size;
		}
	}
	return false;
}

/* The first screen that is connected, in `data`, as /sys/class/drm has it: "card0-HDMI-A-1". */
static void look_at_connector(void *data, const char *name)
{
	char path[DIRECTORY_PATH_MAX], state[32], *connected = data;
	format_text(path, sizeof(path), "/sys/class/drm/%.64s/status", name);
	if (*connected == '\0' && text_file_read(path, state, sizeof(state)) > 0 &&
		strncmp(state, "connected", 9) == 0) {
		format_text(connected, MACHINE_SCREEN_MAX, "%.64s", name);
	}
}

const char *machine_profile(bool has_kms)
{
	char screen[MACHINE_SCREEN_MAX] = "";
	(void)directory_list("/sys/class/drm", look_at_connector, screen);
	if (screen[0] == '\0') {
		log_say("profile windows: no screen is connected");
		return "windows";
	}
	log_say("profile %s: %s is connected%s", has_kms ? "kms" : "windows", screen,
		has_kms ? "" : ", but the image has no kms.target");
	return has_kms ? "kms" : "windows";
}
