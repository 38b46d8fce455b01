// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_GFX_H
#define COMPOSITOR_GLUE_RDP_GFX_H

#include "compositor-glue/rdp/bytes.h"
#include "compositor-glue/rdp/zgfx.h"

#include <stdbool.h>
#include <stdint.h>
#include <winpr/wtypes.h>

struct session;
struct surface;

/*
 * The graphics pipeline channel (MS-RDPEGFX). Commands collect in `pending` and go out together:
 * one message, compressed as one.
 */
struct gfx {
	HANDLE channel; // NULL until opened
	HANDLE event; // the channel's
	bool ready; /* capabilities are agreed on */
	bool scaled_map; /* the client knows MapSurfaceToScaledWindow */
	bool complained; /* of an acknowledgement that made no sense */
	uint16_t last_surface;
	struct zgfx zgfx;
	struct bytes pending, message;
};

bool gfx_open(struct session *session);
void gfx_close(struct session *session);

/* For the loop: the channel's descriptor, -1 when there is none; and what to do when it is ready.
 */
int gfx_fd(const struct session *session);
bool gfx_dispatch(struct session *session);

/* A surface of that size, with or without alpha; NULL when there is no memory. */
struct surface *gfx_create_surface(
	struct session *session, int32_t width, int32_t height, bool alpha);
void gfx_map_surface(struct session *session, const struct surface *surface, uint32_t window);
void gfx_delete_surface(struct session *session, struct surface *surface);

void gfx_reset(struct session *session);

/* Around the commands of one frame. Without any in between, there is no frame. */
size_t gfx_begin_frame(struct session *session);
bool gfx_end_frame(struct session *session, size_t begun);

/* Sends what is pending. */
bool gfx_flush(struct session *session);

#endif
