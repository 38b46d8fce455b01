// SPDX-License-Identifier: MIT
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "system-distro/vm/network.h"
#include "system-distro/vm/options.h"
#include "system-distro/vm/verity.h"

/*
 * The first process of the virtual machine, in the initramfs. It brings the image up behind its
 * hash tree, and becomes the image's own init.
 */
#define MODULES "/etc/sill/modules"
#define IMAGE "/image"
#define COMMAND_LINE_MAX 4096
#define NAME_SIZE 256
#define PATH_SIZE 512
#define DEVICE_TRIES 1000 // of 10 ms

/* There is nothing to go back to: say why, and end the machine. */
__attribute__((noreturn, format(printf, 1, 2))) static void give_up(const char *format, ...)
{
	int reason = errno;
	char text[512];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	dprintf(STDERR_FILENO, "sill-vm-init: %s%s%s\n", text, reason != 0 ? ": " : "",
		reason != 0 ? strerror(reason) : "");
	reboot(RB_POWER_OFF);
	_exit(1);
}

static void must_mount(const char *what, const char *where, const char *type, unsigned long flags,
	const char *data)
{
	if (mount(what, where, type, flags, data) < 0) {
		give_up("%s cannot be mounted on %s", what, where);
	}
}

static void mount_kernel(void)
{
	must_mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL);
	must_mount("sysfs", "/sys", "sysfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL);
	must_mount("devtmpfs", "/dev", "devtmpfs", MS_NOSUID | MS_NOEXEC, "mode=0755");
	int console = open("/dev/console", O_RDWR | O_CLOEXEC);
	for (int fd = 0; console >= 0 && fd <= STDERR_FILENO; fd++) {
		dup2(console, fd);
	}
}

static void read_options(struct options *options)
{
	char text[COMMAND_LINE_MAX];
	int fd = open("/proc/cmdline", O_RDONLY | O_CLOEXEC);
	ssize_t size = fd >= 0 ? read(fd, text, sizeof(text) - 1) : -1;
	if (size < 0) {
		give_up("the kernel's command line cannot be read");
	}
	close(fd);
	text[size] = '\0';
	const char *problem = options_parse(text, options);
	if (problem != NULL) {
		errno = 0;
		give_up("kernel command line: %s", problem);
	}
}

static void load_module(const char *release, const char *name)
{
	char path[PATH_SIZE];
	snprintf(path, sizeof(path), "/usr/lib/modules/%s/%s", release, name);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	// One that this kernel has built in is not there.
	if (fd < 0 && errno == ENOENT) {
		return;
	}
	if (fd < 0 || (syscall(SYS_finit_module, fd, "", 0) < 0 && errno != EEXIST)) {
		give_up("%s cannot be loaded", path);
	}
	close(fd);
}

static void load_modules(void)
{
	struct utsname name;
	char line[NAME_SIZE];
	FILE *file = fopen(MODULES, "re");
	if (file == NULL || uname(&name) < 0) {
		give_up(MODULES " cannot be read");
	}
	while (fgets(line, sizeof(line), file) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if (line[0] != '\0') {
			load_module(name.release, line);
		}
	}
	fclose(file);
}

/* The disk is found by the kernel while we are at work: nobody tells when but its file in /dev. */
static void wait_for_device(const char *path)
{
	const struct timespec pause = {.tv_nsec = 10000000};
	for (int i = 0; access(path, F_OK) < 0; i++) {
		if (i == DEVICE_TRIES) {
			give_up("there is no %s", path);
		}
		nanosleep(&pause, NULL);
	}
}

static void open_image(const struct options *options)
{
	char table[OPTIONS_TABLE_MAX];
	wait_for_device(options->device);
	if (!options_table(options, table) || !verity_open(table, options->blocks)) {
		give_up("%s cannot be verified", options->device);
	}
	wait_for_device("/dev/dm-0");
	if (mount("/dev/dm-0", IMAGE, "erofs", MS_RDONLY | MS_NOSUID | MS_NODEV, NULL) < 0) {
		give_up("%s is not the image that the command line names", options->device);
	}
}

/* What else an initramfs brought below /run and /var is there in the system as well. */
static void mount_writable(void)
{
	const unsigned long flags = MS_NOSUID | MS_NODEV;
	must_mount("/run", IMAGE "/run", NULL, MS_BIND, NULL);
	must_mount("/var", IMAGE "/var", NULL, MS_BIND, NULL);
	must_mount("tmpfs", IMAGE "/tmp", "tmpfs", flags, "mode=1777");
	must_mount("tmpfs", IMAGE "/mnt/wslg", "tmpfs", flags, "mode=0755");
	must_mount("/dev", IMAGE "/dev", NULL, MS_MOVE, NULL);
	must_mount("/sys", IMAGE "/sys", NULL, MS_MOVE, NULL);
	must_mount("/proc", IMAGE "/proc", NULL, MS_MOVE, NULL);
}

static void make_folder(const char *path)
{
	if (mkdir(path, 0755) < 0 && errno != EEXIST) {
		give_up("%s cannot be made", path);
	}
}

/* A unit below /run takes the place of the image's own of that name. */
static void write_listen(const char *listen)
{
	make_folder("/run/sill");
	make_folder("/run/sill/units");
	FILE *file = fopen("/run/sill/units/sill-rdp.socket", "we");
	if (file == NULL ||
		fprintf(file,
			"[Unit]\nDescription=RDP\n\n[Socket]\nListenStream=%s\n"
			"Service=sill-rdp.service\nFileDescriptorName=rdp\n",
			listen) < 0 ||
		fclose(file) != 0) {
		give_up("the RDP socket's unit cannot be written");
	}
}

int main(void)
{
	struct options options;
	if (getpid() != 1) {
		dprintf(STDERR_FILENO, "sill-vm-init: only for the kernel to start\n");
		return 2;
	}
	umask(022);
	mount_kernel();
	read_options(&options);
	load_modules();
	open_image(&options);
	if (!network_set_up(options.address, options.prefix)) {
		give_up("the network cannot be set up");
	}
	if (options.listen[0] != '\0') {
		write_listen(options.listen);
	}
	mount_writable();
	if (chdir(IMAGE) < 0 || mount(".", "/", NULL, MS_MOVE, NULL) < 0 || chroot(".") < 0 ||
		chdir("/") < 0) {
		give_up("the image cannot become the root");
	}
	execl("/sbin/init", "/sbin/init", (char *)NULL);
	give_up("/sbin/init of the image cannot be run");
}
