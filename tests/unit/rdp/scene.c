// SPDX-License-Identifier: MIT
#include "tests/unit/rdp/scene.h"

#include <stdio.h>
#include <stdlib.h>

#include "compositor-glue/rdp/gfx_pdu.h"

void scene_resize(struct scene *scene, int32_t width, int32_t height)
{
	free(scene->pixels);
	/* Just as large as it has to be, so that the sanitizer sees a read beside it. */
	scene->pixels = malloc((size_t)width * (size_t)height * 4);
	for (int32_t i = 0; scene->pixels != NULL && i < width * height; i++) {
		scene->pixels[i] = SCENE_PAPER;
	}
	scene->image = (struct image){(uint8_t *)scene->pixels, width, height, (size_t)width * 4};
}

bool scene_begin(struct scene *scene, int32_t width, int32_t height, bool alpha)
{
	*scene = (struct scene){.model = model_create()};
	scene_resize(scene, width, height);
	scene->surface = surface_create(SCENE_SURFACE, width, height, alpha);
	if (scene->pixels == NULL || scene->surface == NULL || !zgfx_init(&scene->zgfx)) {
		return false;
	}
	gfx_pdu_create_surface(&scene->pending, SCENE_SURFACE, (uint16_t)width, (uint16_t)height,
		surface_format(scene->surface));
	return scene_flush(scene);
}

bool scene_begin_encoder(struct scene *scene, int32_t width, int32_t height, bool alpha)
{
	return scene_begin(scene, width, height, alpha) && encoder_init(&scene->encoder);
}

void scene_end(struct scene *scene)
{
	encoder_finish(&scene->encoder);
	progressive_finish(&scene->progressive);
	surface_release(scene->surface);
	zgfx_finish(&scene->zgfx);
	bytes_finish(&scene->pending);
	bytes_finish(&scene->message);
	model_destroy(scene->model);
	free(scene->pixels);
}

bool scene_flush(struct scene *scene)
{
	bytes_clear(&scene->message);
	zgfx_compress(&scene->zgfx, &scene->message, scene->pending.data, scene->pending.length);
	bool sound = !scene->pending.failed && !scene->message.failed;
	scene->sent = scene->message.length;
	bool empty = scene->pending.length == 0;
	bytes_clear(&scene->pending);
	return sound &&
	       (empty || model_receive(scene->model, scene->message.data, scene->message.length));
}

bool scene_send(struct scene *scene, size_t budget)
{
	struct rect whole = {-5, -5, 40000, 40000};
	encoder_update(
		&scene->encoder, scene->surface, &scene->image, &whole, 1, budget, &scene->pending);
	return scene_flush(scene);
}

bool scene_update(struct scene *scene)
{
	return scene_send(scene, SCENE_ANY_SIZE) && scene_same(scene);
}

bool scene_same(const struct scene *scene)
{
	const struct model_surface *shown = model_surface(scene->model, scene->surface->id);
	uint32_t mask = scene->surface->alpha ? UINT32_MAX : UINT32_C(0xffffff);
	for (int32_t i = 0; i < scene->image.width * scene->image.height; i++) {
		if (((shown->pixels[i] ^ scene->pixels[i]) & mask) != 0) {
			printf("# at %d, %d: %08x, not %08x\n", i % scene->image.width,
				i / scene->image.width, shown->pixels[i], scene->pixels[i]);
			return false;
		}
	}
	return true;
}

static int channel_error(uint32_t a, uint32_t b, int shift)
{
	return abs((int)(a >> shift & 255) - (int)(b >> shift & 255));
}

struct scene_error scene_error(const struct scene *scene, const struct rect *rect)
{
	const struct model_surface *shown = model_surface(scene->model, scene->surface->id);
	struct scene_error error = {0};
	int64_t sum = 0;
	for (int32_t y = rect->y; y < rect->y + rect->height; y++) {
		for (int32_t x = rect->x; x < rect->x + rect->width; x++) {
			int32_t i = y * scene->image.width + x;
			for (int shift = 0; shift < 24; shift += 8) {
				int by = channel_error(shown->pixels[i], scene->pixels[i], shift);
				error.most = by > error.most ? by : error.most;
				sum += by;
			}
		}
	}
	error.mean = (double)sum / ((double)rect->width * rect->height * 3);
	return error;
}
