// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_SURFACE_H
#define COMPOSITOR_GLUE_RDP_SURFACE_H

#include "compositor-glue/rdp/behind.h"
#include "compositor-glue/rdp/bytes.h"
#include "compositor-glue/rdp/gfx_pdu.h"
#include "compositor-glue/rdp/motion.h"
#include "compositor-glue/rdp/rect.h"
#include "compositor-glue/rdp/refine.h"
#include "compositor-glue/rdp/rough.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SURFACE_OPAQUE UINT32_C(0xff000000)

/* What the client has of a picture that did not change for so long is kept in less memory. */
#define SURFACE_REST_MS 2000

/* A graphics surface, as the client has it. PURE but for memory. */
struct surface {
	uint16_t id;
	int32_t width, height;
	bool alpha; /* how opaque each pixel is matters */
	uint8_t *shadow; // rows without a gap; NULL while it rests
	struct bytes packed; /* the same, while it rests */
	bool known; /* false: the client has nothing yet, and the shadow neither */
	struct behind behind; /* what it will get later */
	struct rough rough; /* what it has roughly */
	unsigned holders; /* counted by the loop's thread alone */
};

struct surface *surface_create(uint16_t id, int32_t width, int32_t height, bool alpha);

/* One more who holds it; it goes when nobody does. */
struct surface *surface_share(struct surface *surface);
void surface_release(struct surface *surface);

enum gfx_format surface_format(const struct surface *surface);

/* Takes over what the client has in another surface, as far as it fits. */
void surface_inherit(struct surface *surface, const struct surface *from, struct bytes *out);

/* The client shows once more what it has. */
void surface_show_again(const struct surface *surface, struct bytes *out);

/*
 * Keeps what the client has in less memory as long as it stays so. False when it does not pay, or
 * something is left to send.
 */
bool surface_rest(struct surface *surface);

/* Before anything else is done with its pixels. False when there is no memory. */
bool surface_wake(struct surface *surface);

/* When there is something left to send without any damage; ROUGH_NEVER when there is nothing. */
int64_t surface_due(const struct surface *surface);

/* What the client has of it; a view, not a copy. */
struct image surface_image(const struct surface *surface);

/* The rectangle's part that lies in the surface; false when there is none. */
bool surface_clip(const struct surface *surface, const struct rect *rect, struct rect *clipped);

/* The client got: one colour everywhere, the image's pixels there, its own from elsewhere. */
void surface_got_colour(struct surface *surface, uint32_t colour);
void surface_got_pixels(
	struct surface *surface, const struct image *image, const struct rect *rect);
void surface_got_move(struct surface *surface, const struct move *move);

#endif
