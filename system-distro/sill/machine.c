// SPDX-License-Identifier: MIT
#include "system-distro/sill/machine.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "system-distro/sill/child.h"
#include "system-distro/sill/machine_initramfs.h"
#include "system-distro/sill/report.h"
#include "system-distro/sill/strv.h"

#define MEMORY_MB "768"
#define IMAGE_SUFFIX ".erofs"
#define CMDLINE_SUFFIX ".cmdline"
#define CMDLINE_MAX 256
#define GUEST "10.0.2.15" // in QEMU's user network
#define READY "sill-init: started after "
#define READY_TAIL 65536

/* Hardware help where it is there; it is this that makes the difference between 3 and 30 seconds.
 */
static const char *accelerators(void)
{
	const char *named = getenv("SILL_QEMU_ACCEL");
	return named != NULL && named[0] != '\0' ? named : "kvm:tcg";
}

/* NAME.cmdline beside NAME.erofs: which root hash the kernel shall believe. */
static bool read_trust(const struct instance *instance, char trust[static CMDLINE_MAX])
{
	char path[PATH_MAX + sizeof(CMDLINE_SUFFIX)];
	size_t size = strlen(instance->image), suffix = strlen(IMAGE_SUFFIX);
	if (size < suffix || strcmp(instance->image + size - suffix, IMAGE_SUFFIX) != 0) {
		report("%s: a virtual machine takes an " IMAGE_SUFFIX " image", instance->image);
		return false;
	}
	snprintf(path, sizeof(path), "%.*s" CMDLINE_SUFFIX, (int)(size - suffix), instance->image);
	FILE *file = fopen(path, "re");
	bool found = file != NULL && fgets(trust, CMDLINE_MAX, file) != NULL;
	if (file != NULL) {
		fclose(file);
	}
	if (!found) {
		report_errno("cannot read %s, which sill build writes beside an image", path);
		return false;
	}
	trust[strcspn(trust, "\n")] = '\0';
	if (strncmp(trust, "sill.verity=", strlen("sill.verity=")) != 0 ||
		strpbrk(trust, " \t\"") != NULL) {
		report("%s: not the one line that sill build writes", path);
		return false;
	}
	return true;
}

/* A comma in a value of QEMU's is written twice. */
static void add_value(struct strv *argv, const char *before, const char *value, const char *after)
{
	char text[2 * PATH_MAX];
	size_t used = 0;
	for (; *value != '\0' && used < sizeof(text) - 2; value++) {
		text[used++] = *value;
		if (*value == ',') {
			text[used++] = ',';
		}
	}
	text[used] = '\0';
	strv_addf(argv, "%s%s%s", before, text, after);
}

static void build_argv(struct strv *argv, const struct instance *instance, const char *trust,
	const char *initramfs)
{
	strv_add_all(
		argv, "qemu-system-x86_64", "-nodefaults", "-no-user-config", "-machine", NULL);
	strv_addf(argv, "q35,accel=%s", accelerators());
	strv_add_all(argv, "-cpu", "max", "-m", MEMORY_MB, "-display", "none", "-serial", "stdio",
		"-no-reboot", "-sandbox",
		"on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny",
		"-kernel", instance->kernel, "-initrd", initramfs, "-append", NULL);
	// What init says goes through the kernel, which drops a part of it unless told otherwise.
	strv_addf(argv,
		"console=ttyS0 loglevel=5 printk.devkmsg=on panic=-1 net.ifnames=0 %s "
		"sill.address=" GUEST "/24 sill.listen=0.0.0.0:3389%s%s",
		trust, instance->append[0] != '\0' ? " " : "", instance->append);
	strv_add(argv, "-drive");
	add_value(argv, "if=none,id=image,file=", instance->image, ",format=raw,readonly=on");
	strv_add_all(argv, "-device", "virtio-blk-pci,drive=image", "-netdev", NULL);
	strv_addf(argv, "user,id=net,restrict=on,hostfwd=tcp:%s-" GUEST ":3389", instance->listen);
	strv_add_all(argv, "-device", "virtio-net-pci,netdev=net", NULL);
}

/* The image makes its own credentials, as it does where it runs: only their place is another. */
static bool make_credentials(const struct instance *instance, const char *root, int log_fd)
{
	char state[PATH_MAX], fingerprint[PATH_MAX];
	struct strv argv = {0};
	instance_state_path(instance, "rdp", state);
	instance_state_path(instance, "rdp/fingerprint", fingerprint);
	if (access(fingerprint, F_OK) == 0) {
		return true;
	}
	strv_add_all(&argv, "bwrap", "--unshare-all", "--die-with-parent", "--new-session",
		"--clearenv", "--ro-bind", root, "/", "--dev", "/dev", "--tmpfs", "/var", "--bind",
		state, "/var/lib/sill-rdp", "--", "/usr/lib/sill/sill-rdp",
		"--state=/var/lib/sill-rdp", "--make-credentials", NULL);
	int code = child_run(&argv, log_fd);
	strv_finish(&argv);
	if (code != 0) {
		report("the image cannot make a certificate in %s; this is what it says:", state);
	}
	return code == 0;
}

pid_t machine_start(struct instance *instance, const char *root, int log_fd)
{
	char trust[CMDLINE_MAX], initramfs[PATH_MAX];
	struct strv argv = {0};
	instance_path(instance, "initramfs", initramfs);
	if (!read_trust(instance, trust) || !make_credentials(instance, root, log_fd) ||
		!machine_initramfs_write(instance, root, initramfs)) {
		return -1;
	}
	build_argv(&argv, instance, trust, initramfs);
	pid_t parent = getpid(), pid = fork();
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != parent) {
			_exit(127);
		}
		child_exec(&argv, log_fd);
	}
	strv_finish(&argv);
	if (pid < 0) {
		report_errno("cannot fork");
	}
	instance->init_pid = pid;
	snprintf(instance->root_kind, sizeof(instance->root_kind), "verity");
	return pid;
}

bool machine_is_ready(int log_fd)
{
	static char tail[READY_TAIL];
	off_t size = lseek(log_fd, 0, SEEK_END);
	ssize_t n = pread(log_fd, tail, sizeof(tail), size > READY_TAIL ? size - READY_TAIL : 0);
	return n > 0 && memmem(tail, (size_t)n, READY, strlen(READY)) != NULL;
}
