// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_VIEW_H
#define COMPOSITOR_GLUE_RDP_VIEW_H

#include "compositor-glue/rdp/attention.h"
#include "compositor-glue/rdp/loss.h"
#include "compositor-glue/rdp/placement.h"
#include "compositor-glue/rdp/tally.h"

#include <freerdp/rail.h>
#include <stdbool.h>
#include <stdint.h>

struct loop;
struct paint;
struct session;
struct surface;
struct window;

/* A window that a new client moves within this time was moved by its window manager. */
#define VIEW_PLACING_MS 500
/* More windows than these that go during one frame wait for it. */
#define VIEW_GONE_LIMIT 64

/* A window as the connected client has it. */
struct view {
	struct placement placement;
	struct attention attention;
	struct surface *surface; // NULL until the first frame; the painter's while that is busy
	uint32_t state; /* the client's idea of it */
	int64_t state_quiet_until;
	int64_t created; /* when */
	uint32_t told_before; /* the frame that goes after what placement told the client last */
	bool placed; /* the client told where it put the window */
	bool repaint; /* send the whole content again */
	RAIL_MINMAXINFO_ORDER told_limits;
	int64_t rest_at; /* LOOP_NEVER when nothing was painted since it was tried */
	struct tally total; /* how it was sent so far */
	struct loss appears, changes; /* what the client may lose by either */
};

/* Creates, updates and deletes the client's windows as the compositor's changed. */
void views_update(struct session *session, struct loop *loop);

/* Has the painter, which is not busy, encode pending pixels of as many windows as fit a frame. */
void views_paint(struct session *session, struct loop *loop);

/* Has the loop come back when there is something (left) to paint. */
void views_wake(const struct session *session, struct loop *loop);

/* Lets windows rest that are still, while the painter is not busy. */
void views_rest(const struct session *session, struct loop *loop);

/* That part of the frame is on its way. */
void view_painted(struct session *session, const struct paint *paint);

void view_remove(struct session *session, struct window *window);

/* Deletes the client's windows that waited for the frame that may show them. */
void views_tell_gone(struct session *session);

void views_destroy(struct session *session);
void views_forget_surfaces(struct session *session);

/* The client minimized, maximized or restored the window. */
void view_client_state(struct window *window, uint32_t state);

/* Has the client report where the window is, also when it is where it was told to be. */
void view_want_reports(struct session *session, const struct window *window);

/* What a report of the client's means. */
enum view_report {
	VIEW_REPORT_NOTHING,
	VIEW_REPORT_MOVED, /* the compositor must know */
	VIEW_REPORT_FOCUS, /* the person chose the window */
};

/* The client reports where the window is. */
enum view_report view_client_reports(struct window *window, const struct rect *rect);

#endif
