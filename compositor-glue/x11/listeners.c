// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/listeners.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define FIRST_FD 3 /* sd_listen_fds(3) */
#define SCHEME "unix:"

_Static_assert(
	LISTENERS_DISPLAY_SIZE > sizeof(SCHEME) + sizeof(((struct sockaddr_un *)0)->sun_path),
	"a display is named by its socket's path");

static int number_of(const char *variable)
{
	const char *text = getenv(variable);
	return text != NULL ? atoi(text) : 0;
}

/* libxcb takes a socket's path for a display. */
static bool name_display(struct listeners *listeners)
{
	struct sockaddr_un address = {0};
	socklen_t length = sizeof(address) - 1;
	if (getsockname(listeners->fd[0], (struct sockaddr *)&address, &length) < 0 ||
		address.sun_family != AF_UNIX || address.sun_path[0] != '/') {
		return false;
	}
	snprintf(listeners->display, sizeof(listeners->display), SCHEME "%s", address.sun_path);
	listeners->path = listeners->display + strlen(SCHEME);
	return true;
}

bool listeners_take(struct listeners *listeners)
{
	int count = number_of("LISTEN_PID") == getpid() ? number_of("LISTEN_FDS") : 0;
	*listeners = (struct listeners){0};
	while (listeners->count < count && listeners->count < LISTENERS_MAX) {
		int fd = FIRST_FD + listeners->count;
		if (fcntl(fd, F_SETFD, FD_CLOEXEC) < 0) {
			break;
		}
		listeners->fd[listeners->count++] = fd;
	}
	unsetenv("LISTEN_PID");
	unsetenv("LISTEN_FDS");
	unsetenv("LISTEN_FDNAMES");
	if (listeners->count == 0 || !name_display(listeners)) {
		fputs("sill-x11: no listening socket with a path: is it started by sill-init?\n",
			stderr);
		return false;
	}
	return true;
}

void listeners_wait(const struct listeners *listeners)
{
	struct pollfd fds[LISTENERS_MAX];
	for (int i = 0; i < listeners->count; i++) {
		fds[i] = (struct pollfd){.fd = listeners->fd[i], .events = POLLIN};
	}
	while (poll(fds, (nfds_t)listeners->count, -1) < 0) {
	}
}
