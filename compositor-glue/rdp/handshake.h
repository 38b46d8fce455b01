// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_HANDSHAKE_H
#define COMPOSITOR_GLUE_RDP_HANDSHAKE_H

#include "compositor-glue/rdp/throttle.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct loop;
struct peer;

#define HANDSHAKE_LIMIT 4
#define HANDSHAKE_TIME_MS 10000
#define FAREWELL_TIME_MS 2000

/*
 * A connection until it has shown its password. FreeRDP's TLS accept blocks, so each has a thread;
 * a client that hangs in it, or sends garbage, never touches the session that runs. One that has to
 * go stays a moment too: closing while it still sends would reset the connection, and the reason
 * for the end would be lost with it.
 */
struct handshake {
	struct peer *peer; // NULL: this one is free
	struct throttle_address address;
	pthread_t thread;
	atomic_bool finished;
	bool aborted;
	bool leaving; /* not a handshake, but the client that just had to go */
	int64_t deadline;
	int wake_fd; /* shared by all of them */
};

struct handshakes {
	struct handshake list[HANDSHAKE_LIMIT];
	int wake_fd;
	size_t watched; // loop key
};

int handshakes_init(struct handshakes *handshakes);
void handshakes_finish(struct handshakes *handshakes);

bool handshakes_full(const struct handshakes *handshakes);

/* Takes over the peer, even on failure. */
void handshakes_start(
	struct handshakes *handshakes, struct peer *peer, const struct throttle_address *address);

/* Waits until the dismissed client has read why. Takes over the peer. */
void handshakes_see_off(struct handshakes *handshakes, struct peer *peer);

void handshakes_prepare(struct handshakes *handshakes, struct loop *loop);

/*
 * Cuts off the late ones and gives out one that has come to its end, which is then the caller's;
 * NULL when there is none (left).
 */
struct peer *handshakes_next(struct handshakes *handshakes, struct throttle_address *address);

#endif
