// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/keeper.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "compositor-glue/x11/backoff.h"

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void pause_ms(int64_t ms)
{
	struct timespec left = {ms / 1000, ms % 1000 * 1000000};
	while (nanosleep(&left, &left) < 0 && errno == EINTR) {
	}
}

/* With a parent that ends, its children do; false when it has ended already. */
static bool end_with(pid_t parent)
{
	return prctl(PR_SET_PDEATHSIG, SIGTERM) == 0 && getppid() == parent;
}

static void wait_for(pid_t pid, int *status)
{
	while (waitpid(pid, status, 0) < 0 && errno == EINTR) {
	}
}

static void run_once(int (*work)(const char *display), const char *display)
{
	int status = 0;
	pid_t keeper = getpid(), pid = fork();
	if (pid == 0) {
		exit(end_with(keeper) ? work(display) : 1);
	}
	if (pid < 0) {
		fprintf(stderr, "sill-x11: cannot be started: %s\n", strerror(errno));
		return;
	}
	wait_for(pid, &status);
	if (WIFSIGNALED(status)) {
		fprintf(stderr, "sill-x11: killed by signal %d, is started again\n",
			WTERMSIG(status));
	}
}

void keeper_run(int (*work)(const char *display), const char *display)
{
	pid_t server = getppid();
	int64_t wait = 0;
	if (!end_with(server)) {
		return;
	}
	/* Not at once: a server that ends closes its connections first. */
	while (getppid() == server) {
		int64_t begun = now_ms();
		run_once(work, display);
		wait = backoff_next(wait, now_ms() - begun);
		pause_ms(wait);
	}
}
