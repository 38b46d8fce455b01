// SPDX-License-Identifier: MIT
#include "system-distro/sill/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

void child_exec(const struct strv *argv, int log_fd)
{
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
	if (null < 0 || dup2(null, STDIN_FILENO) < 0 || dup2(log_fd, STDOUT_FILENO) < 0 ||
		dup2(log_fd, STDERR_FILENO) < 0) {
		_exit(127);
	}
	execvp(argv->items[0], argv->items);
	dprintf(STDERR_FILENO, "sill: cannot run %s: %s\n", argv->items[0], strerror(errno));
	_exit(127);
}

int child_run(const struct strv *argv, int log_fd)
{
	int status = 0;
	pid_t pid = fork();
	if (pid == 0) {
		child_exec(argv, log_fd);
	}
	while (pid > 0 && waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR) {
			return 127;
		}
	}
	return pid > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : 127;
}
