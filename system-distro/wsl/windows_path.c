// SPDX-License-Identifier: MIT
#include "system-distro/wsl/windows_path.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Windows answers these in milliseconds; one that hangs must not keep the windows from coming. */
#define WSL_ANSWER_SECONDS 10

extern char **environ;

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * (int64_t)1000 + now.tv_nsec / 1000000;
}

static pid_t spawn(const char *const argv[], int output)
{
	pid_t pid = -1;
	posix_spawn_file_actions_t actions;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
	int error = posix_spawn(&pid, argv[0], &actions, NULL, (char *const *)argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	return error == 0 ? pid : -1;
}

/* Reads to the end. False when that takes too long or is too much. */
static bool read_answer(int fd, char *ret_answer, size_t size)
{
	int64_t end = now_ms() + WSL_ANSWER_SECONDS * 1000;
	size_t used = 0;
	for (;;) {
		int64_t left = end - now_ms();
		struct pollfd ready = {.fd = fd, .events = POLLIN};
		if (left <= 0 || poll(&ready, 1, (int)left) <= 0) {
			return false;
		}
		ssize_t count = read(fd, ret_answer + used, size - used);
		if (count <= 0) {
			ret_answer[used] = '\0';
			return count == 0;
		}
		used += (size_t)count;
		if (used == size) {
			return false;
		}
	}
}

bool wsl_ask(const char *const argv[], char *ret_answer, size_t size)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC) < 0) {
		return false;
	}
	pid_t pid = spawn(argv, ends[1]);
	close(ends[1]);
	bool is_read = pid > 0 && read_answer(ends[0], ret_answer, size);
	close(ends[0]);
	if (pid <= 0) {
		return false;
	}
	int status = 0;
	if (!is_read) {
		kill(pid, SIGKILL);
	}
	waitpid(pid, &status, 0);
	ret_answer[is_read ? strcspn(ret_answer, "\r\n") : 0] = '\0';
	return is_read && status == 0 && *ret_answer != '\0';
}

bool windows_path(const char *path, char *ret_path, size_t size)
{
	const char *const argv[] = {"/usr/bin/wslpath", "-a", path, NULL};
	return wsl_ask(argv, ret_path, size);
}
