// SPDX-License-Identifier: MIT
#include "rootfs-manifest/wsl_profile.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "rootfs-manifest/process.h"

#define TEXT_MAX 65536

/* A program that WSL runs by this path. */
struct tool {
	const char *path;
	const char *argument; // a harmless way to run it, or NULL where there is none
	const char *why;
};

// Read from WSL's src/linux/init: main.cpp, drvfs.cpp, config.cpp, timezone.cpp, GnsEngine.cpp.
static const struct tool tools[] = {
	{"/bin/sh", NULL, "every other command is run through it"},
	{"/bin/mount", "--version", "Windows drives and fstab"},
	{"/sbin/ldconfig", "--version", "the GPU's libraries get into the cache"},
	{"/sbin/modprobe", "--version", "kernel modules"},
	{"/sbin/agetty", "--version", "wsl --debug-shell"},
	{"/usr/bin/setsid", "--version", "wsl --debug-shell"},
	{"/usr/bin/bsdtar", "--version", "wsl --import, --export and --install"},
	{"/usr/sbin/mkfs.ext4", "-V", "wsl --install and --import make file systems"},
	{"/usr/sbin/e2fsck", "-V", "wsl --manage --resize"},
	{"/usr/sbin/resize2fs", NULL, "wsl --manage --resize"},
	{"/usr/sbin/mkswap", "--version", "swap"},
	{"/usr/sbin/swapon", "--version", "swap"},
	{"/usr/sbin/blkid", "--version", "wsl --mount finds the file system's type"},
	{"/sbin/chronyd", "--version", "the clock is right after sleep"},
	{"/usr/sbin/dhcpcd", "--version", "bridged networking"},
	{"/usr/sbin/nft", "--version", "mirrored networking"},
};

static const struct {
	const char *path;
	const char *why;
} folders[] = {
	{"/dev", "WSL moves its own there before it changes root"},
	{"/proc", "WSL moves its own there before it changes root"},
	{"/sys", "WSL moves its own there before it changes root"},
	{"/run", "interop's sockets are there"},
	{"/tmp", "X11's sockets are there"},
	{"/mnt", "/mnt/wslg, /mnt/wsl and the drives are mounted there"},
	{"/etc", "resolv.conf, hosts and the time zone are written there"},
	{"/var", "chronyd writes there"},
};

/* Opens a path as it is seen inside the image: links lead nowhere else. */
static int open_inside(const char *root, const char *path, int flags)
{
	int folder = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);
	struct open_how how = {
		.flags = (unsigned long long)flags | O_CLOEXEC, .resolve = RESOLVE_IN_ROOT};
	int fd = folder < 0 ? -1 : (int)syscall(SYS_openat2, folder, path, &how, sizeof(how));
	if (folder >= 0) {
		close(folder);
	}
	return fd;
}

static bool read_inside(const char *root, const char *path, char *text, size_t size)
{
	int fd = open_inside(root, path, O_RDONLY);
	ssize_t got = fd >= 0 ? read(fd, text, size - 1) : -1;
	text[got > 0 ? got : 0] = '\0';
	if (fd >= 0) {
		close(fd);
	}
	return got >= 0;
}

static bool has_mode(const char *root, const char *path, mode_t type)
{
	struct stat st;
	int fd = open_inside(root, path, O_PATH);
	bool has = fd >= 0 && fstat(fd, &st) == 0 && (st.st_mode & S_IFMT) == type;
	if (fd >= 0) {
		close(fd);
	}
	return has;
}

/*
 * Runs it inside, through the shell as WSL does, with nothing of this machine to touch. One that
 * has no way to be run without doing something has to come as far as saying how it is used.
 */
static bool run_inside(const char *root, const struct tool *tool, struct error *err)
{
	char command[256];
	if (tool->argument != NULL) {
		snprintf(command, sizeof(command), "%s %s", tool->path, tool->argument);
	} else {
		snprintf(command, sizeof(command), "%s; test $? -lt 126", tool->path);
	}
	const char *const argv[] = {"bwrap", "--unshare-all", "--die-with-parent", "--ro-bind",
		root, "/", "--dev", "/dev", "--setenv", "LANG", "en_US.UTF-8", "/bin/sh", "-c",
		command, NULL};
	return process_run(argv, err);
}

static void check_tool(const char *root, const struct tool *tool, struct findings *findings)
{
	struct error err;
	if (!has_mode(root, tool->path, S_IFREG)) {
		findings_add(findings, "wsl tool", FINDING_FAILED, "%s is missing: %s", tool->path,
			tool->why);
	} else if (!run_inside(root, tool, &err)) {
		findings_add(findings, "wsl tool", FINDING_FAILED, "%s does not run (%s): %s",
			tool->path, err.text, tool->why);
	} else {
		findings_add(
			findings, "wsl tool", FINDING_OK, "%s runs: %s", tool->path, tool->why);
	}
}

static void check_disk(const char *image, enum image_kind kind, struct findings *findings)
{
	static const char why[] = "WSL mounts the whole disk as ext4";
	const char *problem = kind == IMAGE_VHD ? image_vhd_problem(image) : "it is no VHD";
	const char *dot = strrchr(image, '.');
	if (problem == NULL && (dot == NULL || strcmp(dot, ".vhd") != 0)) {
		problem = "its name does not end in .vhd";
	}
	findings_add(findings, "wsl disk", problem == NULL ? FINDING_OK : FINDING_FAILED, "%s: %s",
		problem == NULL ? "ext4 from the first byte, fixed VHD" : problem, why);
}

static void expect(
	struct findings *findings, const char *name, bool there, const char *what, const char *why)
{
	findings_add(findings, name, there ? FINDING_OK : FINDING_FAILED, "%s%s: %s", what,
		there ? "" : " is missing", why);
}

/* A key in a section of an INI file, as WSL reads wsl.conf. */
static bool has_key(const char *text, const char *section, const char *key)
{
	bool inside = false;
	for (const char *line = text; line != NULL && *line != '\0';) {
		line += strspn(line, " \t\n");
		if (*line == '[') {
			inside = strncmp(line + 1, section, strlen(section)) == 0 &&
				 line[1 + strlen(section)] == ']';
		} else if (inside && strncmp(line, key, strlen(key)) == 0 &&
			   strchr(" \t=", line[strlen(key)]) != NULL) {
			return true;
		}
		line = strchr(line, '\n');
	}
	return false;
}

static void check_files(const char *root, struct findings *findings)
{
	static char text[TEXT_MAX];
	bool conf = read_inside(root, "/etc/wsl.conf", text, sizeof(text));
	expect(findings, "wsl config", conf && has_key(text, "boot", "command"),
		"[boot] command= in /etc/wsl.conf", "the windows are started by it");
	expect(findings, "wsl config", conf && has_key(text, "user", "default"),
		"[user] default= in /etc/wsl.conf", "drives get that user's uid");
	bool user = read_inside(root, "/etc/passwd", text, sizeof(text)) &&
		    strstr(text, ":x:1000:1000:") != NULL;
	expect(findings, "wsl user", user, "uid 1000 in /etc/passwd",
		"shares are made for it before the image is there");
	expect(findings, "wsl versions", has_mode(root, "/etc/versions.txt", S_IFREG),
		"/etc/versions.txt", "support asks for it");
	expect(findings, "wsl release", has_mode(root, "/etc/os-release", S_IFREG),
		"/etc/os-release", "the service asks which distribution it is");
	bool locale = has_mode(root, "/usr/lib/locale/locale-archive", S_IFREG) ||
		      has_mode(root, "/usr/lib/locale/en_US.utf8", S_IFDIR) ||
		      has_mode(root, "/usr/lib/locale/C.utf8", S_IFDIR);
	expect(findings, "wsl locale", locale, "a UTF-8 locale",
		"bsdtar reads names of files with it");
	expect(findings, "wsl zones", has_mode(root, "/usr/share/zoneinfo", S_IFDIR),
		"/usr/share/zoneinfo", "Windows' time zone is linked from it");
}

void wsl_profile_check(
	const char *image, enum image_kind kind, const char *root, struct findings *findings)
{
	check_disk(image, kind, findings);
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		expect(findings, "wsl folder", has_mode(root, folders[i].path, S_IFDIR),
			folders[i].path, folders[i].why);
	}
	for (size_t i = 0; i < sizeof(tools) / sizeof(tools[0]); i++) {
		check_tool(root, &tools[i], findings);
	}
	check_files(root, findings);
}
