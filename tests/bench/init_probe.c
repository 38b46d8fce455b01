// SPDX-License-Identifier: MIT
/*
 * What tests/bench/init.py lets the inits run, and how it starts them. Static, so that it starts
 * fast.
 *
 *   init_probe launch FILE PROGRAM...   notes the time in FILE and becomes PROGRAM
 *   init_probe stamp FILE               notes the time in FILE, and waits
 *   init_probe deaf FILE                the same, and does not hear SIGTERM
 *   init_probe orphans N GO ALIVE       leaves N orphans that end when the fifo GO is opened; they
 * hold the fifo ALIVE open until then
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

static int open_notes(const char *path)
{
	int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
	if (fd < 0) {
		_exit(1);
	}
	return fd;
}

static void note(int fd, int64_t nsec, int leaked)
{
	char line[64];
	int length = snprintf(line, sizeof(line), "%lld %d\n", (long long)nsec, leaked);
	if (write(fd, line, (size_t)length) != length) {
		_exit(1);
	}
}

/* A line a start, with how many descriptors it was given beside the standard ones. */
static void note_start(const char *path, int64_t nsec)
{
	int leaked = 0;
	for (int fd = 3; fd < 64; fd++) {
		leaked += fcntl(fd, F_GETFD) >= 0;
	}
	int fd = open_notes(path);
	note(fd, nsec, leaked);
	close(fd);
}

static void finish(int number)
{
	(void)number;
	_exit(0);
}

__attribute__((noreturn)) static void wait_for_end(void)
{
	for (;;) {
		pause();
	}
}

static int launch(const char *path, char **argv)
{
	/* All but the writing itself before the time is taken: it would be the init's. */
	int fd = open_notes(path);
	note(fd, now_nsec(), 0);
	execv(argv[0], argv);
	return 1;
}

__attribute__((noreturn)) static void leave_orphans(int count, const char *go, const char *alive)
{
	pid_t middle = fork();
	if (middle == 0 && open(alive, O_WRONLY) < 0) {
		_exit(1);
	}
	for (int i = 0; middle == 0 && i < count; i++) {
		if (fork() == 0) {
			_exit(open(go, O_RDONLY) < 0);
		}
	}
	if (middle == 0) {
		_exit(0);
	}
	signal(SIGTERM, finish);
	wait_for_end();
}

int main(int argc, char **argv)
{
	if (argc >= 4 && strcmp(argv[1], "launch") == 0) {
		return launch(argv[2], argv + 3);
	}
	if (argc == 3 && (strcmp(argv[1], "stamp") == 0 || strcmp(argv[1], "deaf") == 0)) {
		int64_t now = now_nsec();
		/* Deaf before anybody knows that it is there. */
		signal(SIGTERM, strcmp(argv[1], "deaf") == 0 ? SIG_IGN : finish);
		note_start(argv[2], now);
		wait_for_end();
	}
	if (argc == 5 && strcmp(argv[1], "orphans") == 0) {
		leave_orphans(atoi(argv[2]), argv[3], argv[4]);
	}
	return 2;
}
