// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_GFX_H
#define COMPOSITOR_GLUE_RDP_GFX_H

#include <freerdp/server/rdpgfx.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>

struct rect;
struct session;

/* The graphics pipeline channel (MS-RDPEGFX). */
struct gfx {
	RdpgfxServerContext *context; // NULL until opened
	bool ready; /* capabilities are agreed on */
	bool scaled_map; /* the client knows MapSurfaceToScaledWindow */
	uint16_t last_surface;
};

bool gfx_open(struct session *session);
void gfx_close(struct session *session);

/* For the loop: the channel's descriptor, -1 when there is none; and what to do when it is ready.
 */
int gfx_fd(const struct session *session);
bool gfx_dispatch(struct session *session);

/* A surface of that size for the window, with or without alpha; 0 when it failed. */
uint16_t gfx_create_surface(
	struct session *session, uint32_t window, int32_t width, int32_t height, bool alpha);
void gfx_delete_surface(struct session *session, uint16_t surface);

bool gfx_reset(struct session *session);
bool gfx_start_frame(struct session *session, uint32_t frame);
bool gfx_end_frame(struct session *session, uint32_t frame);

#endif
