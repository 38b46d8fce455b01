// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/private_socket.h"

#include <assert.h>
#include <libweston/libweston.h>
#include <string.h>
#include <sys/socket.h>

bool private_socket_init(struct private_socket *socket, const char *option, const char *path)
{
	*socket = (struct private_socket){0};
	if (strlen(path) >= sizeof(socket->path)) {
		weston_log("sill-shell: %s%s: longer than a socket's path can be\n", option, path);
		return false;
	}
	strcpy(socket->path, path);
	return true;
}

bool private_socket_admits(const struct private_socket *socket, const struct wl_client *client)
{
	struct sockaddr_un address = {0};
	socklen_t length = sizeof(address);
	int fd = wl_client_get_fd((struct wl_client *)client);
	if (getsockname(fd, (struct sockaddr *)&address, &length) < 0 ||
		address.sun_family != AF_UNIX || address.sun_path[0] == '\0') {
		return false;
	}
	return strncmp(address.sun_path, socket->path, sizeof(address.sun_path)) == 0;
}

void private_socket_hide(struct private_socket *socket, struct wl_global *global)
{
	int i = 0;
	while (i < PRIVATE_GLOBALS_MAX && socket->globals[i] != NULL) {
		i++;
	}
	assert(i < PRIVATE_GLOBALS_MAX);
	socket->globals[i] = global;
}

bool private_socket_shows(const struct private_socket *socket, const struct wl_client *client,
	const struct wl_global *global)
{
	for (int i = 0; i < PRIVATE_GLOBALS_MAX; i++) {
		if (socket->globals[i] == global) {
			return private_socket_admits(socket, client);
		}
	}
	return true;
}
