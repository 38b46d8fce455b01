// SPDX-License-Identifier: MIT
#include "init/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "init/confine.h"
#include "init/environment.h"

#define LISTEN_NAMES_MAX 512

static int start_session(const struct spawn_job *job)
{
	return setsid() < 0 ? -errno : 0;
}

/* Ignored signals would stay ignored over exec: Xwayland relies on SIGCHLD, pipes on SIGPIPE. */
static int reset_signals(const struct spawn_job *job)
{
	struct sigaction action = {.sa_handler = SIG_DFL};
	for (int number = 1; number < NSIG; number++) {
		(void)sigaction(number, &action, NULL); // KILL, STOP and libc's own refuse
	}
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
	const char *const *directories, size_t count)
{
	char text[UNIT_DIRECTORIES_MAX * 112] = "";
	size_t used = 0;
	for (size_t i = 0; i < count; i++) {
		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s/%s",
			i > 0 ? ":" : "", root, directories[i]);
	}
	return count == 0 || environment_set(environment, name, text);
}

static bool put_sockets(struct environment *environment, const struct spawn_job *job)
{
	char names[LISTEN_NAMES_MAX] = "", number[24];
	size_t used = 0;
	for (size_t i = 0; i < job->fd_count && used < sizeof(names); i++) {
		used += (size_t)snprintf(names + used, sizeof(names) - used, "%s%s",
			i > 0 ? ":" : "", job->fd_names[i]);
	}
	if (job->fd_count == 0) {
		return true;
	}
	snprintf(number, sizeof(number), "%zu", job->fd_count);
	bool is_set = environment_set(environment, "LISTEN_FDS", number);
	snprintf(number, sizeof(number), "%d", (int)getpid());
	return is_set && used < sizeof(names) &&
	       environment_set(environment, "LISTEN_PID", number) &&
	       environment_set(environment, "LISTEN_FDNAMES", names);
}

static bool fill_environment(struct environment *environment, const struct spawn_job *job)
{
	const struct service_config *config = &job->unit->service;
	bool is_ok = environment_set(environment, "PATH",
			     "/usr/local/sbin:/usr/local/bin:"
			     "/usr/sbin:/usr/bin:/sbin:/bin") &&
		     environment_set(environment, "LANG", "C.UTF-8") &&
		     put_account(environment, job->identity) &&
		     put_directories(environment, "STATE_DIRECTORY", SPAWN_STATE_ROOT,
			     config->state_directories, config->state_directory_count) &&
		     put_directories(environment, "RUNTIME_DIRECTORY", SPAWN_RUNTIME_ROOT,
			     config->runtime_directories, config->runtime_directory_count);
	for (size_t i = 0; is_ok && i < config->environment_count; i++) {
		is_ok = environment_put(environment, config->environment[i]);
	}
	if (is_ok && job->notify_path != NULL) {
		is_ok = environment_set(environment, "NOTIFY_SOCKET", job->notify_path);
	}
	return is_ok && put_sockets(environment, job);
}

static int execute(const struct spawn_job *job)
{
	static struct environment environment;
	if (!fill_environment(&environment, job)) {
		return -E2BIG;
	}
	execve(job->unit->service.args[0], job->unit->service.args, environment.entries);
	return -errno;
}

/* In order: each may rely on the privileges that the ones below it give away. */
static const struct {
	const char *name;
	int (*run)(const struct spawn_job *job);
	bool is_optional; // being refused (EPERM, EACCES) does not keep the service from running
} steps[] = {
	{"start a session", start_session, false},
	{"reset its signals", reset_signals, false},
	{"set OOMScoreAdjust=", confine_oom_score, true},
	{"set Nice=", confine_nice, true},
	{"set LimitNOFILE=", confine_open_files, true},
	{"make its directories", confine_directories, false},
	{"give it a PrivateNetwork=, it shares init's", confine_network, true},
	{"reduce its CapabilityBoundingSet=", confine_bounding_set, true},
	{"become its User=", confine_identity, false},
	{"drop its capabilities", confine_capabilities, false},
	{"set NoNewPrivileges=", confine_privileges, false},
	{"enter its WorkingDirectory=", change_directory, false},
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
		bool is_refused = steps[i].is_optional && (error == EPERM || error == EACCES);
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
