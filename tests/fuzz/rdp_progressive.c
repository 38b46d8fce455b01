// SPDX-License-Identifier: MIT
#include <stdlib.h>

#include "compositor-glue/rdp/gfx_pdu.h"
#include "compositor-glue/rdp/progressive.h"
#include "compositor-glue/rdp/zgfx.h"
#include "tests/unit/rdp/client_model.h"

#define SURFACE 1
#define SIDE_MAX 150
#define HEAD 7

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A picture just as large as it has to be, and the client that is shown a part of it. */
struct scene {
	struct progressive progressive;
	struct zgfx zgfx;
	struct bytes pending, message;
	struct model *model;
	uint32_t *pixels;
	struct image image;
};

static void flush(struct scene *scene)
{
	bytes_clear(&scene->message);
	zgfx_compress(&scene->zgfx, &scene->message, scene->pending.data, scene->pending.length);
	bytes_clear(&scene->pending);
	if (!model_receive(scene->model, scene->message.data, scene->message.length)) {
		abort();
	}
}

/* The data, again and again, and each time with another sign. */
static void draw(struct scene *scene, const uint8_t *data, size_t size)
{
	int32_t count = scene->image.width * scene->image.height;
	uint8_t *to = (uint8_t *)scene->pixels;
	for (size_t i = 0; i < (size_t)count * 4; i++) {
		to[i] = (uint8_t)(size == 0 ? 0 : data[i % size] ^ (i / size % 2 == 0 ? 0 : 0xff));
	}
}

/* Where the rectangle is not, nothing was shown. */
static void check(const struct scene *scene, const struct rect *rect)
{
	const struct model_surface *shown = model_surface(scene->model, SURFACE);
	for (int32_t y = 0; y < scene->image.height; y++) {
		for (int32_t x = 0; x < scene->image.width; x++) {
			bool inside = x >= rect->x && x < rect->x + rect->width && y >= rect->y &&
				      y < rect->y + rect->height;
			uint32_t pixel = shown->pixels[y * scene->image.width + x];
			if (!inside && (pixel & UINT32_C(0xffffff)) != 0) {
				abort();
			}
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < HEAD) {
		return 0;
	}
	int32_t width = 1 + data[0] % SIDE_MAX, height = 1 + data[1] % SIDE_MAX;
	struct rect whole = {0, 0, width, height};
	struct rect rect = {data[2] % width, data[3] % height, 0, 0};
	rect.width = 1 + data[4] % (width - rect.x);
	rect.height = 1 + data[5] % (height - rect.y);
	struct scene scene = {.model = model_create()};
	scene.pixels = malloc((size_t)width * (size_t)height * 4);
	scene.image = (struct image){(uint8_t *)scene.pixels, width, height, (size_t)width * 4};
	if (scene.pixels == NULL || !zgfx_init(&scene.zgfx)) {
		abort();
	}
	draw(&scene, data + HEAD, size - HEAD);
	gfx_pdu_create_surface(
		&scene.pending, SURFACE, (uint16_t)width, (uint16_t)height, GFX_FORMAT_XRGB);
	gfx_pdu_solid_fill(&scene.pending, SURFACE, UINT32_C(0xff000000), &whole);
	size_t tile_bytes = data[6] * (size_t)32;
	if (progressive_encode(
		    &scene.progressive, SURFACE, &scene.image, &rect, tile_bytes, &scene.pending)) {
		flush(&scene);
		check(&scene, &rect);
	}
	progressive_finish(&scene.progressive);
	zgfx_finish(&scene.zgfx);
	bytes_finish(&scene.pending);
	bytes_finish(&scene.message);
	model_destroy(scene.model);
	free(scene.pixels);
	return 0;
}
