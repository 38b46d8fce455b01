// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/server.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "compositor-glue/x11/child.h"
#include "compositor-glue/x11/unix_socket.h"

#define ARGUMENTS_MAX (9 + 2 * (LISTENERS_MAX + 1))

/* Where only the X server and its window manager are let see what is theirs. */
int server_connect_to_compositor(void)
{
	const char *path = getenv("WAYLAND_DISPLAY");
	if (path == NULL || path[0] != '/') {
		fputs("sill-x11: WAYLAND_DISPLAY is not the path of the compositor's socket\n",
			stderr);
		return -1;
	}
	return unix_socket_connect(path);
}

/*
 * Who may reach the sockets is decided by the directory that they are in, so there is no access
 * control. The display's number is only in its messages: it makes no socket and no lock itself. It
 * is told to draw in memory, or it would load what there is of OpenGL to find out that it has to.
 */
static _Noreturn void run(
	const char *program, const struct listeners *listeners, int wayland_fd, int wm_fd)
{
	char numbers[LISTENERS_MAX + 2][CHILD_NUMBER_SIZE];
	const char *argv[ARGUMENTS_MAX] = {
		program, ":0", "-rootless", "-shm", "-ac", "-terminate", SERVER_LINGER_SECONDS};
	int count = 7;
	for (int i = 0; i < listeners->count; i++) {
		argv[count++] = "-listenfd";
		argv[count++] = child_keep(listeners->fd[i], numbers[i]);
	}
	argv[count++] = "-wm";
	argv[count++] = child_keep(wm_fd, numbers[LISTENERS_MAX]);
	setenv("WAYLAND_SOCKET", child_keep(wayland_fd, numbers[LISTENERS_MAX + 1]), 1);
	unsetenv("WAYLAND_DISPLAY");
	child_exec(argv);
}

pid_t server_start(const char *program, const struct listeners *listeners, int *ret_wm_fd)
{
	int wm_fds[2], wayland_fd = server_connect_to_compositor();
	if (wayland_fd < 0) {
		return -1;
	}
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, wm_fds) < 0) {
		fprintf(stderr, "sill-x11: no way to the X server: %s\n", strerror(errno));
		close(wayland_fd);
		return -1;
	}
	pid_t pid = child_fork("the X server");
	if (pid == 0) {
		run(program, listeners, wayland_fd, wm_fds[1]);
	}
	close(wayland_fd);
	close(wm_fds[1]);
	if (pid < 0) {
		close(wm_fds[0]);
		return -1;
	}
	*ret_wm_fd = wm_fds[0];
	return pid;
}

pid_t server_start_bell(const char *program, const struct listeners *listeners)
{
	const char *const argv[] = {program, listeners->display, NULL};
	pid_t pid = child_fork("the bell");
	if (pid == 0) {
		child_exec(argv);
	}
	return pid;
}
