// SPDX-License-Identifier: MIT
#include "rootfs-manifest/process.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Reads to the end of file; what does not fit is read and thrown away, so that nobody blocks. */
static void read_all(int fd, char *text, size_t size)
{
	size_t used = 0;
	for (;;) {
		char waste[4096];
		bool fits = used + 1 < size;
		ssize_t got = fits ? read(fd, text + used, size - used - 1)
				   : read(fd, waste, sizeof(waste));
		if (got < 0 && errno == EINTR) {
			continue;
		}
		if (got <= 0) {
			break;
		}
		used += fits ? (size_t)got : 0;
	}
	text[used] = '\0';
}

static const char *last_line(char *text)
{
	size_t size = strlen(text);
	while (size != 0 && text[size - 1] == '\n') {
		text[--size] = '\0';
	}
	const char *newline = strrchr(text, '\n');
	return newline != NULL ? newline + 1 : text;
}

static int spawn(const char *const argv[], int output, pid_t *ret_pid)
{
	posix_spawn_file_actions_t actions;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
	int reason = posix_spawnp(
		ret_pid, argv[0], &actions, NULL, (char *const *)(const void *)argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	return reason;
}

static int wait_for(pid_t pid)
{
	int status;
	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR) {
			return -1;
		}
	}
	return status;
}

bool process_run(const char *const argv[], struct error *err)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC) < 0) {
		return fail(err, "%s: no pipe: %s", argv[0], strerror(errno));
	}
	pid_t pid;
	int reason = spawn(argv, ends[1], &pid);
	close(ends[1]);
	if (reason != 0) {
		close(ends[0]);
		return fail(err, "%s: cannot be started: %s", argv[0], strerror(reason));
	}
	static char output[PROCESS_OUTPUT_MAX];
	read_all(ends[0], output, sizeof(output));
	close(ends[0]);
	int status = wait_for(pid);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		return fail(err, "%s: failed: %s", argv[0], last_line(output));
	}
	return true;
}
