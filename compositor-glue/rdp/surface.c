// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/surface.h"

#include <stdlib.h>
#include <string.h>

#include "compositor-glue/rdp/packed.h"

struct surface *surface_create(uint16_t id, int32_t width, int32_t height, bool alpha)
{
	struct surface *surface = calloc(1, sizeof(*surface));
	if (surface == NULL) {
		return NULL;
	}
	*surface = (struct surface){
		.id = id, .width = width, .height = height, .alpha = alpha, .holders = 1};
	surface->shadow = malloc((size_t)width * (size_t)height * 4);
	if (surface->shadow == NULL || !behind_init(&surface->behind, height) ||
		!rough_init(&surface->rough, height)) {
		surface_release(surface);
		return NULL;
	}
	return surface;
}

struct surface *surface_share(struct surface *surface)
{
	surface->holders++;
	return surface;
}

void surface_release(struct surface *surface)
{
	if (surface != NULL && --surface->holders == 0) {
		behind_finish(&surface->behind);
		rough_finish(&surface->rough);
		bytes_finish(&surface->packed);
		free(surface->shadow);
		free(surface);
	}
}

static size_t pixel_count(const struct surface *surface)
{
	return (size_t)surface->width * (size_t)surface->height;
}

bool surface_rest(struct surface *surface)
{
	const uint32_t *pixels = (const uint32_t *)(const void *)surface->shadow;
	bool still = surface->known && surface_due(surface) == ROUGH_NEVER;
	if (pixels == NULL || !still) {
		return false;
	}
	if (!packed_write(&surface->packed, pixels, pixel_count(surface), (size_t)surface->width)) {
		bytes_finish(&surface->packed);
		return false;
	}
	free(surface->shadow);
	surface->shadow = NULL;
	return true;
}

bool surface_wake(struct surface *surface)
{
	size_t count = pixel_count(surface);
	if (surface->shadow != NULL) {
		return true;
	}
	uint32_t *pixels = malloc(count * sizeof(*pixels));
	if (pixels == NULL ||
		!packed_read(&surface->packed, pixels, count, (size_t)surface->width)) {
		free(pixels);
		return false;
	}
	bytes_finish(&surface->packed);
	surface->shadow = (uint8_t *)pixels;
	return true;
}

enum gfx_format surface_format(const struct surface *surface)
{
	return surface->alpha ? GFX_FORMAT_ARGB : GFX_FORMAT_XRGB;
}

static uint8_t *shadow_at(const struct surface *surface, int32_t x, int32_t y)
{
	return surface->shadow + ((size_t)y * (size_t)surface->width + (size_t)x) * 4;
}

struct image surface_image(const struct surface *surface)
{
	return (struct image){
		surface->shadow, surface->width, surface->height, (size_t)surface->width * 4};
}

void surface_got_colour(struct surface *surface, uint32_t colour)
{
	uint32_t *pixels = (uint32_t *)(void *)surface->shadow;
	size_t count = (size_t)surface->width * (size_t)surface->height;
	for (size_t i = 0; i < count; i++) {
		pixels[i] = colour;
	}
}

void surface_inherit(struct surface *surface, const struct surface *from, struct bytes *out)
{
	struct rect common = {
		.width = surface->width < from->width ? surface->width : from->width,
		.height = surface->height < from->height ? surface->height : from->height,
	};
	if (!from->known || from->alpha != surface->alpha) {
		return;
	}
	/* What is not in the other one gets a colour, so that all of it is known. */
	struct rect whole = {0, 0, surface->width, surface->height};
	gfx_pdu_solid_fill(out, surface->id, SURFACE_OPAQUE, &whole);
	surface_got_colour(surface, SURFACE_OPAQUE);
	gfx_pdu_copy(out, from->id, surface->id, &common, 0, 0);
	for (int32_t y = 0; y < common.height; y++) {
		memcpy(shadow_at(surface, 0, y), shadow_at(from, 0, y), (size_t)common.width * 4);
	}
	if (rough_overlaps(&from->rough, &common)) {
		rough_mark(&surface->rough, &common);
	}
	surface->known = true;
}

void surface_show_again(const struct surface *surface, struct bytes *out)
{
	struct rect whole = {0, 0, surface->width, surface->height};
	if (surface->known) {
		gfx_pdu_copy(out, surface->id, surface->id, &whole, 0, 0);
	}
}

int64_t surface_due(const struct surface *surface)
{
	return surface->behind.marked > 0 ? 0 : rough_due(&surface->rough);
}

bool surface_clip(const struct surface *surface, const struct rect *rect, struct rect *clipped)
{
	int64_t right = (int64_t)rect->x + rect->width, bottom = (int64_t)rect->y + rect->height;
	int64_t left = rect->x > 0 ? rect->x : 0, top = rect->y > 0 ? rect->y : 0;
	right = right < surface->width ? right : surface->width;
	bottom = bottom < surface->height ? bottom : surface->height;
	if (left >= right || top >= bottom) {
		return false;
	}
	*clipped = (struct rect){
		(int32_t)left, (int32_t)top, (int32_t)(right - left), (int32_t)(bottom - top)};
	return true;
}

void surface_got_move(struct surface *surface, const struct move *move)
{
	const struct rect *from = &move->from;
	for (int32_t i = 0; i < from->height; i++) {
		/* Away from where it goes, so that no row is read after it was written. */
		int32_t y = from->y + (move->dy > 0 ? from->height - 1 - i : i);
		memmove(shadow_at(surface, from->x + move->dx, y + move->dy),
			shadow_at(surface, from->x, y), (size_t)from->width * 4);
	}
	if (rough_overlaps(&surface->rough, from)) {
		struct rect to = {
			from->x + move->dx, from->y + move->dy, from->width, from->height};
		rough_mark(&surface->rough, &to);
	}
}

void surface_got_pixels(struct surface *surface, const struct image *image, const struct rect *rect)
{
	for (int32_t y = rect->y; y < rect->y + rect->height; y++) {
		memcpy(shadow_at(surface, rect->x, y), image_row(image, rect->x, y),
			(size_t)rect->width * 4);
	}
}
