// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define CANNOT_RUN 127

/* With a parent that ends, its children do; false when it has ended already. */
static void end_with(pid_t parent)
{
	if (prctl(PR_SET_PDEATHSIG, SIGTERM) < 0 || getppid() != parent) {
		_exit(CANNOT_RUN);
	}
}

pid_t child_fork(const char *what)
{
	sigset_t none;
	pid_t parent = getpid(), pid = fork();
	if (pid < 0) {
		fprintf(stderr, "sill-x11: cannot start %s: %s\n", what, strerror(errno));
	}
	if (pid == 0) {
		end_with(parent);
		sigemptyset(&none);
		sigprocmask(SIG_SETMASK, &none, NULL);
	}
	return pid;
}

void child_end(pid_t pid)
{
	if (pid > 0) {
		kill(pid, SIGKILL);
		while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) {
		}
	}
}

const char *child_keep(int fd, char number[CHILD_NUMBER_SIZE])
{
	fcntl(fd, F_SETFD, 0);
	snprintf(number, CHILD_NUMBER_SIZE, "%d", fd);
	return number;
}

void child_exec(const char *const argv[])
{
	execv(argv[0], (char *const *)argv);
	fprintf(stderr, "sill-x11: %s: %s\n", argv[0], strerror(errno));
	_exit(CANNOT_RUN);
}
