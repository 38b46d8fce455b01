// SPDX-License-Identifier: MIT
/*
 * What is special about WSL, around an init that knows nothing of it: `sill-wsl start` is the boot
 * command of the system distro and becomes sill-init; `sill-wsl client` is a service of it and
 * becomes, through WSL's own /init, the RDP client on Windows.
 */
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <linux/vm_sockets.h>

#include "system-distro/wsl/environment_file.h"
#include "system-distro/wsl/rdp_client.h"
#include "system-distro/wsl/shared_folder.h"
#include "system-distro/wsl/windows_path.h"
#include "system-distro/wsl/wslgconfig.h"

#define INIT "/usr/lib/sill/sill-init"
#define ENVIRONMENT_FILE "/run/sill/environment"
#define WINDOWS_CLIENT "/mnt/c/Windows/System32/mstsc.exe"
#define LISTEN_FD 3 /* sd_listen_fds(3) */

enum {
	EXIT_FAILED = 1,
	EXIT_BAD_INPUT = 2,
};

extern char **environ;

static const char help[] =
	"Usage: sill-wsl start [INIT-OPTION...]\n"
	"       sill-wsl client\n"
	"\n"
	"  start   prepare what WSL expects and become sill-init (wsl.conf's boot command)\n"
	"  client  become the RDP client on Windows, for the socket handed over\n";

static int complain(const char *what, const char *why)
{
	fprintf(stderr, "sill-wsl: %s: %s\n", what, why);
	return EXIT_FAILED;
}

/* What WSL gave to us for the services, and all that the person set, go on to them. */
static bool write_variable(FILE *file, const struct wslgconfig *config, const char *variable)
{
	char name[ENVIRONMENT_LINE_MAX], line[ENVIRONMENT_LINE_MAX];
	size_t length = strcspn(variable, "=");
	if (variable[length] == '\0' || length >= sizeof(name)) {
		return true;
	}
	memcpy(name, variable, length);
	name[length] = '\0';
	if (!environment_is_wanted(name) && !wslgconfig_sets(config, name)) {
		return true;
	}
	if (!environment_line(name, variable + length + 1, line, sizeof(line))) {
		complain(name, "its value cannot be handed on to services");
		return true;
	}
	return fputs(line, file) >= 0;
}

/* For EnvironmentFile= of the services. */
static bool write_environment(const struct wslgconfig *config)
{
	if (mkdir("/run/sill", 0755) < 0 && errno != EEXIST) {
		return false;
	}
	FILE *file = fopen(ENVIRONMENT_FILE, "we");
	bool is_written = file != NULL;
	for (char **variable = environ; is_written && *variable != NULL; variable++) {
		is_written = write_variable(file, config, *variable);
	}
	return (file == NULL || fclose(file) == 0) && is_written;
}

static bool read_config(void)
{
	struct wslgconfig *config = wslgconfig_read(getenv("WSL2_USER_PROFILE"));
	wslgconfig_apply(config);
	bool is_written = write_environment(config);
	wslgconfig_destroy(config);
	return is_written;
}

static int start(char *argv[])
{
	umask(022);
	if (geteuid() != 0) {
		return complain("start", "must be run as root, as WSL's boot command is");
	}
	shared_folder_make_runtime();
	if (!read_config()) {
		return complain(ENVIRONMENT_FILE, strerror(errno));
	}
	shared_folder_log();
	shared_folder_show();
	static char name[] = INIT;
	argv[0] = name;
	execv(INIT, argv);
	return complain(INIT, strerror(errno));
}

/* The port of the listening socket that init opened for the RDP server, and handed to us, too. */
static bool find_port(uint32_t *ret_port)
{
	struct sockaddr_vm address = {0};
	socklen_t size = sizeof(address);
	if (getsockname(LISTEN_FD, (struct sockaddr *)&address, &size) < 0 ||
		address.svm_family != AF_VSOCK) {
		return false;
	}
	*ret_port = address.svm_port;
	return true;
}

static bool find_vm_id(char *ret_id, size_t size)
{
	const char *const argv[] = {"/usr/bin/wslinfo", "--vm-id", "-n", NULL};
	const char *given = getenv("WSL2_VM_ID");
	if (given == NULL) {
		return wsl_ask(argv, ret_id, size);
	}
	int length = snprintf(ret_id, size, "%s", given);
	return length > 0 && (size_t)length < size;
}

/* The client that came with WSL, or else the one of every Windows. */
static void find_program(const char *install_path, char *ret_path, size_t size)
{
	char folder[PATH_MAX];
	if (install_path != NULL && !rdp_client_switch(getenv("WSLG_USE_MSTSC"), false) &&
		windows_path(install_path, folder, sizeof(folder))) {
		int length = snprintf(ret_path, size, "%s/msrdc.exe", folder);
		if (length > 0 && (size_t)length < size && access(ret_path, X_OK) == 0) {
			return;
		}
	}
	snprintf(ret_path, size, "%s", WINDOWS_CLIENT);
}

static int become_client(void)
{
	char program[PATH_MAX], vm_id[64];
	struct rdp_client client = {
		.program = program,
		.vm_id = vm_id,
		.install_path = getenv("WSL2_INSTALL_PATH"),
		.is_private_plugin = rdp_client_switch(getenv("WSLG_USE_WSLDVC_PRIVATE"), false),
	};
	struct rdp_client_command command;
	if (!find_port(&client.vsock_port)) {
		return complain(
			"client", "no vsock socket was handed over; see Sockets= in its unit");
	}
	if (!find_vm_id(vm_id, sizeof(vm_id))) {
		return complain("client", "WSL does not say which VM this is");
	}
	find_program(client.install_path, program, sizeof(program));
	if (!rdp_client_command(&client, &command)) {
		return complain("client", "WSL2_INSTALL_PATH is too long");
	}
	execv(command.words[0], command.words);
	return complain(command.words[0], strerror(errno));
}

int main(int argc, char *argv[])
{
	if (argc >= 2 && strcmp(argv[1], "start") == 0) {
		return start(argv + 1);
	}
	if (argc == 2 && strcmp(argv[1], "client") == 0) {
		return become_client();
	}
	bool is_asked = argc == 2 && strcmp(argv[1], "--help") == 0;
	fputs(help, is_asked ? stdout : stderr);
	return is_asked ? 0 : EXIT_BAD_INPUT;
}
