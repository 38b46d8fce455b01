// SPDX-License-Identifier: MIT
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "init/control.h"
#include "init/directory.h"
#include "init/log.h"
#include "init/notify.h"
#include "init/options.h"
#include "init/process.h"
#include "init/sockets.h"
#include "init/tmpfiles.h"

enum {
	EXIT_DONE = 0,
	EXIT_FAILED = 1,
	EXIT_BAD_INPUT = 2,
};

/* All of init's memory: nothing is allocated while it runs. */
static struct unit_table table;
static struct diag_list diags;
static struct users users;
static struct loop loop;
static struct supervisor supervisor;
static struct control control;
static struct notify notify;
static struct loop_source signals;
static char notify_path[DIRECTORY_PATH_MAX];

/* The message format is for editors, too: no prefix in front of the file's name. */
static void print_diags(void)
{
	char text[DIRECTORY_PATH_MAX + DIAG_TEXT_MAX + 32];
	for (size_t i = 0; i < diags.count; i++) {
		const struct diag *diag = &diags.items[i];
		int length =
			diag->at.line == 0
				? snprintf(text, sizeof(text), "%s: %s\n", diag->file, diag->text)
				: snprintf(text, sizeof(text), "%s:%u:%u: %s\n", diag->file,
					  diag->at.line, diag->at.column, diag->text);
		(void)!write(STDERR_FILENO, text, (size_t)length);
	}
	if (diags.dropped > 0) {
		log_say("%zu more", diags.dropped);
	}
}

static void print_text(const char *text)
{
	(void)!write(STDOUT_FILENO, text, strlen(text));
}

/* A kernel may start PID 1 without them, and a socket must not become stderr. */
static void open_standard_fds(void)
{
	int fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd < STDERR_FILENO) {
		fd = dup(fd);
	}
	if (fd > STDERR_FILENO) {
		close(fd);
	}
}

static int find_target(const char *name)
{
	const char *wanted = name != NULL ? name : "default.target";
	int target = unit_find(table.units, table.count, wanted);
	if (target == UNIT_NONE && name == NULL) {
		wanted = "windows.target";
		target = unit_find(table.units, table.count, wanted);
	}
	if (target == UNIT_NONE) {
		log_say("there is no unit %s to start", wanted);
	}
	return target;
}

static void handle_signal(struct loop_source *source)
{
	struct signalfd_siginfo info;
	if (read(source->fd, &info, sizeof(info)) != sizeof(info)) {
		return;
	}
	if (info.ssi_signo == SIGCHLD) {
		supervisor_reap(&supervisor);
	} else {
		log_say("stopping");
		supervisor_shut_down(&supervisor);
	}
}

static int signals_init(void)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	/* An ignored SIGCHLD, if we inherited that, would reap behind our back. */
	(void)signal(SIGCHLD, SIG_DFL);
	(void)signal(SIGHUP, SIG_IGN);
	(void)signal(SIGPIPE, SIG_IGN);
	if (sigprocmask(SIG_SETMASK, &set, NULL) < 0) {
		return -errno;
	}
	int fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (fd < 0) {
		return -errno;
	}
	signals = (struct loop_source){fd, handle_signal, NULL};
	return loop_add(&loop, &signals);
}

/* The notify socket is beside the control socket. */
static int sockets_of_init(const char *control_path)
{
	int stem = (int)(strrchr(control_path, '/') - control_path);
	int length = snprintf(notify_path, sizeof(notify_path), "%.*s/notify", stem, control_path);
	if ((size_t)length >= sizeof(notify_path)) {
		return -ENAMETOOLONG;
	}
	int result = directory_make_parents(control_path, 0755);
	if (result == 0) {
		result = notify_init(&notify, &supervisor, notify_path);
	}
	return result < 0 ? result : control_init(&control, &supervisor, control_path);
}

static int set_up(const struct options *options)
{
	int result = loop_init(&loop);
	if (result == 0) {
		result = signals_init();
	}
	if (result == 0 && getpid() != 1 && prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) < 0) {
		result = -errno;
	}
	if (result == 0) {
		result =
			supervisor_init(&supervisor, &loop, notify_path, table.units, &table.graph);
	}
	if (result < 0) {
		log_say("cannot set up: %s", strerror(-result));
		return result;
	}
	tmpfiles_apply(options->tmpfiles);
	result = sockets_of_init(options->control);
	if (result < 0) {
		log_say("cannot listen on %s: %s", options->control, strerror(-result));
	}
	return result;
}

static bool resolve_identities(void)
{
	bool is_ok = true;
	for (size_t i = 0; i < table.count; i++) {
		const struct unit *unit = &table.units[i];
		if (unit->kind == UNIT_SERVICE) {
			is_ok &= users_resolve(&users, unit, &unit->service.user,
				&unit->service.group, &supervisor.services[i].identity, &diags);
		}
	}
	return is_ok;
}

static int run(void)
{
	while (!supervisor.is_shutting_down || !supervisor_is_down(&supervisor)) {
		int result = loop_turn(&loop);
		if (result < 0) {
			log_say("cannot wait for events: %s", strerror(-result));
			return EXIT_FAILED;
		}
		supervisor_settle(&supervisor);
	}
	process_end_rest();
	log_say("stopped");
	return EXIT_DONE;
}

static int start(const struct options *options)
{
	int target = find_target(options->target);
	if (target == UNIT_NONE) {
		return EXIT_BAD_INPUT;
	}
	users_load(&users);
	tmpfiles_load(options->tmpfiles, &users, &diags);
	(void)resolve_identities();
	if (diags.count > 0) {
		print_diags();
		return EXIT_BAD_INPUT;
	}
	if (set_up(options) < 0) {
		return EXIT_FAILED;
	}
	/* Every socket, whoever is started: one may be started by hand later. */
	if (!sockets_open(&supervisor, UINT32_MAX, &users, &diags)) {
		print_diags();
		return EXIT_FAILED;
	}
	supervisor.opened_usec = clock_usec();
	supervisor_start(&supervisor, graph_started_by(&table.graph, unit_bit((size_t)target)));
	return run();
}

int main(int argc, char **argv)
{
	struct options options;
	supervisor.begun_usec = clock_usec();
	open_standard_fds();
	(void)umask(022);
	switch (options_parse(argc, argv, &options)) {
	case OPTIONS_HELP:
		print_text(options_help);
		return EXIT_DONE;
	case OPTIONS_VERSION:
		print_text("sill-init " SILL_VERSION "\n");
		return EXIT_DONE;
	case OPTIONS_BAD:
		return EXIT_BAD_INPUT;
	case OPTIONS_RUN:
		break;
	}
	if (!load_units(&table, &options.units, &diags)) {
		print_diags();
		return EXIT_BAD_INPUT;
	}
	return options.is_check ? EXIT_DONE : start(&options);
}
