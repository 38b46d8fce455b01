// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/server.h"

#include <errno.h>
#include <freerdp/error.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "compositor-glue/rdp/log.h"
#include "compositor-glue/rdp/loop.h"
#include "compositor-glue/rdp/peer.h"
#include "compositor-glue/rdp/session.h"

static void complain(struct server *server, const char *name, const char *what)
{
	int64_t now = loop_now();
	if (now >= server->next_complaint) {
		server->next_complaint = now + SERVER_COMPLAINT_MS;
		log_line("%s: turned away: %s", name, what);
	}
}

static void greet_connection(struct server *server, int fd, const struct origin *origin)
{
	if (throttle_wait(&server->throttle, &origin->address, loop_now()) > 0) {
		complain(server, origin->name,
			"too many wrong passwords, try again in half a minute");
		close(fd);
		return;
	}
	if (handshakes_full(&server->handshakes)) {
		complain(server, origin->name, "too many clients are connecting");
		close(fd);
		return;
	}
	struct peer *peer = peer_create(fd, origin, &server->credentials);
	if (peer == NULL) {
		complain(server, origin->name, "FreeRDP could not set up the connection");
		return;
	}
	handshakes_start(&server->handshakes, peer, &origin->address);
}

static void accept_connections(struct server *server, int listening)
{
	struct origin origin;
	for (int i = 0; i < SERVER_ACCEPT_BURST; i++) {
		int fd = listener_accept(listening, &origin);
		if (fd < 0) {
			return;
		}
		greet_connection(server, fd, &origin);
	}
}

static void end_session(struct server *server, uint32_t reason)
{
	if (server->session == NULL) {
		return;
	}
	sound_detach(&server->sound);
	struct peer *peer = session_end(server->session, reason);
	server->session = NULL;
	if (reason != ERRINFO_NONE) {
		handshakes_see_off(&server->handshakes, peer);
	} else {
		peer_destroy(peer);
	}
}

static void welcome(
	struct server *server, struct peer *peer, const struct throttle_address *address)
{
	throttle_passed(&server->throttle, address);
	if (server->session != NULL) {
		log_line("%s: takes over from %s", peer->origin.name,
			server->session->peer->origin.name);
		end_session(server, ERRINFO_DISCONNECTED_BY_OTHER_CONNECTION);
	}
	server->session = session_create(&server->bridge, peer);
	if (server->session != NULL) {
		sound_attach(&server->sound, peer);
	}
}

static void judge_handshakes(struct server *server)
{
	struct throttle_address address;
	struct peer *peer;
	while ((peer = handshakes_next(&server->handshakes, &address)) != NULL) {
		if (peer->verdict == PEER_WELCOME && peer->activated) {
			welcome(server, peer, &address);
			continue;
		}
		if (peer->verdict == PEER_WRONG_PASSWORD) {
			throttle_failed(&server->throttle, &address, loop_now());
		} else if (peer->verdict == PEER_UNSUITABLE) {
			throttle_passed(&server->throttle, &address);
		}
		peer_destroy(peer);
	}
}

/* The client's side first: it makes requests, which the compositor's side then flushes. */
static int prepare_round(struct server *server, struct loop *loop)
{
	loop_begin(loop);
	if (server->session != NULL) {
		session_flush(server->session, loop);
		if (server->session->failed) {
			end_session(server, ERRINFO_NONE);
		}
	}
	if (server->session != NULL) {
		session_prepare(server->session, loop);
	}
	handshakes_prepare(&server->handshakes, loop);
	teller_prepare(&server->teller, loop);
	sound_prepare(&server->sound, loop);
	return bridge_prepare(&server->bridge, loop);
}

static int run_round(struct server *server, struct loop *loop)
{
	if (prepare_round(server, loop) < 0) {
		return -1;
	}
	const struct listener *listener = &server->listener;
	size_t listening[LISTENER_SOCKET_LIMIT];
	for (size_t i = 0; i < listener->count; i++) {
		listening[i] = loop_watch(loop, listener->fds[i], POLLIN);
	}
	size_t signalled = loop_watch(loop, server->signal_fd, POLLIN);
	if (loop_wait(loop) < 0) {
		log_line("poll: %s", strerror(errno));
		return -1;
	}
	if (bridge_dispatch(&server->bridge, loop) < 0) {
		return -1;
	}
	if (server->session != NULL && !session_dispatch(server->session, loop)) {
		end_session(server, ERRINFO_NONE);
	}
	sound_dispatch(&server->sound, loop);
	teller_dispatch(&server->teller, loop, server->session);
	judge_handshakes(server);
	for (size_t i = 0; i < listener->count; i++) {
		if (loop_ready(loop, listening[i])) {
			accept_connections(server, listener->fds[i]);
		}
	}
	return loop_ready(loop, signalled) ? 1 : 0;
}

int server_run(struct server *server)
{
	struct loop loop;
	int result;
	do {
		result = run_round(server, &loop);
	} while (result == 0);
	if (result < 0) {
		log_line("the compositor is gone");
	}
	end_session(server, ERRINFO_RPC_INITIATED_DISCONNECT);
	return result < 0 ? -1 : 0;
}
