// SPDX-License-Identifier: MIT
#include "system-distro/sill/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "system-distro/sill/child.h"
#include "system-distro/sill/report.h"
#include "system-distro/sill/strv.h"

/* bubblewrap's description of the child is a small JSON document. */
#define INFO_MAX 4096

/*
 * What init needs to give each service its own uid, directories, network namespace and priority; it
 * drops every one of them in the services.
 */
static const char *const init_capabilities[] = {"CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER",
	"CAP_KILL", "CAP_NET_ADMIN", "CAP_NET_BIND_SERVICE", "CAP_SETGID", "CAP_SETPCAP",
	"CAP_SETUID", "CAP_SYS_ADMIN", "CAP_SYS_NICE"};

static void add_identity(struct strv *argv, bool privileged)
{
	if (privileged) {
		strv_add_all(argv, "--cap-drop", "ALL", NULL);
		for (size_t i = 0; i < sizeof(init_capabilities) / sizeof(init_capabilities[0]);
			i++) {
			strv_add_all(argv, "--cap-add", init_capabilities[i], NULL);
		}
	} else {
		/* In its own user namespace; CAP_SYS_ADMIN and NET_ADMIN are for private networks.
		 */
		strv_add_all(argv, "--unshare-user", "--uid", "1000", "--gid", "1000", "--cap-add",
			"CAP_SYS_ADMIN", "--cap-add", "CAP_NET_ADMIN", "--cap-add", "CAP_SETPCAP",
			NULL);
	}
}

/* bubblewrap's own directories are its caller's alone; services have uids of their own. */
static void add_directory(struct strv *argv, const char *path)
{
	strv_add_all(argv, "--perms", "0755", "--dir", path, NULL);
}

static void add_file_systems(struct strv *argv, const struct instance *instance, const char *root)
{
	char wslg[PATH_MAX], run[PATH_MAX], rdp[PATH_MAX];
	instance_path(instance, "wslg", wslg);
	instance_path(instance, "run", run);
	instance_state_path(instance, "rdp", rdp);
	strv_add_all(argv, "--ro-bind", root, "/", "--proc", "/proc", "--dev", "/dev", NULL);
	strv_add_all(argv, "--tmpfs", "/run", "--perms", "1777", "--tmpfs", "/tmp", NULL);
	strv_add_all(argv, "--tmpfs", "/var", NULL);
	add_directory(argv, "/var/lib");
	strv_add_all(argv, "--bind", wslg, "/mnt/wslg", "--bind", run, "/run/sill", "--bind", rdp,
		"/var/lib/sill-rdp", NULL);
}

/* What sill-icons reads of the machine that applications run on, where it looks for it. */
static void add_data(struct strv *argv, const char *source, const char *target)
{
	static const char *const kinds[] = {"applications", "icons", "pixmaps"};
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		strv_add(argv, "--ro-bind-try");
		strv_addf(argv, "%s/%s", source, kinds[i]);
		strv_addf(argv, "%s/%s", target, kinds[i]);
	}
}

static void add_host_data(struct strv *argv)
{
	static const char *const directories[] = {"/run/host", "/run/host/usr",
		"/run/host/usr/local", "/run/host/usr/local/share", "/run/host/usr/share",
		"/run/host/user-share"};
	char user[PATH_MAX];
	const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
	for (size_t i = 0; i < sizeof(directories) / sizeof(directories[0]); i++) {
		add_directory(argv, directories[i]);
	}
	add_data(argv, "/usr/local/share", "/run/host/usr/local/share");
	add_data(argv, "/usr/share", "/run/host/usr/share");
	if (data != NULL && data[0] == '/') {
		add_data(argv, data, "/run/host/user-share");
	} else if (home != NULL && home[0] == '/' &&
		   (size_t)snprintf(user, sizeof(user), "%s/.local/share", home) < sizeof(user)) {
		add_data(argv, user, "/run/host/user-share");
	}
}

static void build_argv(struct strv *argv, const struct instance *instance, const char *root,
	bool privileged, int info_fd)
{
	/*
	 * The network is the machine's: sill-rdp listens there and init opens that socket; the
	 * services that need no network have none. IPC is shared for MIT-SHM with applications.
	 */
	strv_add_all(argv, "bwrap", "--unshare-pid", "--unshare-uts", "--hostname", instance->name,
		"--as-pid-1", "--die-with-parent", "--new-session", "--clearenv", NULL);
	strv_add(argv, "--info-fd");
	strv_addf(argv, "%d", info_fd);
	add_identity(argv, privileged);
	add_file_systems(argv, instance, root);
	add_host_data(argv);
	strv_add_all(argv, "--chdir", "/", "--", "/usr/lib/sill/sill-init", NULL);
	if (instance->profile[0] != '\0') {
		strv_add_all(argv, "--profile", instance->profile, NULL);
	}
}

/* A unit file under /run takes the place of the image's own of that name. */
static bool write_socket_unit(const struct instance *instance)
{
	char path[PATH_MAX];
	instance_path(instance, "run/units/sill-rdp.socket", path);
	FILE *file = fopen(path, "we");
	if (file == NULL) {
		report_errno("cannot write %s", path);
		return false;
	}
	fprintf(file,
		"[Unit]\nDescription=RDP\n\n[Socket]\nListenStream=%s\n"
		"Service=sill-rdp.service\nFileDescriptorName=rdp\n",
		instance->listen);
	return fclose(file) == 0;
}

static pid_t read_child_pid(int fd)
{
	char text[INFO_MAX];
	size_t length = 0;
	for (;;) {
		ssize_t n = read(fd, text + length, sizeof(text) - 1 - length);
		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n <= 0) {
			break;
		}
		length += (size_t)n;
	}
	text[length] = '\0';
	struct json_object *info = json_tokener_parse(text), *pid;
	pid_t child = -1;
	if (info != NULL && json_object_object_get_ex(info, "child-pid", &pid)) {
		child = json_object_get_int(pid);
	}
	json_object_put(info);
	return child;
}

__attribute__((noreturn)) static void exec_child(const struct strv *argv, int info_fd, int log_fd)
{
	if (fcntl(info_fd, F_SETFD, 0) < 0) {
		_exit(127);
	}
	child_exec(argv, log_fd);
}

pid_t sandbox_start(struct instance *instance, const char *root, bool privileged, int log_fd)
{
	int info[2];
	if (!write_socket_unit(instance)) {
		return -1;
	}
	if (pipe2(info, O_CLOEXEC) < 0) {
		report_errno("cannot make a pipe");
		return -1;
	}
	struct strv argv = {0};
	build_argv(&argv, instance, root, privileged, info[1]);
	pid_t pid = fork();
	if (pid == 0) {
		exec_child(&argv, info[1], log_fd);
	}
	close(info[1]);
	strv_finish(&argv);
	if (pid < 0) {
		report_errno("cannot fork");
	} else {
		instance->init_pid = read_child_pid(info[0]);
	}
	close(info[0]);
	return pid;
}
