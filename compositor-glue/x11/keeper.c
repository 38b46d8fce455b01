// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/keeper.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "compositor-glue/x11/attended.h"
#include "compositor-glue/x11/backoff.h"
#include "compositor-glue/x11/child.h"
#include "compositor-glue/x11/clock.h"
#include "compositor-glue/x11/listeners.h"
#include "compositor-glue/x11/server.h"

/* One life of the X server. */
struct life {
	const struct keeper *keeper;
	const struct listeners *listeners;
	int ends; // signalfd: a child has ended
	pid_t server, bell; // 0 where there is none
	bool has_ended_well; // the server, once it has
	struct attended manager;
	bool is_managed; // applications are let in
	int64_t manager_begun;
	int64_t manager_wait; // before it was started last, in ms
	int64_t manager_due; // when there is none
	int manager_status; // of the one before
};

static void pause_ms(int64_t ms)
{
	struct timespec left = {ms / 1000, ms % 1000 * 1000000};
	while (nanosleep(&left, &left) < 0 && errno == EINTR) {
	}
}

static void wait_later(struct life *life)
{
	int64_t now = clock_ms();
	life->manager_wait = backoff_next(life->manager_wait, now - life->manager_begun);
	life->manager_due = now + life->manager_wait;
}

static void start_manager(struct life *life, int x11_fd)
{
	life->manager_begun = clock_ms();
	if (!attended_start(&life->manager, life->keeper->manager, life->listeners, x11_fd)) {
		wait_later(life);
	}
}

/* Not of one that only was quicker to end than its server, and not where it could not be started.
 */
static void report_end(const struct life *life)
{
	int status = life->manager_status;
	const char *what =
		life->is_managed ? "is started again" : "is started again with another server";
	if (WIFSIGNALED(status)) {
		fprintf(stderr, "sill-x11: the window manager was killed by signal %d, %s\n",
			WTERMSIG(status), what);
	} else if (status != 0) {
		fprintf(stderr,
			"sill-x11: the window manager has lost the compositor or the server, %s\n",
			what);
	}
}

static void handle_end(struct life *life, pid_t pid, int status)
{
	if (pid == life->server) {
		life->server = 0;
		life->has_ended_well = WIFEXITED(status) && WEXITSTATUS(status) == 0;
	} else if (pid == life->bell) {
		life->bell = 0;
	} else if (pid == life->manager.pid) {
		attended_finish(&life->manager);
		life->is_managed = life->is_managed || life->manager.has_managed;
		life->manager_status = status;
		wait_later(life);
	}
}

/* When there is something to do beside hearing of ends. */
static int64_t next_due(const struct life *life)
{
	return life->manager.pid == 0 ? life->manager_due : attended_due(&life->manager);
}

/* Until a child ends, or the window manager is to be looked after or started again. */
static void wait_for_news(struct life *life)
{
	struct signalfd_siginfo info;
	struct pollfd fds[1 + ATTENDED_FDS] = {{.fd = life->ends, .events = POLLIN}};
	size_t count = attended_poll(&life->manager, fds + 1);
	int64_t due = next_due(life), left = due != CLOCK_NEVER ? due - clock_ms() : -1;
	int timeout = due == CLOCK_NEVER ? -1 : left > 0 ? (int)left : 0;
	if (poll(fds, 1 + count, timeout) < 0) {
		return;
	}
	attended_look(&life->manager, fds + 1, count, clock_ms());
	if (fds[0].revents != 0) {
		read(life->ends, &info, sizeof(info));
	}
}

/* A server that was never managed lets in nobody for seconds; the next one will at once. */
static void follow_manager(struct life *life)
{
	report_end(life);
	if (life->is_managed) {
		start_manager(life, -1);
	} else {
		child_end(life->server);
		life->server = 0;
	}
}

static void attend(struct life *life)
{
	while (life->server != 0) {
		int status;
		pid_t pid;
		wait_for_news(life);
		while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
			handle_end(life, pid, status);
		}
		if (life->server != 0 && life->manager.pid == 0 &&
			clock_ms() >= life->manager_due) {
			follow_manager(life);
		}
	}
}

/* False when it could not be started, or did not end by itself. */
static bool live(const struct keeper *keeper, const struct listeners *listeners, int ends)
{
	int x11_fd;
	struct life life = {.keeper = keeper, .listeners = listeners, .ends = ends};
	life.server = server_start(keeper->server, listeners, &x11_fd);
	if (life.server < 0) {
		return false;
	}
	start_manager(&life, x11_fd);
	if (keeper->bell != NULL) {
		life.bell = server_start_bell(keeper->bell, listeners);
	}
	attend(&life);
	child_end(life.manager.pid);
	attended_finish(&life.manager);
	child_end(life.bell);
	return life.has_ended_well;
}

/* Where the ends of children are heard of; -1, and said why, when there is no such thing. */
static int hear_ends(void)
{
	sigset_t child;
	signal(SIGCHLD, SIG_DFL);
	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, NULL);
	int fd = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
	if (fd < 0) {
		perror("sill-x11: signalfd");
	}
	return fd;
}

int keeper_run(const struct keeper *keeper)
{
	struct listeners listeners;
	int64_t wait = 0;
	if (!listeners_take(&listeners)) {
		return 2;
	}
	int ends = hear_ends();
	if (ends < 0) {
		return 1;
	}
	for (;;) {
		listeners_wait(&listeners);
		int64_t begun = clock_ms();
		if (live(keeper, &listeners, ends)) {
			wait = 0;
		} else {
			/* Who waits for it goes on waiting. */
			wait = backoff_next(wait, clock_ms() - begun);
			pause_ms(wait);
		}
	}
}
