// SPDX-License-Identifier: MIT
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "init/call_filter.h"
#include "init/cgroup.h"
#include "init/control.h"
#include "init/directory.h"
#include "init/format.h"
#include "init/log.h"
#include "init/machine.h"
#include "init/memory.h"
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

#define PROFILE_MAX 32

/* All of init's memory while it runs: nothing is allocated then. */
static struct unit_table table;
static struct loop loop;
static struct supervisor supervisor;
static struct control control;
static struct notify notify;
static struct loop_source signals;
static char notify_path[DIRECTORY_PATH_MAX];
static char cgroup_path[CGROUP_PATH_MAX];
static bool is_machine; // whether we are the first process of one

/* What only starting needs. */
struct boot {
	struct unit_lines lines;
	struct diag_list diags;
	struct users users;
	struct tmpfiles tmpfiles;
	char profile[PROFILE_MAX];
	char profile_target[UNIT_NAME_MAX];
};

/* The message format is for editors, too: no prefix in front of the file's name. */
static void print_diags(const struct diag_list *diags)
{
	char text[DIRECTORY_PATH_MAX + DIAG_TEXT_MAX + 32];
	for (size_t i = 0; i < diags->count; i++) {
		const struct diag *diag = &diags->items[i];
		size_t length =
			diag->at.line == 0
				? format_text(
					  text, sizeof(text), "%s: %s\n", diag->file, diag->text)
				: format_text(text, sizeof(text), "%s:%u:%u: %s\n", diag->file,
					  diag->at.line, diag->at.column, diag->text);
		(void)!write(STDERR_FILENO, text, length);
	}
	if (diags->dropped > 0) {
		log_say("%zu more", diags->dropped);
	}
}

static void print_text(const char *text)
{
	(void)!write(STDOUT_FILENO, text, strlen(text));
}

/* A kernel may start PID 1 without them, and a socket must not become stderr. */
static void open_standard_fds(const char *path)
{
	int fd = open(path, O_RDWR | O_NOCTTY);
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

/* systemd(1)'s signals, as far as they are about the end of all. */
static void handle_end_signal(int number)
{
	enum end_action end = is_machine ? END_POWEROFF : END_EXIT;
	if (number == SIGRTMIN + 4 || number == SIGPWR) {
		end = END_POWEROFF;
	} else if (number == SIGRTMIN + 5 || (number == SIGINT && is_machine)) {
		end = END_REBOOT;
	}
	supervisor_shut_down(&supervisor, end);
}

static void handle_signal(struct loop_source *source)
{
	struct signalfd_siginfo info;
	if (read(source->fd, &info, sizeof(info)) != sizeof(info)) {
		return;
	}
	if (info.ssi_signo == SIGCHLD) {
		notify_drain(&notify);
		supervisor_reap(&supervisor);
	} else {
		handle_end_signal((int)info.ssi_signo);
	}
}

/*
 * What is ignored stays so over exec, and Xwayland relies on SIGCHLD, pipes on SIGPIPE. The signals
 * behind SIGSYS have no meaning but what a program gives them: nobody ignores them for others.
 */
static void stop_ignoring(void)
{
	struct sigaction action;
	for (int number = 1; number <= SIGSYS; number++) {
		if (sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN) {
			(void)signal(number, SIG_DFL);
		}
	}
}

static int signals_init(void)
{
	const int numbers[] = {SIGCHLD, SIGTERM, SIGINT, SIGPWR, SIGRTMIN + 4, SIGRTMIN + 5};
	sigset_t set;
	sigemptyset(&set);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		sigaddset(&set, numbers[i]);
	}
	stop_ignoring();
	int fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (fd < 0) {
		return -errno;
	}
	/* These two do not matter. */
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGPIPE);
	if (sigprocmask(SIG_SETMASK, &set, NULL) < 0) {
		return -errno;
	}
	signals = (struct loop_source){fd, handle_signal, NULL};
	return loop_add(&loop, &signals);
}

/* The notify socket is beside the control socket. */
static int sockets_of_init(const char *control_path)
{
	int stem = (int)(strrchr(control_path, '/') - control_path);
	size_t length =
		format_text(notify_path, sizeof(notify_path), "%.*s/notify", stem, control_path);
	if (length >= sizeof(notify_path)) {
		return -ENAMETOOLONG;
	}
	int result = directory_make_parents(control_path, 0755);
	if (result == 0) {
		result = notify_init(&notify, &supervisor, notify_path);
	}
	return result < 0 ? result : control_init(&control, &supervisor, control_path);
}

static void handle_changed(struct service_host *host, struct service *service)
{
	(void)host;
	control_publish(&control, service);
}

static int set_up(const struct options *options, const struct tmpfiles *tmpfiles)
{
	int result = loop_init(&loop);
	if (result == 0) {
		result = signals_init();
	}
	if (result == 0 && getpid() != 1 && prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) < 0) {
		result = -errno;
	}
	if (getpid() == 1) {
		cgroup_init(cgroup_path);
	}
	/* First: a service may write its log where nothing is before this. */
	tmpfiles_apply(tmpfiles);
	const struct service_host host = {
		.loop = &loop,
		.notify_path = notify_path,
		.cgroup = cgroup_path,
		.changed = handle_changed,
	};
	if (result == 0) {
		result = supervisor_init(&supervisor, &host, table.units, &table.graph);
	}
	if (result < 0) {
		log_say("cannot set up: %s", strerror(-result));
		return result;
	}
	result = sockets_of_init(options->control);
	if (result < 0) {
		log_say("cannot listen on %s: %s", options->control, strerror(-result));
	}
	return result;
}

static void check_filter(struct boot *boot, const struct unit *unit, bool is_needed)
{
	int result = call_filter_check(unit);
	if (result == -ENOENT && !is_needed) {
		return;
	}
	if (result == -ESTALE) {
		diag_add(&boot->diags, unit->file, (struct position){1, 1},
			"the filter beside it was compiled for another SystemCallFilter= or "
			"RestrictAddressFamilies=, run sill-filters again");
	} else if (result < 0) {
		diag_add(&boot->diags, unit->file, (struct position){1, 1},
			"no filter was compiled for its SystemCallFilter= and "
			"RestrictAddressFamilies=, run sill-filters: %s",
			strerror(-result));
	}
}

/* Units as they are written have no filters yet: those that are there must be theirs. */
static void check_filters(struct boot *boot, bool are_needed)
{
	for (size_t i = 0; i < table.count; i++) {
		if (table.units[i].kind == UNIT_SERVICE) {
			check_filter(boot, &table.units[i], are_needed);
		}
	}
}

static void resolve_users(struct boot *boot)
{
	for (size_t i = 0; i < table.count; i++) {
		const struct unit *unit = &table.units[i];
		if (unit->kind == UNIT_SERVICE) {
			(void)users_resolve(&boot->users, unit, &unit->service.user,
				&unit->service.group, &supervisor.services[i].identity,
				&boot->diags);
		}
	}
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
	if (is_machine) {
		machine_end(supervisor.end);
	}
	return supervisor.exit_code;
}

static int start(const struct options *options, struct boot *boot)
{
	int target = find_target(options->target);
	if (target == UNIT_NONE) {
		return EXIT_BAD_INPUT;
	}
	tmpfiles_load(&boot->tmpfiles, options->tmpfiles, &boot->users, &boot->diags);
	resolve_users(boot);
	check_filters(boot, true);
	if (boot->diags.count > 0) {
		print_diags(&boot->diags);
		return EXIT_BAD_INPUT;
	}
	if (set_up(options, &boot->tmpfiles) < 0) {
		return EXIT_FAILED;
	}
	unit_set started = graph_started_by(&table.graph, unit_bit((size_t)target));
	if (!sockets_open(&supervisor, graph_sockets_of(&table.graph, started), &boot->users,
		    &boot->diags)) {
		print_diags(&boot->diags);
		return EXIT_FAILED;
	}
	supervisor.opened_usec = clock_usec();
	memory_return(boot, sizeof(*boot));
	supervisor_start(&supervisor, started);
	return run();
}

/* A profile is a target. */
static void choose_profile(struct options *options, struct boot *boot)
{
	/* A container's is not told by the kernel of the machine that it happens to be on. */
	if (options->profile == NULL && is_machine &&
		machine_option("sill.profile", boot->profile, sizeof(boot->profile))) {
		options->profile = boot->profile;
	}
	if (options->profile != NULL && strcmp(options->profile, "auto") == 0) {
		options->profile = machine_profile(
			unit_find(table.units, table.count, "kms.target") != UNIT_NONE);
	}
	if (options->profile != NULL) {
		format_text(boot->profile_target, sizeof(boot->profile_target), "%s.target",
			options->profile);
		options->target = boot->profile_target;
	}
}

static int load_and_start(struct options *options)
{
	struct boot *boot = memory_borrow(sizeof(*boot));
	if (boot == NULL) {
		log_say("cannot start: there is no memory");
		return EXIT_FAILED;
	}
	bool ok = load_units(&table, &options->units, &boot->lines, &boot->diags);
	if (ok && options->is_check) {
		check_filters(boot, false);
		ok = boot->diags.count == 0;
	}
	if (!ok) {
		print_diags(&boot->diags);
		return EXIT_BAD_INPUT;
	}
	supervisor.loaded_usec = clock_usec();
	if (options->is_check) {
		return EXIT_DONE;
	}
	choose_profile(options, boot);
	return start(options, boot);
}

int main(int argc, char **argv)
{
	struct options options;
	supervisor.begun_usec = clock_usec();
	(void)umask(022);
	is_machine = machine_is_ours();
	if (is_machine) {
		machine_prepare();
		open_standard_fds("/dev/console");
		argc = 1; // the rest are words of the kernel's command line that it does not know
	}
	open_standard_fds("/dev/null");
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
	return load_and_start(&options);
}
