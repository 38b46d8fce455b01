// SPDX-License-Identifier: MIT
#ifndef TESTS_UNIT_RDP_SCENE_H
#define TESTS_UNIT_RDP_SCENE_H

#include "compositor-glue/rdp/encoder.h"
#include "compositor-glue/rdp/progressive.h"
#include "compositor-glue/rdp/zgfx.h"
#include "tests/unit/rdp/client_model.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An application's window, what encodes it, and the client that obeys. */

#define SCENE_SURFACE 7
#define SCENE_PAPER UINT32_C(0xfff0f0f0)
#define SCENE_ANY_SIZE ((size_t)1 << 30)
/* MS-RDPEGFX 2.2.2's numbers. */
#define SCENE_WIRE_TO_SURFACE 0x01
#define SCENE_WIRE_TO_SURFACE_2 0x02
#define SCENE_COPY 0x05

struct scene {
	struct encoder encoder;
	struct progressive progressive;
	struct surface *surface;
	struct zgfx zgfx;
	struct bytes pending, message;
	struct model *model;
	uint32_t *pixels;
	struct image image;
	size_t sent; // bytes of the last message
};

/* A picture of paper and a client with a surface for it; the encoder is there with the second. */
bool scene_begin(struct scene *scene, int32_t width, int32_t height, bool alpha);
bool scene_begin_encoder(struct scene *scene, int32_t width, int32_t height, bool alpha);
void scene_end(struct scene *scene);

/* Paper of another size; the surface stays. */
void scene_resize(struct scene *scene, int32_t width, int32_t height);

/* The client gets what is pending. False when it finds something wrong. */
bool scene_flush(struct scene *scene);

/* The client gets what the encoder makes of the whole picture with such a budget. */
bool scene_send(struct scene *scene, size_t budget);

/* The same without a bound; and the client shows what was drawn, bit for bit. */
bool scene_update(struct scene *scene);
bool scene_same(const struct scene *scene);

/* By how much colours differ between what was drawn and what is shown. */
struct scene_error {
	double mean;
	int most;
};
struct scene_error scene_error(const struct scene *scene, const struct rect *rect);

#endif
