// SPDX-License-Identifier: MIT
#include "init/fd_store.h"

#include <string.h>
#include <unistd.h>

#include "init/log.h"

void fd_store_add(struct service *service, const char *name, int *fds, size_t count)
{
	size_t max = service->socket_count + (size_t)service->unit->service.fd_store_max;
	for (size_t i = 0; i < count; i++) {
		if (service->fd_count == max || service->fd_count == SPAWN_FDS_MAX) {
			log_say("%s: its FileDescriptorStoreMax= is reached", service->short_name);
			return;
		}
		size_t place = service->fd_count++;
		char *kept = service->stored_names[place - service->socket_count];
		service->fds[place] = fds[i];
		fds[i] = -1;
		strcpy(kept, *name != '\0' ? name : "stored");
		service->fd_names[place] = kept;
	}
}

static void drop(struct service *service, size_t place)
{
	close(service->fds[place]);
	service->fd_count--;
	for (size_t i = place; i < service->fd_count; i++) {
		size_t stored = i - service->socket_count;
		service->fds[i] = service->fds[i + 1];
		strcpy(service->stored_names[stored], service->stored_names[stored + 1]);
	}
}

void fd_store_remove(struct service *service, const char *name)
{
	for (size_t i = service->fd_count; i > service->socket_count; i--) {
		if (strcmp(service->fd_names[i - 1], name) == 0) {
			drop(service, i - 1);
		}
	}
}

void fd_store_clear(struct service *service)
{
	while (service->fd_count > service->socket_count) {
		drop(service, service->fd_count - 1);
	}
}
