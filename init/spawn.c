// SPDX-License-Identifier: MIT
#include "init/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "init/call_filter.h"
#include "init/confine.h"
#include "init/environment_file.h"
#include "init/format.h"
#include "init/landlock.h"
#include "init/sandbox.h"
#include "init/text_file.h"

#define LISTEN_NAMES_MAX 1024
#define DIRECTORIES_TEXT_MAX 1024

static int start_session(const struct spawn_job *job)
{
	return setsid() < 0 ? -errno : 0;
}

/* Init blocks some, and ignores none. */
static int unblock_signals(const struct spawn_job *job)
{
	sigset_t none;
	sigemptyset(&none);
	return sigprocmask(SIG_SETMASK, &none, NULL) < 0 ? -errno : 0;
}

static int change_directory(const struct spawn_job *job)
{
	const char *path = job->unit->service.working_directory;
	return chdir(path != NULL ? path : "/") < 0 ? -errno : 0;
}

static bool put_account(struct environment *environment, const struct identity *identity)
{
	const struct account *account = &identity->account;
	return account->name[0] == '\0' ||
	       (environment_set(environment, "USER", account->name) &&
		       environment_set(environment, "LOGNAME", account->name) &&
		       environment_set(environment, "HOME", account->home) &&
		       environment_set(environment, "SHELL", account->shell));
}

static bool put_directories(struct environment *environment, const char *name, const char *root,
	const struct text_list *directories)
{
	char text[DIRECTORIES_TEXT_MAX] = "";
	size_t used = 0;
	for (size_t i = 0; i < directories->count && used < sizeof(text); i++) {
		used += format_text(text + used, sizeof(text) - used, "%s%s/%s", i > 0 ? ":" : "",
			root, directories->items[i]);
	}
	return directories->count == 0 ||
	       (used < sizeof(text) && environment_set(environment, name, text));
}

static bool put_number(struct environment *environment, const char *name, uint64_t number)
{
	char text[24];
	format_text(text, sizeof(text), "%lu", (unsigned long)number);
	return environment_set(environment, name, text);
}

static bool put_sockets(struct environment *environment, const struct spawn_job *job)
{
	char names[LISTEN_NAMES_MAX] = "";
	size_t used = 0;
	for (size_t i = 0; i < job->fd_count && used < sizeof(names); i++) {
		used += format_text(names + used, sizeof(names) - used, "%s%s", i > 0 ? ":" : "",
			job->fd_names[i]);
	}
	return job->fd_count == 0 ||
	       (used < sizeof(names) && put_number(environment, "LISTEN_FDS", job->fd_count) &&
		       put_number(environment, "LISTEN_PID", (uint64_t)getpid()) &&
		       environment_set(environment, "LISTEN_FDNAMES", names));
}

static bool put_notify(struct environment *environment, const struct spawn_job *job)
{
	uint64_t watchdog_usec = job->unit->service.watchdog_usec;
	bool is_ok = job->notify_path == NULL ||
		     environment_set(environment, "NOTIFY_SOCKET", job->notify_path);
	if (is_ok && watchdog_usec != 0) {
		is_ok = put_number(environment, "WATCHDOG_USEC", watchdog_usec) &&
			put_number(environment, "WATCHDOG_PID", (uint64_t)getpid());
	}
	if (is_ok && job->main_pid != 0) {
		is_ok = put_number(environment, "MAINPID", (uint64_t)job->main_pid);
	}
	return is_ok;
}

/* All of this is the child's own: the parent's pages stay as they are. */
static struct environment environment;

static int fill_environment(const struct spawn_job *job)
{
	const struct service_config *config = &job->unit->service;
	bool is_ok = environment_set(&environment, "PATH",
			     "/usr/local/sbin:/usr/local/bin:"
			     "/usr/sbin:/usr/bin:/sbin:/bin") &&
		     environment_set(&environment, "LANG", "C.UTF-8") &&
		     put_account(&environment, job->identity) &&
		     put_directories(&environment, "STATE_DIRECTORY", SPAWN_STATE_ROOT,
			     &config->state_directories) &&
		     put_directories(&environment, "RUNTIME_DIRECTORY", SPAWN_RUNTIME_ROOT,
			     &config->runtime_directories);
	for (size_t i = 0; is_ok && i < config->environment.count; i++) {
		is_ok = environment_put(&environment, config->environment.items[i]);
	}
	return is_ok ? 0 : -E2BIG;
}

/* While the files can still be seen and read; what they say beats Environment=. */
static int read_environment_files(const struct spawn_job *job)
{
	static char text[ENVIRONMENT_FILE_MAX];
	const struct text_list *files = &job->unit->service.environment_files;
	int result = fill_environment(job);
	for (size_t i = 0; result == 0 && i < files->count; i++) {
		const char *path = files->items[i];
		bool may_be_missing = *path == '-';
		long size = text_file_read(path + may_be_missing, text, sizeof(text));
		if (size < 0 && !(may_be_missing && size == -ENOENT)) {
			return (int)size;
		}
		if (size >= 0 && !environment_file_put(&environment, text)) {
			return -E2BIG;
		}
	}
	return result == 0 && (!put_notify(&environment, job) || !put_sockets(&environment, job))
		       ? -E2BIG
		       : result;
}

static int execute(const struct spawn_job *job)
{
	static char number[16];
	static char *args[UNIT_LIST_MAX + 1];
	size_t count = 0;
	for (; job->args[count] != NULL; count++) {
		args[count] = job->args[count];
		if (job->main_pid != 0 && strcmp(args[count], "$MAINPID") == 0) {
			format_text(number, sizeof(number), "%d", (int)job->main_pid);
			args[count] = number;
		}
	}
	execve(args[0], args, environment.entries);
	return -errno;
}

/* In order: each may rely on the privileges that the ones below it give away. */
static const struct {
	const char *name;
	int (*run)(const struct spawn_job *job);
	bool is_optional; // being refused, or a kernel without it, does not keep the service from
			  // running
} steps[] = {
	{"start a session", start_session, false},
	{"unblock its signals", unblock_signals, false},
	{"set OOMScoreAdjust=", confine_oom_score, true},
	{"set Nice=", confine_nice, true},
	{"set its scheduling", confine_scheduling, true},
	{"set its limits", confine_limits, true},
	{"enter its control group", confine_group, true},
	{"make its directories", confine_directories, false},
	{"find its compiled SystemCallFilter=", call_filter_open, false},
	{"read its EnvironmentFile=", read_environment_files, false},
	{"give it a PrivateNetwork=, it shares init's", confine_network, true},
	{"give it a file system of its own, it shares init's", sandbox_mount, true},
	{"reduce its CapabilityBoundingSet=", confine_bounding_set, true},
	{"become its User=", confine_identity, false},
	{"drop its capabilities", confine_capabilities, false},
	{"set NoNewPrivileges=", confine_privileges, false},
	{"confine it with Landlock", landlock_apply, true},
	{"enter its WorkingDirectory=", change_directory, false},
	{"load its SystemCallFilter=", call_filter_load, false},
	{"execute its program", execute, false},
};

const char *spawn_step_name(int step)
{
	bool is_known = step >= 0 && (size_t)step < sizeof(steps) / sizeof(steps[0]);
	return is_known ? steps[step].name : "prepare its file descriptors";
}

/* Moves an fd out of the way of those that have fixed numbers. */
static int lift(int fd, int floor)
{
	return fd >= floor ? fd : fcntl(fd, F_DUPFD_CLOEXEC, floor);
}

/* 0 to 2 are the standard streams, then the sockets, then the report, and nothing else. */
static int place_fds(const struct spawn_job *job, int report_fd)
{
	int fds[SPAWN_FDS_MAX], floor = SPAWN_FDS_FIRST + (int)job->fd_count + 1;
	int null_fd = lift(open("/dev/null", O_RDWR | O_CLOEXEC), floor);
	int output_fd = lift(job->output_fd, floor);
	bool is_ok = null_fd >= 0 && output_fd >= 0;
	report_fd = lift(report_fd, floor);
	for (size_t i = 0; i < job->fd_count; i++) {
		fds[i] = lift(job->fds[i], floor);
		is_ok = is_ok && fds[i] >= 0;
	}
	is_ok = is_ok && dup2(null_fd, 0) == 0 && dup2(output_fd, 1) == 1 &&
		dup2(output_fd, 2) == 2;
	for (size_t i = 0; i < job->fd_count; i++) {
		is_ok = is_ok && dup2(fds[i], SPAWN_FDS_FIRST + (int)i) >= 0;
	}
	if (!is_ok || dup3(report_fd, floor - 1, O_CLOEXEC) < 0) {
		return -errno;
	}
	/* Children of the child inherit nothing by accident, on kernels without the call neither.
	 */
	(void)syscall(SYS_close_range, floor, ~0U, 0);
	return floor - 1;
}

static void report(int fd, int step, int error, bool is_fatal)
{
	struct spawn_report message = {.step = step, .error = error, .is_fatal = is_fatal};
	(void)!write(fd, &message, sizeof(message));
}

static bool is_refusal(int error)
{
	return error == EPERM || error == EACCES || error == ENOSYS || error == EOPNOTSUPP;
}

__attribute__((noreturn)) static void become_service(const struct spawn_job *job, int report_fd)
{
	int placed_fd = place_fds(job, report_fd);
	if (placed_fd < 0) {
		report(report_fd, -1, -placed_fd, true);
		_exit(127);
	}
	for (int i = 0; i < (int)(sizeof(steps) / sizeof(steps[0])); i++) {
		int error = -steps[i].run(job);
		if (error == 0) {
			continue;
		}
		bool is_refused = steps[i].is_optional && is_refusal(error);
		report(placed_fd, i, error, !is_refused);
		if (!is_refused) {
			_exit(127);
		}
	}
	_exit(127);
}

pid_t spawn(const struct spawn_job *job, int *ret_report_fd)
{
	int fds[2];
	if (pipe2(fds, O_CLOEXEC) < 0) {
		return -errno;
	}
	pid_t pid = fork();
	if (pid == 0) {
		become_service(job, fds[1]);
	}
	int error = errno;
	close(fds[1]);
	if (pid < 0) {
		close(fds[0]);
		return -error;
	}
	(void)fcntl(fds[0], F_SETFL, O_NONBLOCK);
	*ret_report_fd = fds[0];
	return pid;
}
