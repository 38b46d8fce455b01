// SPDX-License-Identifier: MIT
#include "init/process.h"

#include <errno.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "init/format.h"
#include "init/text_file.h"
#include "init/values.h"

#define REST_SECONDS 1
#define CHILDREN_TEXT_MAX 65536

void process_signal(pid_t pid, int number)
{
	if (kill(-pid, number) < 0 && errno == ESRCH) {
		(void)kill(pid, number);
	}
}

uid_t process_uid(pid_t pid)
{
	char path[32];
	struct stat info;
	format_text(path, sizeof(path), "/proc/%d", (int)pid);
	return stat(path, &info) == 0 ? info.st_uid : (uid_t)-1;
}

static void signal_children(int number)
{
	static char text[CHILDREN_TEXT_MAX];
	char path[64];
	format_text(path, sizeof(path), "/proc/self/task/%d/children", (int)getpid());
	if (text_file_read(path, text, sizeof(text)) < 0) {
		return;
	}
	const char *next = text;
	while (*next != '\0') {
		pid_t pid = (pid_t)value_digits(next, &next);
		if (pid > 1) {
			(void)kill(pid, number);
		}
		next += *next != '\0';
	}
}

static void signal_rest(int number)
{
	if (getpid() == 1) {
		(void)kill(-1, number);
	} else {
		signal_children(number);
	}
}

/* Reaps until nobody is left (true) or the time is over. */
static bool await_rest(time_t seconds)
{
	struct timespec now, end;
	sigset_t child;
	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	clock_gettime(CLOCK_MONOTONIC, &end);
	end.tv_sec += seconds;
	for (;;) {
		pid_t pid = waitpid(-1, NULL, WNOHANG);
		if (pid < 0) {
			return true;
		}
		if (pid > 0) {
			continue;
		}
		clock_gettime(CLOCK_MONOTONIC, &now);
		long nanoseconds = end.tv_nsec - now.tv_nsec;
		struct timespec left = {end.tv_sec - now.tv_sec, nanoseconds};
		if (nanoseconds < 0) {
			left = (struct timespec){left.tv_sec - 1, nanoseconds + 1000000000};
		}
		if (left.tv_sec < 0 || sigtimedwait(&child, NULL, &left) < 0) {
			return false;
		}
	}
}

void process_end_rest(void)
{
	if (await_rest(0)) {
		return;
	}
	signal_rest(SIGTERM);
	if (!await_rest(REST_SECONDS)) {
		signal_rest(SIGKILL);
		(void)await_rest(REST_SECONDS);
	}
}
