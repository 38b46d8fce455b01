// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_PEER_H
#define COMPOSITOR_GLUE_RDP_PEER_H

#include "compositor-glue/rdp/listener.h"

#include <freerdp/freerdp.h>
#include <freerdp/peer.h>
#include <stdbool.h>
#include <stdint.h>

struct credentials;
struct session;

#define PEER_HANDLE_LIMIT 16

enum peer_verdict {
	PEER_UNDECIDED,
	PEER_WELCOME,
	PEER_WRONG_PASSWORD,
	PEER_UNSUITABLE, /* it has the password, but cannot show windows */
	PEER_DISMISSED, /* it was in, and has to go */
};

/* One connection. FreeRDP allocates it as its context, hence the first member. */
struct peer {
	rdpContext base;
	freerdp_peer *client;
	int fd; // the client's; FreeRDP forgets it there
	HANDLE channels; // FreeRDP's virtual channel manager
	const struct credentials *credentials;
	struct session *session; // NULL during the handshake
	enum peer_verdict verdict;
	bool activated;
	uint32_t locks; /* the lock keys, told before there was a session */
	bool has_locks;
	struct origin origin;
};

/* Takes over the socket, even on failure (NULL). */
struct peer *peer_create(
	int fd, const struct origin *origin, const struct credentials *credentials);
void peer_destroy(struct peer *peer);

/* Whether it says that it is UNIX: FreeRDP's, of whose clients only the X11 one knows RemoteApp. */
bool peer_is_unix(const struct peer *peer);

/* While corked, what is written leaves in full packets only. */
void peer_cork(struct peer *peer, bool corked);

/* Says goodbye with an ERRINFO_ code that the client shows to its user. */
void peer_dismiss(struct peer *peer, uint32_t reason);

#endif
