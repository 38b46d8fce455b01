// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_SERVER_H
#define COMPOSITOR_GLUE_RDP_SERVER_H

#include "compositor-glue/audio/sound.h"
#include "compositor-glue/rdp/bridge.h"
#include "compositor-glue/rdp/credentials.h"
#include "compositor-glue/rdp/handshake.h"
#include "compositor-glue/rdp/listener.h"
#include "compositor-glue/rdp/teller.h"
#include "compositor-glue/rdp/throttle.h"

#include <stdint.h>

struct session;

/* So many connections are looked at in one round; the rest waits in the kernel's queue. */
#define SERVER_ACCEPT_BURST 16
/* "Too many handshakes" is logged so often at most. */
#define SERVER_COMPLAINT_MS 10000

struct server {
	struct bridge bridge;
	struct credentials credentials;
	struct throttle throttle;
	struct handshakes handshakes;
	struct session *session; // NULL while no client is connected
	struct sound sound;
	struct listener listener;
	struct teller teller;
	int signal_fd;
	int64_t next_complaint;
};

/* Serves until a signal (0) or until the compositor is gone (-1). */
int server_run(struct server *server);

#endif
