// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_RAIL_H
#define COMPOSITOR_GLUE_RDP_RAIL_H

#include "compositor-glue/rdp/rect.h"

#include <freerdp/server/rail.h>
#include <stdbool.h>
#include <stdint.h>

struct session;
struct window;

#define RAIL_PROGRAM_LOG_LIMIT 64
/* So many programs a client may ask for; each answer costs memory (see lsan.supp). */
#define RAIL_PROGRAM_LIMIT 64

/* The RemoteApp channel. */
struct rail {
	RailServerContext *context; // NULL until started
	bool ready; /* the client shook hands and knows the desktop */
	uint32_t client_status; // TS_RAIL_CLIENTSTATUS_...
	bool told_status, told_status_again;
	uint32_t moving; /* window that the client moves on our request, 0 for none */
	uint16_t move_type;
	struct rect move_rect; /* the window when that began */
	int32_t move_x, move_y; /* and the pointer */
	uint32_t programs; /* so many it asked for */
	bool activates; /* the client tells which window its user chose */
	uint32_t pointed; /* FreeRDP's window that the pointer is over, 0 for none */
};

/* What the channel's thread heard. */
void rail_dispatch(struct session *session);

/* The application asked to be moved by the pointer. */
void rail_begin_move(struct session *session, struct window *window);

/*
 * A button went down there. FreeRDP's client since 3.32 does not tell which window its user chose,
 * so the one that is clicked is taken for it; a client that tells is believed instead.
 */
void rail_clicked(struct session *session, int32_t x, int32_t y);

/*
 * The pointer is there. FreeRDP's X11 client has a picture of it for each window, and gives a new
 * one to the window that it heard of last: on its way into another one it is told once more.
 */
void rail_pointed(struct session *session, int32_t x, int32_t y);

/*
 * The button went up there. FreeRDP's client reports the end of a move by mouse by nothing else;
 * one that also sends WindowMove says the same again.
 */
void rail_released(struct session *session, int32_t x, int32_t y);

/* Smallest and largest size, unless the client knows them. */
void rail_tell_limits(struct session *session, const struct window *window);

/* Whether the client's screen is to stay on. */
void rail_send_power(struct session *session);

/* Order of the windows, and which is active. */
void rail_send_order(struct session *session);

#endif
