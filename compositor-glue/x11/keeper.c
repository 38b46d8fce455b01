// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/keeper.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "compositor-glue/x11/backoff.h"
#include "compositor-glue/x11/child.h"
#include "compositor-glue/x11/clock.h"
#include "compositor-glue/x11/listeners.h"
#include "compositor-glue/x11/server.h"

/* One life of the X server. */
struct life {
	const struct keeper *keeper;
	const struct listeners *listeners;
	pid_t server, bell, manager; // 0 where there is none
	int server_status; // once it has ended
	int64_t manager_begun;
	int64_t manager_wait; // before it was started last, in ms
	int64_t manager_due; // when there is none
	int manager_status; // of the one before
};

static struct timespec to_timespec(int64_t ms)
{
	return (struct timespec){ms / 1000, ms % 1000 * 1000000};
}

static void pause_ms(int64_t ms)
{
	struct timespec left = to_timespec(ms);
	while (nanosleep(&left, &left) < 0 && errno == EINTR) {
	}
}

static void wait_later(struct life *life)
{
	int64_t now = clock_ms();
	life->manager = 0;
	life->manager_wait = backoff_next(life->manager_wait, now - life->manager_begun);
	life->manager_due = now + life->manager_wait;
}

static void start_manager(struct life *life, int wm_fd)
{
	pid_t pid = child_fork("the window manager");
	if (pid == 0) {
		listeners_close(life->listeners);
		exit(life->keeper->manage(life->listeners->display, wm_fd));
	}
	life->manager_begun = clock_ms();
	life->manager = pid;
	if (pid < 0) {
		wait_later(life);
	}
}

static void handle_end(struct life *life, pid_t pid, int status)
{
	if (pid == life->server) {
		life->server = 0;
		life->server_status = status;
	} else if (pid == life->bell) {
		life->bell = 0;
	} else if (pid == life->manager) {
		life->manager_status = status;
		wait_later(life);
	}
}

/* Until a child ends, or a window manager is to be started again. */
static void wait_for_news(const struct life *life, const sigset_t *child)
{
	if (life->manager != 0) {
		sigwaitinfo(child, NULL);
		return;
	}
	int64_t left = life->manager_due - clock_ms();
	struct timespec timeout = to_timespec(left > 0 ? left : 0);
	sigtimedwait(child, NULL, &timeout);
}

/* Not of one that only was quicker to end than its server. */
static void report_end(const struct life *life)
{
	int status = life->manager_status;
	if (WIFSIGNALED(status)) {
		fprintf(stderr, "sill-x11: the window manager was killed by signal %d",
			WTERMSIG(status));
	} else {
		fprintf(stderr,
			"sill-x11: the window manager has lost the compositor or the server");
	}
	fputs(", is started again\n", stderr);
}

static void attend(struct life *life, const sigset_t *child)
{
	while (life->server != 0) {
		int status;
		pid_t pid;
		wait_for_news(life, child);
		while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
			handle_end(life, pid, status);
		}
		if (life->server != 0 && life->manager == 0 && clock_ms() >= life->manager_due) {
			report_end(life);
			start_manager(life, -1);
		}
	}
}

/* False when it could not be started, or did not end by itself. */
static bool live(
	const struct keeper *keeper, const struct listeners *listeners, const sigset_t *child)
{
	int wm_fd;
	struct life life = {.keeper = keeper, .listeners = listeners};
	life.server = server_start(keeper->server, listeners, &wm_fd);
	if (life.server < 0) {
		return false;
	}
	start_manager(&life, wm_fd);
	close(wm_fd);
	if (keeper->bell != NULL) {
		life.bell = server_start_bell(keeper->bell, listeners);
	}
	attend(&life, child);
	child_end(life.manager);
	child_end(life.bell);
	return WIFEXITED(life.server_status) && WEXITSTATUS(life.server_status) == 0;
}

int keeper_run(const struct keeper *keeper)
{
	struct listeners listeners;
	sigset_t child;
	int64_t wait = 0;
	if (!listeners_take(&listeners)) {
		return 2;
	}
	signal(SIGCHLD, SIG_DFL);
	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, NULL);
	for (;;) {
		listeners_wait(&listeners);
		int64_t begun = clock_ms();
		if (live(keeper, &listeners, &child)) {
			wait = 0;
		} else {
			/* Who waits for it goes on waiting. */
			wait = backoff_next(wait, clock_ms() - begun);
			pause_ms(wait);
		}
	}
}
