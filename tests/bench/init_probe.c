// SPDX-License-Identifier: MIT
/*
 * What tests/bench/init.py lets the inits run, and how it starts them. Static, so that it starts
 * fast.
 *
 *   init_probe launch FILE PROGRAM...   notes the time in FILE and becomes PROGRAM
 *   init_probe stamp FILE               notes the time in FILE, and waits
 *   init_probe deaf FILE                the same, and does not hear SIGTERM
 *   init_probe orphans N FILE           leaves N orphans that end when the fifo FILE is opened
 */
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int64_t now_nsec(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* A line a start, with how many descriptors it was given beside the standard ones. */
static void note_time(const char *path, int64_t nsec)
{
	char line[64];
	int leaked = 0;
	for (int fd = 3; fd < 64; fd++) {
		leaked += fcntl(fd, F_GETFD) >= 0;
	}
	int length = snprintf(line, sizeof(line), "%lld %d\n", (long long)nsec, leaked);
	int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
	if (fd < 0 || write(fd, line, (size_t)length) != length) {
		_exit(1);
	}
	close(fd);
}

static void finish(int number)
{
	(void)number;
	_exit(0);
}

__attribute__((noreturn)) static void wait_for_end(void (*on_term)(int number))
{
	signal(SIGTERM, on_term);
	for (;;) {
		pause();
	}
}

static int launch(const char *path, char **argv)
{
	int64_t begun = now_nsec();
	note_time(path, begun);
	execv(argv[0], argv);
	return 1;
}

__attribute__((noreturn)) static void leave_orphans(int count, const char *path)
{
	pid_t middle = fork();
	for (int i = 0; middle == 0 && i < count; i++) {
		if (fork() == 0) {
			_exit(open(path, O_RDONLY) < 0);
		}
	}
	if (middle == 0) {
		_exit(0);
	}
	wait_for_end(finish);
}

int main(int argc, char **argv)
{
	if (argc >= 4 && strcmp(argv[1], "launch") == 0) {
		return launch(argv[2], argv + 3);
	}
	if (argc == 3 && (strcmp(argv[1], "stamp") == 0 || strcmp(argv[1], "deaf") == 0)) {
		note_time(argv[2], now_nsec());
		wait_for_end(strcmp(argv[1], "deaf") == 0 ? SIG_IGN : finish);
	}
	if (argc == 4 && strcmp(argv[1], "orphans") == 0) {
		leave_orphans(atoi(argv[2]), argv[3]);
	}
	return 2;
}
