// SPDX-License-Identifier: MIT
#include "init/sockets.h"

#include <string.h>

#include "init/listen.h"

static bool hand_to(struct service *service, int fd, const struct unit *unit,
	const struct listen_config *listen, struct diag_list *diags)
{
	if (service->fd_count == SPAWN_FDS_MAX) {
		diag_add(diags, unit->file, listen->text.at, "more than %d sockets for %s",
			SPAWN_FDS_MAX, service->unit->name);
		return false;
	}
	service->fds[service->fd_count] = fd;
	service->fd_names[service->fd_count] = unit->socket.fd_name;
	service->socket_count = ++service->fd_count;
	return true;
}

/* Opens it for every service that gets it. */
static bool open_one(struct supervisor *supervisor, size_t self, const struct listen_config *listen,
	const struct identity *owner, struct diag_list *diags)
{
	const struct unit *unit = &supervisor->units[self];
	const struct graph *graph = supervisor->graph;
	bool is_ok = true;
	int fd = listen_open(&unit->socket, listen, owner);
	if (fd < 0) {
		diag_add(diags, unit->file, listen->text.at, "cannot listen on %s: %s",
			listen->text.text, strerror(-fd));
		return false;
	}
	for (size_t i = 0; i < graph->count; i++) {
		if (graph->sockets[i] & unit_bit(self)) {
			is_ok &= hand_to(&supervisor->services[i], fd, unit, listen, diags);
		}
	}
	return is_ok;
}

bool sockets_open(
	struct supervisor *supervisor, unit_set units, struct users *users, struct diag_list *diags)
{
	bool is_ok = true;
	for (size_t i = 0; i < supervisor->graph->count; i++) {
		const struct unit *unit = &supervisor->units[i];
		struct identity owner;
		if (unit->kind != UNIT_SOCKET || !(units & unit_bit(i))) {
			continue;
		}
		if (!users_resolve(
			    users, unit, &unit->socket.user, &unit->socket.group, &owner, diags)) {
			return false;
		}
		for (const struct listen_config *listen = unit->socket.listen; listen != NULL;
			listen = listen->next) {
			is_ok &= open_one(supervisor, i, listen, &owner, diags);
		}
	}
	return is_ok;
}
