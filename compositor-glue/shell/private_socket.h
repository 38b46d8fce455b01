// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_PRIVATE_SOCKET_H
#define COMPOSITOR_GLUE_SHELL_PRIVATE_SOCKET_H

#include <stdbool.h>
#include <sys/un.h>
#include <wayland-server-core.h>

#define PRIVATE_GLOBALS_MAX 4

/*
 * Globals that only clients of one socket see. Weston itself accepts the connections of all
 * sockets that init made; the address that a connection came in by, which the client cannot choose,
 * tells them apart (docs/decisions/0001).
 */
struct private_socket {
	struct wl_global *globals[PRIVATE_GLOBALS_MAX]; // NULL where there is none
	char path[sizeof(((struct sockaddr_un *)0)->sun_path)];
};

// False, and logged with the option's name, when the path is too long
bool private_socket_init(struct private_socket *socket, const char *option, const char *path);
// From now on others do not see it
void private_socket_hide(struct private_socket *socket, struct wl_global *global);
bool private_socket_admits(const struct private_socket *socket, const struct wl_client *client);
// As libwayland's filter of globals asks
bool private_socket_shows(const struct private_socket *socket, const struct wl_client *client,
	const struct wl_global *global);

#endif
