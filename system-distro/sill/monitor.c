// SPDX-License-Identifier: MIT
#include "system-distro/sill/monitor.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "system-distro/sill/control.h"
#include "system-distro/sill/machine.h"
#include "system-distro/sill/report.h"
#include "system-distro/sill/root.h"
#include "system-distro/sill/sandbox.h"

/* init has no way yet to call out to us, so it is asked this often until it is up. */
static const struct {
	int timeout_ms, poll_ms;
} starts[] = {
	[ENGINE_BUBBLEWRAP] = {30000, 10},
	// A processor that is all emulated takes half a minute when it has the machine to itself.
	[ENGINE_QEMU] = {300000, 100},
};

#define LOG_TAIL 8192

struct monitor {
	struct instance *instance;
	pid_t sandbox; // bubblewrap, or QEMU; 0 when it is gone
	int sandbox_status;
	int signals; // signalfd
	int log;
};

static long long now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static int open_signals(void)
{
	sigset_t mask;
	sigemptyset(&mask);
	sigaddset(&mask, SIGTERM);
	sigaddset(&mask, SIGINT);
	sigaddset(&mask, SIGHUP);
	sigaddset(&mask, SIGCHLD);
	sigprocmask(SIG_BLOCK, &mask, NULL);
	return signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK);
}

static void reap(struct monitor *monitor)
{
	int status;
	for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;) {
		if (pid == monitor->sandbox) {
			monitor->sandbox = 0;
			monitor->sandbox_status = status;
		}
	}
}

/* Take in what signals there are; at most wait_ms for the first one. */
static void handle_signals(struct monitor *monitor, int wait_ms)
{
	struct pollfd poll_fd = {.fd = monitor->signals, .events = POLLIN};
	if (poll(&poll_fd, 1, wait_ms) <= 0) {
		return;
	}
	struct signalfd_siginfo info;
	while (read(monitor->signals, &info, sizeof(info)) == sizeof(info)) {
		if (info.ssi_signo == SIGCHLD) {
			reap(monitor);
		} else if (monitor->sandbox > 0 && monitor->instance->init_pid > 0) {
			/* init stops its services in order and bounds the time they take; a virtual
			 * machine has written nothing, and is switched off. */
			kill(monitor->instance->init_pid, SIGTERM);
		}
	}
}

static bool is_running(const struct monitor *monitor)
{
	return monitor->instance->engine == ENGINE_QEMU ? machine_is_ready(monitor->log)
							: control_is_running(monitor->instance);
}

static bool wait_until_running(struct monitor *monitor)
{
	enum engine engine = monitor->instance->engine;
	long long deadline = now_ms() + starts[engine].timeout_ms;
	while (monitor->sandbox > 0 && now_ms() < deadline) {
		if (is_running(monitor)) {
			return true;
		}
		handle_signals(monitor, starts[engine].poll_ms);
	}
	return false;
}

static void print_log_tail(const struct monitor *monitor)
{
	char tail[LOG_TAIL + 1];
	off_t size = lseek(monitor->log, 0, SEEK_END);
	ssize_t n = pread(monitor->log, tail, LOG_TAIL, size > LOG_TAIL ? size - LOG_TAIL : 0);
	if (n > 0) {
		tail[n] = '\0';
		fprintf(stderr, "%s", tail);
	}
}

static pid_t start_engine(const struct monitor *monitor, const char *root)
{
	return monitor->instance->engine == ENGINE_QEMU
		       ? machine_start(monitor->instance, root, monitor->log)
		       : sandbox_start(monitor->instance, root, geteuid() == 0, monitor->log);
}

static bool start(struct monitor *monitor)
{
	char root[PATH_MAX], log[PATH_MAX];
	instance_path(monitor->instance, "log", log);
	monitor->log = open(log, O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
	if (monitor->log < 0) {
		report_errno("cannot write %s", log);
		return false;
	}
	if (!root_open(monitor->instance, root)) {
		return false;
	}
	monitor->sandbox = start_engine(monitor, root);
	if (monitor->sandbox < 0) {
		monitor->sandbox = 0;
		print_log_tail(monitor);
		return false;
	}
	if (wait_until_running(monitor)) {
		return instance_save(monitor->instance);
	}
	report("the instance does not get up; this is what it says:");
	print_log_tail(monitor);
	return false;
}

static void stop(struct monitor *monitor)
{
	if (monitor->sandbox > 0 && monitor->instance->init_pid > 0) {
		kill(monitor->instance->init_pid, SIGTERM);
	}
	while (monitor->sandbox > 0) {
		handle_signals(monitor, -1);
	}
}

static void leave_terminal(void)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (null >= 0) {
		dup2(null, STDIN_FILENO);
		dup2(null, STDOUT_FILENO);
		dup2(null, STDERR_FILENO);
	}
}

/* The process's whole life. ready_fd gets one byte when the instance is running. */
static int watch(struct instance *instance, int lock, int ready_fd, bool detach)
{
	struct monitor monitor = {.instance = instance, .signals = open_signals()};
	instance->monitor_pid = getpid();
	if (detach) {
		setsid();
	} else {
		prctl(PR_SET_PDEATHSIG, SIGTERM);
	}
	bool started = start(&monitor);
	if (started) {
		if (write(ready_fd, "", 1) != 1) {
			report_errno("cannot tell that the instance runs");
		}
		close(ready_fd);
		if (detach) {
			leave_terminal();
		}
		while (monitor.sandbox > 0) {
			handle_signals(&monitor, -1);
		}
	}
	stop(&monitor);
	root_close(instance);
	instance_remove(instance);
	close(lock);
	return started && WIFEXITED(monitor.sandbox_status) ? WEXITSTATUS(monitor.sandbox_status)
							    : 1;
}

pid_t monitor_start(struct instance *instance, bool detach)
{
	int ready[2];
	int lock = instance_create(instance);
	if (lock < 0) {
		return -1;
	}
	if (pipe2(ready, O_CLOEXEC) < 0) {
		report_errno("cannot make a pipe");
		close(lock);
		return -1;
	}
	pid_t pid = fork();
	if (pid == 0) {
		close(ready[0]);
		_exit(watch(instance, lock, ready[1], detach));
	}
	close(ready[1]);
	close(lock);
	char byte;
	bool running = pid > 0 && read(ready[0], &byte, 1) == 1;
	close(ready[0]);
	if (!running && pid > 0) {
		waitpid(pid, NULL, 0);
	}
	return running ? pid : -1;
}
