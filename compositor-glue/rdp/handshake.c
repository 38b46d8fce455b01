// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/handshake.h"

#include <freerdp/freerdp.h>
#include <freerdp/peer.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>
#include <winpr/synch.h>

#include "compositor-glue/rdp/log.h"
#include "compositor-glue/rdp/loop.h"
#include "compositor-glue/rdp/peer.h"

int handshakes_init(struct handshakes *handshakes)
{
	memset(handshakes, 0, sizeof(*handshakes));
	handshakes->watched = LOOP_NOT_WATCHED;
	handshakes->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	return handshakes->wake_fd < 0 ? -1 : 0;
}

static void abort_handshake(struct handshake *handshake)
{
	/* The event ends its waiting, the shutdown a blocked write. */
	freerdp_abort_connect_context(&handshake->peer->base);
	shutdown(handshake->peer->fd, SHUT_RDWR);
	handshake->aborted = true;
}

static struct peer *reap(struct handshake *handshake)
{
	struct peer *peer = handshake->peer;
	pthread_join(handshake->thread, NULL);
	handshake->peer = NULL;
	return peer;
}

void handshakes_finish(struct handshakes *handshakes)
{
	for (size_t i = 0; i < HANDSHAKE_LIMIT; i++) {
		struct handshake *handshake = &handshakes->list[i];
		if (handshake->peer == NULL) {
			continue;
		}
		if (!handshake->leaving) {
			abort_handshake(handshake);
		}
		peer_destroy(reap(handshake));
	}
	close(handshakes->wake_fd);
}

static struct handshake *find_free(struct handshakes *handshakes)
{
	for (size_t i = 0; i < HANDSHAKE_LIMIT; i++) {
		if (handshakes->list[i].peer == NULL) {
			return &handshakes->list[i];
		}
	}
	return NULL;
}

bool handshakes_full(const struct handshakes *handshakes)
{
	for (size_t i = 0; i < HANDSHAKE_LIMIT; i++) {
		if (handshakes->list[i].peer == NULL) {
			return false;
		}
	}
	return true;
}

static bool wait_for_client(struct peer *peer)
{
	HANDLE events[PEER_HANDLE_LIMIT];
	DWORD count = peer->client->GetEventHandles(peer->client, events, PEER_HANDLE_LIMIT - 1);
	if (count == 0) {
		return false;
	}
	events[count++] = freerdp_abort_event(&peer->base);
	return WaitForMultipleObjects(count, events, FALSE, INFINITE) != WAIT_FAILED &&
	       WaitForSingleObject(freerdp_abort_event(&peer->base), 0) != WAIT_OBJECT_0;
}

static void say_farewell(const struct peer *peer)
{
	char ignored[4096];
	int fd = peer->fd;
	int64_t end = loop_now() + FAREWELL_TIME_MS;
	shutdown(fd, SHUT_WR);
	for (int64_t left = FAREWELL_TIME_MS; left > 0; left = end - loop_now()) {
		struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
		if (poll(&poll_fd, 1, (int)left) <= 0 ||
			recv(fd, ignored, sizeof(ignored), MSG_DONTWAIT) <= 0) {
			return;
		}
	}
}

static void *run(void *data)
{
	struct handshake *handshake = data;
	struct peer *peer = handshake->peer;
	while (!peer->activated) {
		if (!wait_for_client(peer) || !peer->client->CheckFileDescriptor(peer->client)) {
			break;
		}
	}
	if (peer->verdict > PEER_WELCOME) {
		say_farewell(peer);
	}
	atomic_store(&handshake->finished, true);
	eventfd_write(handshake->wake_fd, 1);
	return NULL;
}

static void start(struct handshakes *handshakes, struct peer *peer,
	const struct throttle_address *address, bool leaving)
{
	struct handshake *handshake = find_free(handshakes);
	if (handshake == NULL) {
		peer_destroy(peer);
		return;
	}
	handshake->address = *address;
	handshake->deadline = loop_now() + HANDSHAKE_TIME_MS;
	handshake->aborted = false;
	handshake->leaving = leaving;
	handshake->wake_fd = handshakes->wake_fd;
	atomic_store(&handshake->finished, false);
	handshake->peer = peer;
	int error = pthread_create(&handshake->thread, NULL, run, handshake);
	if (error != 0) {
		log_line("%s: no thread: %s", peer->origin.name, strerror(error));
		handshake->peer = NULL;
		peer_destroy(peer);
	}
}

void handshakes_start(
	struct handshakes *handshakes, struct peer *peer, const struct throttle_address *address)
{
	start(handshakes, peer, address, false);
}

void handshakes_see_off(struct handshakes *handshakes, struct peer *peer)
{
	static const struct throttle_address nobody;
	peer->verdict = PEER_DISMISSED;
	start(handshakes, peer, &nobody, true);
}

void handshakes_prepare(struct handshakes *handshakes, struct loop *loop)
{
	handshakes->watched = loop_watch(loop, handshakes->wake_fd, POLLIN);
	for (size_t i = 0; i < HANDSHAKE_LIMIT; i++) {
		const struct handshake *handshake = &handshakes->list[i];
		if (handshake->peer != NULL && !handshake->aborted) {
			loop_wake_at(loop, handshake->deadline);
		}
	}
}

struct peer *handshakes_next(struct handshakes *handshakes, struct throttle_address *address)
{
	eventfd_t ignored;
	eventfd_read(handshakes->wake_fd, &ignored);
	for (size_t i = 0; i < HANDSHAKE_LIMIT; i++) {
		struct handshake *handshake = &handshakes->list[i];
		if (handshake->peer == NULL) {
			continue;
		}
		if (atomic_load(&handshake->finished)) {
			*address = handshake->address;
			return reap(handshake);
		}
		if (!handshake->aborted && loop_now() >= handshake->deadline) {
			log_line("%s: did not finish its handshake in time", handshake->peer->origin.name);
			abort_handshake(handshake);
		}
	}
	return NULL;
}
