// SPDX-License-Identifier: MIT
#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "system-distro/sill/commands.h"
#include "system-distro/sill/host_app.h"
#include "system-distro/sill/image_path.h"
#include "system-distro/sill/instance.h"
#include "system-distro/sill/monitor.h"
#include "system-distro/sill/report.h"

/* RDP's port, and how many after it are tried when none was asked for. */
#define RDP_PORT 3389
#define RDP_PORT_TRIES 100

struct run_options {
	const char *name;
	const char *listen; // NULL: 127.0.0.1 and the first free port
	const char *image; // NULL: the last one built
	const char *profile; // NULL: the image's own
	enum engine engine;
	const char *kernel; // NULL: the last one built
	const char *added; // NULL: nothing
	const char *append; // NULL: nothing
	bool detach;
	char **app; // NULL: none
};

static void print_help(void)
{
	puts("usage: sill run [OPTION...] [IMAGE] [-- APP [ARG...]]\n"
	     "\n"
	     "Start an image (an .erofs file or an assembled tree; the last one built if none is\n"
	     "named) in namespaces of its own, read-only. With APP, run that program of this "
	     "machine\n"
	     "with its windows in the instance, and stop the instance when it ends.\n"
	     "\n"
	     "  -n, --name NAME         another instance beside \"" INSTANCE_DEFAULT "\"\n"
	     "  -l, --listen ADDR:PORT  where the RDP server listens (127.0.0.1, first free port\n"
	     "                          from 3389)\n"
	     "  -p, --profile NAME      which services: windows, or what else the image has\n"
	     "  -d, --detach            leave it running in the background\n"
	     "  -e, --engine ENGINE     bubblewrap (namespaces; used if none is named), or qemu: a "
	     "virtual\n"
	     "                          machine whose kernel checks what it reads of the image\n"
	     "  -h, --help\n"
	     "\n"
	     "With --engine qemu:\n"
	     "  -k, --kernel FILE       a .kernel, with the .initramfs beside it (the last one "
	     "built)\n"
	     "      --add DIR           files below DIR/run and DIR/var are there in the machine\n"
	     "      --append WORDS      more words for the kernel's command line");
}

enum {
	OPTION_ADD = 256,
	OPTION_APPEND
};

/* False: reported. */
static bool take_option(int letter, struct run_options *options)
{
	switch (letter) {
	case 'n':
		options->name = optarg;
		return true;
	case 'l':
		options->listen = optarg;
		return true;
	case 'p':
		options->profile = optarg;
		return true;
	case 'd':
		options->detach = true;
		return true;
	case 'k':
		options->kernel = optarg;
		return true;
	case OPTION_ADD:
		options->added = optarg;
		return true;
	case OPTION_APPEND:
		options->append = optarg;
		return true;
	case 'e':
		if (!engine_find(optarg, &options->engine)) {
			report("run: \"%s\" is no engine; there are bubblewrap and qemu", optarg);
			return false;
		}
		return true;
	default:
		return false; // getopt has said it
	}
}

/* False, reported, where options do not go together. */
static bool check_options(const struct run_options *options)
{
	bool of_machine =
		options->kernel != NULL || options->added != NULL || options->append != NULL;
	if (options->app != NULL && options->detach) {
		report("run: --detach and a program do not go together; use sill exec");
		return false;
	}
	if (options->engine == ENGINE_QEMU && options->app != NULL) {
		report("run: a program of this machine shares memory with its windows, which it "
		       "cannot with a virtual machine");
		return false;
	}
	if (options->engine == ENGINE_QEMU && options->profile != NULL) {
		report("run: a virtual machine has the profile of its image; there is no "
		       "--profile");
		return false;
	}
	if (options->engine != ENGINE_QEMU && of_machine) {
		report("run: --kernel, --add and --append are for --engine qemu");
		return false;
	}
	return true;
}

/* 0: go on; else an exit code plus one. */
static int parse_options(int argc, char **argv, struct run_options *options)
{
	static const struct option long_options[] = {{"name", required_argument, NULL, 'n'},
		{"listen", required_argument, NULL, 'l'}, {"profile", required_argument, NULL, 'p'},
		{"detach", no_argument, NULL, 'd'}, {"engine", required_argument, NULL, 'e'},
		{"kernel", required_argument, NULL, 'k'},
		{"add", required_argument, NULL, OPTION_ADD},
		{"append", required_argument, NULL, OPTION_APPEND},
		{"help", no_argument, NULL, 'h'}, {0}};
	*options = (struct run_options){.name = INSTANCE_DEFAULT};
	for (int c; (c = getopt_long(argc, argv, "+n:l:p:de:k:h", long_options, NULL)) != -1;) {
		if (c == 'h') {
			print_help();
			return 1;
		}
		if (!take_option(c, options)) {
			return 3;
		}
	}
	bool saw_dashes = optind > 1 && strcmp(argv[optind - 1], "--") == 0;
	if (optind < argc && !saw_dashes) {
		options->image = argv[optind++];
		saw_dashes = optind < argc && strcmp(argv[optind], "--") == 0;
		optind += saw_dashes;
	}
	if (optind < argc && !saw_dashes) {
		report("run: \"%s\" after the image; a program goes after --", argv[optind]);
		return 3;
	}
	options->app = optind < argc ? argv + optind : NULL;
	return check_options(options) ? 0 : 3;
}

static bool port_is_free(int port)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int one = 1;
	if (fd < 0) {
		return false;
	}
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	bool is_free = bind(fd, (struct sockaddr *)&address, sizeof(address)) == 0;
	close(fd);
	return is_free;
}

static bool choose_listen(struct instance *instance, const char *wanted)
{
	if (wanted != NULL) {
		size_t size = sizeof(instance->listen);
		if ((size_t)snprintf(instance->listen, size, "%s", wanted) >= size ||
			strpbrk(wanted, "\n\r ") != NULL || strrchr(wanted, ':') == NULL) {
			report("run: --listen takes ADDR:PORT, not \"%s\"", wanted);
			return false;
		}
		return true;
	}
	for (int port = RDP_PORT; port < RDP_PORT + RDP_PORT_TRIES; port++) {
		if (port_is_free(port)) {
			snprintf(instance->listen, sizeof(instance->listen), "127.0.0.1:%d", port);
			return true;
		}
	}
	report("no port from %d to %d is free; give one with --listen", RDP_PORT,
		RDP_PORT + RDP_PORT_TRIES - 1);
	return false;
}

static bool choose_profile(struct instance *instance, const char *wanted)
{
	size_t size = sizeof(instance->profile);
	if (wanted != NULL && ((size_t)snprintf(instance->profile, size, "%s", wanted) >= size ||
				      strpbrk(wanted, "/ ") != NULL)) {
		report("run: --profile takes a name, not \"%s\"", wanted);
		return false;
	}
	return true;
}

static void print_welcome(const struct instance *instance, double seconds)
{
	const char *name = instance->name;
	bool is_default = strcmp(name, INSTANCE_DEFAULT) == 0;
	const char *option = is_default ? "" : " --name ", *value = is_default ? "" : name;
	printf("%s runs after %.2f s: RDP on %s, root file system %s, read-only\n"
	       "  sill connect%s%s      show its windows here\n",
		name, seconds, instance->listen,
		strcmp(instance->root_kind, "tree") == 0 ? "a tree" : "erofs", option, value);
	if (instance->engine != ENGINE_QEMU) {
		printf("  sill exec%s%s APP     run a program of this machine in it\n", option,
			value);
	}
	printf("  sill stop%s%s         end it\n", option, value);
	fflush(stdout);
}

static int exit_code(int status)
{
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* Run the program, then end the instance. A ^C reaches the program, which is expected to end. */
static int run_app(const struct instance *instance, pid_t monitor, char **app)
{
	int status = 0;
	signal(SIGINT, SIG_IGN);
	pid_t pid = fork();
	if (pid == 0) {
		signal(SIGINT, SIG_DFL);
		_exit(host_app_exec(instance, app));
	}
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR) {
	}
	kill(monitor, SIGTERM);
	waitpid(monitor, NULL, 0);
	return pid > 0 ? exit_code(status) : 1;
}

/* The monitor gets the terminal's ^C itself and stops the instance. */
static int wait_for_end(pid_t monitor)
{
	int status = 0;
	signal(SIGINT, SIG_IGN);
	while (waitpid(monitor, &status, 0) < 0 && errno == EINTR) {
	}
	return exit_code(status);
}

/* What only a virtual machine has. False, reported, when there is no kernel or no such folder. */
static bool choose_machine(struct instance *instance, const struct run_options *options)
{
	instance->engine = options->engine;
	if (options->engine != ENGINE_QEMU) {
		return true;
	}
	if (options->append != NULL) {
		size_t size = sizeof(instance->append);
		if ((size_t)snprintf(instance->append, size, "%s", options->append) >= size) {
			report("run: --append has more than %zu bytes", size - 1);
			return false;
		}
	}
	if (options->added != NULL && realpath(options->added, instance->added) == NULL) {
		report_errno("cannot open %s", options->added);
		return false;
	}
	return kernel_path(options->kernel, instance->kernel);
}

int cmd_run(int argc, char **argv)
{
	struct run_options options;
	struct instance instance;
	struct timespec begin, end;
	int stop = parse_options(argc, argv, &options);
	if (stop != 0) {
		return stop - 1;
	}
	clock_gettime(CLOCK_MONOTONIC, &begin);
	if (!instance_init(&instance, options.name) || !choose_listen(&instance, options.listen) ||
		!choose_profile(&instance, options.profile)) {
		return 2;
	}
	if (!image_path(options.image, instance.image) || !choose_machine(&instance, &options)) {
		return 1;
	}
	pid_t monitor = monitor_start(&instance, options.detach);
	if (monitor < 0) {
		return 1;
	}
	clock_gettime(CLOCK_MONOTONIC, &end);
	/* The monitor filled in the rest. */
	if (!instance_load(&instance, options.name)) {
		return 1;
	}
	if (options.app != NULL) {
		return run_app(&instance, monitor, options.app);
	}
	print_welcome(&instance,
		(double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) / 1e9);
	return options.detach ? 0 : wait_for_end(monitor);
}
