// SPDX-License-Identifier: MIT
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "system-distro/sill/commands.h"
#include "system-distro/sill/instance.h"
#include "system-distro/sill/report.h"

#define SECRET_MAX 256

static void print_help(void)
{
	puts("usage: sill connect [--name NAME] [--client PROGRAM] [--desktop] [-- "
	     "CLIENT-OPTION...]\n"
	     "\n"
	     "Show the instance's windows on this display with FreeRDP's client (3.32 or newer), "
	     "each\n"
	     "as a window of its own. The certificate is checked against the instance's own and "
	     "the\n"
	     "password is handed over out of sight. Options after -- go to the client.\n"
	     "\n"
	     "  -n, --name NAME       the instance (" INSTANCE_DEFAULT ")\n"
	     "  -c, --client PROGRAM  instead of xfreerdp3 or xfreerdp from the PATH\n"
	     "  -d, --desktop         all of them together in one window, as a desktop\n"
	     "  -h, --help");
}

/* The first line of a file in the instance's state. */
static bool read_secret(const struct instance *instance, const char *leaf, char *secret)
{
	char path[PATH_MAX];
	instance_state_path(instance, leaf, path);
	FILE *file = fopen(path, "re");
	bool done = file != NULL && fgets(secret, SECRET_MAX, file) != NULL;
	if (file != NULL) {
		fclose(file);
	}
	if (!done) {
		report_errno("cannot read %s", path);
		return false;
	}
	secret[strcspn(secret, "\n")] = '\0';
	return true;
}

/* A buffer that a local network does not empty; the client's own default is two seconds. */
static bool says_how_to_sound(char **extra)
{
	for (; *extra != NULL; extra++) {
		if (strncmp(*extra, "/sound", 6) == 0 || strncmp(*extra, "/audio-mode", 11) == 0) {
			return true;
		}
	}
	return false;
}

static void print_client_options(FILE *out, const struct instance *instance,
	const char *fingerprint, const char *password, bool desktop, char **extra)
{
	/*
	 * No clipboard unless asked for (+clipboard): for files this client mounts a FUSE system of
	 * its own and, killed at the wrong moment, waits for itself in the kernel for ever.
	 */
	fprintf(out,
		"/v:%s\n/cert:fingerprint:sha256:%s\n/sec:tls\n/u:sill\n/p:%s\n"
		"/gfx:progressive\n/bpp:32\n-clipboard\n/"
		"network:lan\n"
		"+auto-reconnect\n/auto-reconnect-max-retries:1000\n/log-level:WARN\n",
		instance->listen, fingerprint, password);
	if (!desktop) {
		fputs("/app:program:||sill,name:sill\n", out);
	}
	if (!says_how_to_sound(extra)) {
		fputs("/sound:latency:60\n", out);
	}
	for (; *extra != NULL; extra++) {
		fprintf(out, "%s\n", *extra);
	}
}

/*
 * The client reads its options, the password among them, from a descriptor: nothing of it is in an
 * argument list or a file.
 */
static int make_option_fd(const struct instance *instance, bool desktop, char **extra)
{
	char fingerprint[SECRET_MAX], password[SECRET_MAX];
	if (!read_secret(instance, "rdp/fingerprint", fingerprint) ||
		!read_secret(instance, "rdp/password", password)) {
		return -1;
	}
	int fd = memfd_create("client-options", 0); // inherited by the client
	FILE *out = fd >= 0 ? fdopen(dup(fd), "w") : NULL;
	if (out == NULL) {
		report_errno("cannot make a file in memory");
		return -1;
	}
	print_client_options(out, instance, fingerprint, password, desktop, extra);
	explicit_bzero(password, sizeof(password));
	if (fclose(out) != 0 || lseek(fd, 0, SEEK_SET) < 0) {
		report_errno("cannot write a file in memory");
		return -1;
	}
	return fd;
}

static int exec_client(const char *client, int option_fd)
{
	char from[32];
	const char *candidates[] = {
		client != NULL ? client : "xfreerdp3", client != NULL ? NULL : "xfreerdp"};
	snprintf(from, sizeof(from), "/args-from:fd:%d", option_fd);
	for (size_t i = 0; i < 2 && candidates[i] != NULL; i++) {
		execlp(candidates[i], candidates[i], from, (char *)NULL);
	}
	report_errno("cannot run %s; FreeRDP's X11 client is needed (package freerdp-x11 or "
		     "freerdp3-x11)",
		client != NULL ? client : "xfreerdp3 or xfreerdp");
	return errno == ENOENT ? 127 : 126;
}

int cmd_connect(int argc, char **argv)
{
	static const struct option long_options[] = {{"name", required_argument, NULL, 'n'},
		{"client", required_argument, NULL, 'c'}, {"desktop", no_argument, NULL, 'd'},
		{"help", no_argument, NULL, 'h'}, {0}};
	const char *name = INSTANCE_DEFAULT, *client = NULL;
	bool desktop = false;
	struct instance instance;
	for (int c; (c = getopt_long(argc, argv, "+n:c:dh", long_options, NULL)) != -1;) {
		if (c == 'h') {
			print_help();
			return 0;
		} else if (c == 'n') {
			name = optarg;
		} else if (c == 'c') {
			client = optarg;
		} else if (c == 'd') {
			desktop = true;
		} else {
			return 2;
		}
	}
	if (!instance_load(&instance, name)) {
		return 1;
	}
	int option_fd = make_option_fd(&instance, desktop, argv + optind);
	return option_fd >= 0 ? exec_client(client, option_fd) : 1;
}
