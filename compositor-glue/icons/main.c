// SPDX-License-Identifier: MIT
/*
 * sill-icons ROOT:PATH...: who asks for icons at the socket that init made is given a reader of
 * their own, one at a time. What reads them has large libraries and strangers' files, so it lives
 * no longer than somebody asks; this is all that is there meanwhile.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define LISTEN_FD 3 /* sd_listen_fds(3) */
#define READER "/usr/lib/sill/sill-icons-reader"

static int complain(const char *what)
{
	fprintf(stderr, "sill-icons: %s: %s\n", what, strerror(errno));
	return EXIT_FAILURE;
}

/* Its standard input is the connection; its arguments are ours. */
__attribute__((noreturn)) static void become_reader(int connection, char **argv)
{
	static char name[] = READER;
	argv[0] = name;
	if (dup2(connection, STDIN_FILENO) == STDIN_FILENO) {
		execv(READER, argv);
	}
	_exit(complain(READER));
}

static void wait_for(pid_t reader)
{
	int status;
	while (waitpid(reader, &status, 0) < 0 && errno == EINTR) {
	}
	if (WIFSIGNALED(status)) {
		fprintf(stderr, "sill-icons: the reader was ended by signal %d (%s)\n",
			WTERMSIG(status), strsignal(WTERMSIG(status)));
	}
}

int main(int argc, char **argv)
{
	(void)argc;
	if (fcntl(LISTEN_FD, F_SETFD, FD_CLOEXEC) < 0) {
		return complain("the socket that init hands over");
	}
	for (;;) {
		int connection = accept4(LISTEN_FD, NULL, NULL, SOCK_CLOEXEC);
		if (connection < 0 && (errno == EINTR || errno == ECONNABORTED)) {
			continue;
		}
		if (connection < 0) {
			return complain("accept");
		}
		pid_t reader = fork();
		if (reader == 0) {
			become_reader(connection, argv);
		}
		close(connection);
		if (reader < 0) {
			return complain("a process for the reader");
		}
		wait_for(reader);
	}
}
