// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/teller.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "compositor-glue/rdp/bridge.h"
#include "compositor-glue/rdp/json.h"
#include "compositor-glue/rdp/loop.h"
#include "compositor-glue/rdp/peer.h"
#include "compositor-glue/rdp/session.h"

#define SOCKET_NAME "frames"

void teller_init(struct teller *teller)
{
	*teller = (struct teller){.fd = -1, .watched = LOOP_NOT_WATCHED};
	/* Without names all sockets are for clients. */
	if (getenv("LISTEN_FDNAMES") != NULL) {
		listener_inherit(&teller->listener, SOCKET_NAME);
	}
}

static void hang_up(struct teller *teller)
{
	if (teller->fd >= 0) {
		close(teller->fd);
	}
	teller->fd = -1;
	bytes_finish(&teller->text);
}

void teller_finish(struct teller *teller)
{
	hang_up(teller);
	listener_close(&teller->listener);
}

/* the document */

static void write_window(struct bytes *out, uint32_t number, const char *title, int32_t width,
	int32_t height, const struct tally *tally)
{
	json_add(out, "{\"window\": %u, \"title\": ", (unsigned)number);
	json_add_string(out, title);
	json_add(out, ", \"width\": %d, \"height\": %d, ", width, height);
	tally_write(out, tally);
	json_add(out, "}");
}

static void write_windows(struct bytes *out, const struct session *session)
{
	const struct desktop *desktop = &session->desktop;
	const struct window *window;
	const char *separator = "";
	if (desktop->on) {
		write_window(out, PAINT_DESKTOP, "", desktop->canvas.width, desktop->canvas.height,
			&desktop->total);
		return;
	}
	wl_list_for_each(window, &session->bridge->windows, link)
	{
		if (window->view != NULL) {
			json_add(out, "%s", separator);
			separator = ", ";
			write_window(out, window->number, window->title, window->geometry.width,
				window->geometry.height, &window->view->total);
		}
	}
}

static void write_session(struct bytes *out, const struct session *session)
{
	const struct pacer *pacer = &session->pacer;
	json_add(out, "{\"client\": ");
	json_add_string(out, session->peer->origin.name);
	json_add(out,
		", \"bytes_per_second\": %" PRId64 ", \"round_trip_ms\": %" PRId64
		", \"frame_bytes_max\": %zu, \"windows\": [",
		pacer->rate, pacer->round_trip, pacer_budget(pacer));
	write_windows(out, session);
	json_add(out, "]}\n");
}

/* the one who asked */

static void take_question(struct teller *teller, int listening, const struct session *session)
{
	struct origin origin;
	int fd = listener_accept(listening, &origin);
	if (fd < 0) {
		return;
	}
	teller->fd = fd;
	teller->told = 0;
	if (session != NULL) {
		write_session(&teller->text, session);
	} else {
		json_add(&teller->text, "{\"client\": null, \"windows\": []}\n");
	}
	if (teller->text.failed) {
		hang_up(teller);
	}
}

static void tell(struct teller *teller)
{
	size_t left = teller->text.length - teller->told;
	ssize_t sent = send(
		teller->fd, teller->text.data + teller->told, left, MSG_NOSIGNAL | MSG_DONTWAIT);
	if (sent < 0 && (errno == EAGAIN || errno == EINTR)) {
		return;
	}
	teller->told += sent > 0 ? (size_t)sent : 0;
	if (sent < 0 || teller->told == teller->text.length) {
		hang_up(teller);
	}
}

void teller_prepare(struct teller *teller, struct loop *loop)
{
	teller->watched = LOOP_NOT_WATCHED;
	if (teller->fd >= 0) {
		teller->watched = loop_watch(loop, teller->fd, POLLOUT);
	} else if (teller->listener.count > 0) {
		teller->watched = loop_watch(loop, teller->listener.fds[0], POLLIN);
	}
}

void teller_dispatch(struct teller *teller, const struct loop *loop, const struct session *session)
{
	if (!loop_ready(loop, teller->watched)) {
		return;
	}
	if (teller->fd < 0) {
		take_question(teller, teller->listener.fds[0], session);
	}
	if (teller->fd >= 0) {
		tell(teller);
	}
}
