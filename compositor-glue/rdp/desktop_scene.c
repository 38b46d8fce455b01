// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/desktop_scene.h"

#include <string.h>

static int32_t least(int32_t a, int32_t b)
{
	return a < b ? a : b;
}

static int32_t most(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

static struct rect intersect(const struct rect *a, const struct rect *b)
{
	int32_t left = most(a->x, b->x), top = most(a->y, b->y);
	int32_t right = least(a->x + a->width, b->x + b->width);
	int32_t bottom = least(a->y + a->height, b->y + b->height);
	if (left >= right || top >= bottom) {
		return (struct rect){0};
	}
	return (struct rect){left, top, right - left, bottom - top};
}

static struct rect unite(const struct rect *a, const struct rect *b)
{
	int32_t left = least(a->x, b->x), top = least(a->y, b->y);
	int32_t right = most(a->x + a->width, b->x + b->width);
	int32_t bottom = most(a->y + a->height, b->y + b->height);
	return (struct rect){left, top, right - left, bottom - top};
}

static bool contains(const struct rect *outer, const struct rect *inner)
{
	struct rect common = intersect(outer, inner);
	return rect_equal(&common, inner);
}

struct rect scene_layer_rect(const struct layer *layer)
{
	return (struct rect){layer->x, layer->y, layer->image.width, layer->image.height};
}

void scene_damage_add(
	struct scene_damage *damage, const struct rect *rect, int32_t width, int32_t height)
{
	struct rect whole = {0, 0, width, height}, part = intersect(rect, &whole);
	size_t kept = 0;
	if (part.width == 0) {
		return;
	}
	for (size_t i = 0; i < damage->count; i++) {
		if (contains(&damage->list[i], &part)) {
			return;
		}
	}
	for (size_t i = 0; i < damage->count; i++) {
		if (!contains(&part, &damage->list[i])) {
			damage->list[kept++] = damage->list[i];
		}
	}
	damage->count = kept;
	if (kept == SCENE_DAMAGE_LIMIT) {
		for (size_t i = 0; i < kept; i++) {
			part = unite(&part, &damage->list[i]);
		}
		damage->count = 0;
	}
	damage->list[damage->count++] = part;
}

static uint32_t *row_of(struct buffer *canvas, int32_t x, int32_t y)
{
	return (uint32_t *)(void *)canvas->pixels + (size_t)y * (size_t)canvas->width + x;
}

static void fill(struct buffer *canvas, const struct rect *area)
{
	for (int32_t y = 0; y < area->height; y++) {
		uint32_t *to = row_of(canvas, area->x, area->y + y);
		for (int32_t x = 0; x < area->width; x++) {
			to[x] = SCENE_BACKGROUND;
		}
	}
}

/* What is left of a colour channel under something that lets so much of 255 through. */
static uint32_t dim(uint32_t value, uint32_t through)
{
	uint32_t product = value * through + 128;
	return (product + (product >> 8)) >> 8;
}

static uint32_t over(uint32_t from, uint32_t to)
{
	uint32_t through = 255 - (from >> 24);
	/* Pixels that are not premultiplied right overflow into nothing but themselves. */
	uint32_t red = (from >> 16 & 0xff) + dim(to >> 16 & 0xff, through);
	uint32_t green = (from >> 8 & 0xff) + dim(to >> 8 & 0xff, through);
	uint32_t blue = (from & 0xff) + dim(to & 0xff, through);
	return 0xff000000 | (red < 255 ? red : 255) << 16 | (green < 255 ? green : 255) << 8 |
	       (blue < 255 ? blue : 255);
}

static void paint_layer(struct buffer *canvas, const struct layer *layer, const struct rect *area)
{
	struct rect at = scene_layer_rect(layer), part = intersect(&at, area);
	for (int32_t y = 0; y < part.height; y++) {
		const uint8_t *row =
			layer->image.pixels + (size_t)(part.y + y - layer->y) * layer->image.stride;
		const uint32_t *from = (const uint32_t *)(const void *)row + (part.x - layer->x);
		uint32_t *to = row_of(canvas, part.x, part.y + y);
		for (int32_t x = 0; x < part.width; x++) {
			to[x] = layer->translucent ? over(from[x], to[x]) : from[x] | 0xff000000;
		}
	}
}

void scene_paint(
	struct buffer *canvas, const struct layer *layers, size_t count, const struct rect *area)
{
	size_t from = 0;
	/* What is under the topmost layer that hides all of the area need not be painted. */
	while (from < count) {
		struct rect at = scene_layer_rect(&layers[from]);
		if (layers[from].image.pixels != NULL && !layers[from].translucent &&
			contains(&at, area)) {
			break;
		}
		from++;
	}
	if (from == count) {
		fill(canvas, area);
	} else {
		from++;
	}
	for (size_t i = from; i > 0; i--) {
		if (layers[i - 1].image.pixels != NULL) {
			paint_layer(canvas, &layers[i - 1], area);
		}
	}
}

bool scene_is_hidden(const struct layer *layers, size_t index, int32_t width, int32_t height)
{
	struct rect whole = {0, 0, width, height}, at = scene_layer_rect(&layers[index]);
	struct rect visible = intersect(&at, &whole);
	for (size_t i = 0; i < index && visible.width > 0; i++) {
		struct rect above = scene_layer_rect(&layers[i]);
		if (layers[i].image.pixels != NULL && !layers[i].translucent &&
			contains(&above, &visible)) {
			return true;
		}
	}
	return visible.width == 0;
}
