// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_GFX_H
#define COMPOSITOR_GLUE_RDP_GFX_H

#include "compositor-glue/rdp/bytes.h"

#include <stdbool.h>
#include <stdint.h>
#include <winpr/wtypes.h>

struct session;
struct surface;

/*
 * The graphics pipeline channel (MS-RDPEGFX). Commands collect in `pending` and go out together, or
 * before the next frame: one message, compressed as one.
 */
struct gfx {
	HANDLE channel; // NULL until opened
	HANDLE event; // the channel's
	bool ready; /* capabilities are agreed on */
	bool scaled_map; /* the client knows MapSurfaceToScaledWindow */
	bool complained; /* of an acknowledgement that made no sense */
	uint16_t last_surface;
	struct bytes pending;
};

bool gfx_open(struct session *session);
void gfx_close(struct session *session);

/* For the loop: the channel's descriptor, -1 when there is none; and what to do when it is ready.
 */
int gfx_fd(const struct session *session);
bool gfx_dispatch(struct session *session);

/* A surface that the client is told of with the frame that paints it; NULL without memory. */
struct surface *gfx_create_surface(
	struct session *session, int32_t width, int32_t height, bool alpha);
void gfx_delete_surface(struct session *session, struct surface *surface);

void gfx_reset(struct session *session);

/* Hands what is pending and the painter's frame, which was filled in, to the painter. */
void gfx_start_frame(struct session *session);

/* Sends the frame that the painter is done with, if there is one. False when that failed. */
bool gfx_collect(struct session *session);

/* The same, but waits for the painter: from here on it has nothing under way. */
bool gfx_settle(struct session *session);

/* Sends what is pending, unless the painter is busy: then it goes after the frame. */
bool gfx_flush(struct session *session);

#endif
