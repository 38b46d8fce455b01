// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/attended.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "compositor-glue/x11/child.h"
#include "compositor-glue/x11/clock.h"
#include "compositor-glue/x11/listeners.h"
#include "compositor-glue/x11/server.h"
#include "compositor-glue/x11/unix_socket.h"

enum {
	X11,
	COMPOSITOR,
};

static void close_all(struct attended *attended)
{
	const int fds[] = {attended->fds[X11], attended->fds[COMPOSITOR], attended->line};
	for (size_t i = 0; i < sizeof(fds) / sizeof(fds[0]); i++) {
		if (fds[i] >= 0) {
			close(fds[i]);
		}
	}
	attended->fds[X11] = attended->fds[COMPOSITOR] = attended->line = -1;
}

static _Noreturn void run(
	const struct attended *attended, const char *program, const char *display, int line)
{
	char numbers[3][CHILD_NUMBER_SIZE];
	const char *const argv[] = {program, display, child_keep(attended->fds[X11], numbers[0]),
		child_keep(line, numbers[1]), NULL};
	setenv("WAYLAND_SOCKET", child_keep(attended->fds[COMPOSITOR], numbers[2]), 1);
	child_exec(argv);
}

static bool connect_all(struct attended *attended, const struct listeners *listeners, int lines[2])
{
	if (attended->fds[X11] < 0) {
		attended->fds[X11] = unix_socket_connect(listeners->path);
	}
	attended->fds[COMPOSITOR] = server_connect_to_compositor();
	if (attended->fds[X11] < 0 || attended->fds[COMPOSITOR] < 0) {
		return false;
	}
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, lines) < 0) {
		fprintf(stderr, "sill-x11: no way to the window manager: %s\n", strerror(errno));
		return false;
	}
	return true;
}

bool attended_start(struct attended *attended, const char *program,
	const struct listeners *listeners, int x11_fd)
{
	int lines[2] = {-1, -1};
	*attended = (struct attended){.fds = {x11_fd, -1}, .line = -1};
	if (connect_all(attended, listeners, lines)) {
		attended->line = lines[0];
		attended->pid = child_fork("the window manager");
		if (attended->pid == 0) {
			run(attended, program, listeners->display, lines[1]);
		}
		close(lines[1]);
	}
	if (attended->pid <= 0) {
		close_all(attended);
		attended->pid = 0;
		return false;
	}
	attended->state = ATTENDED_AT_REST;
	return true;
}

size_t attended_poll(const struct attended *attended, struct pollfd fds[ATTENDED_FDS])
{
	size_t count = attended->state == ATTENDED_AT_REST ? ATTENDED_FDS : 0;
	for (size_t i = 0; i < count; i++) {
		fds[i] = (struct pollfd){.fd = attended->fds[i], .events = POLLIN};
	}
	return count;
}

int64_t attended_due(const struct attended *attended)
{
	return attended->state == ATTENDED_ASKED ? attended->look : CLOCK_NEVER;
}

/* Whether it has said something since this was asked last. */
static bool has_said(struct attended *attended)
{
	char bytes[64];
	bool said = recv(attended->line, bytes, sizeof(bytes), 0) > 0;
	attended->has_managed = attended->has_managed || said;
	return said;
}

static void ask(struct attended *attended, int64_t now)
{
	static const char byte = 0;
	has_said(attended);
	send(attended->line, &byte, 1, MSG_NOSIGNAL);
	attended->state = ATTENDED_ASKED;
	attended->look = now + ATTENDED_LOOK_MS;
	attended->until = now + ATTENDED_PATIENCE_MS;
}

static void look_after(struct attended *attended, int64_t now)
{
	attended->look = now + ATTENDED_LOOK_MS;
	if (has_said(attended)) {
		attended->state = ATTENDED_AT_REST;
	} else if (now >= attended->until) {
		fprintf(stderr, "sill-x11: the window manager does nothing for %d s, is killed\n",
			ATTENDED_PATIENCE_MS / 1000);
		kill(attended->pid, SIGKILL);
		attended->state = ATTENDED_ENDING;
	}
}

void attended_look(struct attended *attended, const struct pollfd *fds, size_t count, int64_t now)
{
	bool is_due = false;
	for (size_t i = 0; i < count; i++) {
		is_due = is_due || fds[i].revents != 0;
	}
	if (attended->state == ATTENDED_AT_REST && is_due) {
		ask(attended, now);
	} else if (attended->state == ATTENDED_ASKED && now >= attended->look) {
		look_after(attended, now);
	}
}

void attended_finish(struct attended *attended)
{
	has_said(attended);
	close_all(attended);
	attended->pid = 0;
	attended->state = ATTENDED_NONE;
}
