// SPDX-License-Identifier: MIT
#include <stdlib.h>

#include "compositor-glue/rdp/gfx_pdu.h"
#include "tests/unit/rdp/scene.h"

#define SIDE_MAX 150
#define HEAD 7

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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
	const struct model_surface *shown = model_surface(scene->model, SCENE_SURFACE);
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
	size_t tile_bytes = data[6] * (size_t)32;
	struct scene scene;
	if (!scene_begin(&scene, width, height, false)) {
		abort();
	}
	draw(&scene, data + HEAD, size - HEAD);
	gfx_pdu_solid_fill(&scene.pending, SCENE_SURFACE, UINT32_C(0xff000000), &whole);
	if (progressive_encode(&scene.progressive, SCENE_SURFACE, &scene.image, &rect, tile_bytes,
		    &scene.pending)) {
		if (!scene_flush(&scene)) {
			abort();
		}
		check(&scene, &rect);
	}
	scene_end(&scene);
	return 0;
}
