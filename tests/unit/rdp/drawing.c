// SPDX-License-Identifier: MIT
#include "tests/unit/rdp/drawing.h"

#include <stdlib.h>
#include <string.h>

#include "tests/harness/any.h"

static uint32_t seed = 1;

uint32_t draw_any(uint32_t below)
{
	return any_below(&seed, below);
}

void draw_fill(struct scene *scene, struct rect rect, uint32_t colour)
{
	for (int32_t y = rect.y; y < rect.y + rect.height; y++) {
		for (int32_t x = rect.x; x < rect.x + rect.width; x++) {
			scene->pixels[y * scene->image.width + x] = colour;
		}
	}
}

static uint32_t any_colour(const struct scene *scene)
{
	return scene->surface->alpha ? draw_any(UINT32_MAX)
				     : UINT32_C(0xff000000) | draw_any(1 << 24);
}

static struct rect any_rect(const struct scene *scene)
{
	int32_t width = scene->image.width, height = scene->image.height;
	int32_t x = (int32_t)draw_any((uint32_t)width), y = (int32_t)draw_any((uint32_t)height);
	return (struct rect){x, y, 1 + (int32_t)draw_any((uint32_t)(width - x)),
		1 + (int32_t)draw_any((uint32_t)(height - y))};
}

/* Letters: the same few shapes in two colours and one in between. */
void draw_text(struct scene *scene, struct rect rect)
{
	static const uint32_t inks[] = {0xff101010, 0xfff0f0f0, 0xff888888};
	for (int32_t y = rect.y; y < rect.y + rect.height; y++) {
		for (int32_t x = rect.x; x < rect.x + rect.width; x++) {
			uint32_t letter = (uint32_t)(x / 8 * 7 + y / 16 * 13) % 26;
			uint32_t bit = letter * 2654435761U >> (y % 16 / 2 * 3 + x % 8 / 2) % 29;
			bool gap = y % 16 > 12 || x % 8 == 7;
			scene->pixels[y * scene->image.width + x] = inks[gap ? 1 : bit % 3];
		}
	}
}

void draw_noise(struct scene *scene, struct rect rect)
{
	for (int32_t y = rect.y; y < rect.y + rect.height; y++) {
		for (int32_t x = rect.x; x < rect.x + rect.width; x++) {
			scene->pixels[y * scene->image.width + x] = any_colour(scene);
		}
	}
}

void draw_gradient(struct scene *scene, struct rect rect)
{
	for (int32_t y = rect.y; y < rect.y + rect.height; y++) {
		for (int32_t x = rect.x; x < rect.x + rect.width; x++) {
			scene->pixels[y * scene->image.width + x] = UINT32_C(0xff000000) |
								    (uint32_t)(x & 255) << 16 |
								    (uint32_t)(y & 255);
		}
	}
}

void draw_scroll(struct scene *scene, struct rect rect, int32_t dx, int32_t dy)
{
	size_t size = (size_t)scene->image.width * (size_t)scene->image.height * 4;
	uint32_t *old = malloc(size);
	memcpy(old, scene->pixels, size);
	for (int32_t y = rect.y; y < rect.y + rect.height; y++) {
		for (int32_t x = rect.x; x < rect.x + rect.width; x++) {
			int32_t from_x = x - dx, from_y = y - dy;
			if (from_x >= rect.x && from_x < rect.x + rect.width && from_y >= rect.y &&
				from_y < rect.y + rect.height) {
				scene->pixels[y * scene->image.width + x] =
					old[from_y * scene->image.width + from_x];
			}
		}
	}
	free(old);
}

void draw_something(struct scene *scene)
{
	struct rect rect = any_rect(scene);
	switch (draw_any(6)) {
	case 0:
		draw_fill(scene, rect, any_colour(scene));
		break;
	case 1:
		draw_text(scene, rect);
		break;
	case 2:
		draw_noise(scene, rect);
		break;
	case 3:
		draw_gradient(scene, rect);
		break;
	case 4:
		draw_scroll(scene, rect, 0, (int32_t)draw_any(41) - 20);
		break;
	default:
		draw_scroll(scene, rect, (int32_t)draw_any(41) - 20, 0);
	}
}

/* A film: smooth, with a little grain. */
void draw_film(struct scene *scene, struct rect rect, uint32_t frame)
{
	for (int32_t y = rect.y; y < rect.y + rect.height; y++) {
		for (int32_t x = rect.x; x < rect.x + rect.width; x++) {
			uint32_t red = ((uint32_t)(x + y) / 2 + frame * 3) & 127;
			uint32_t green = ((uint32_t)y + frame * 2) & 127;
			scene->pixels[y * scene->image.width + x] =
				UINT32_C(0xff000000) | (red + draw_any(4)) << 16 | green << 8 |
				((uint32_t)x & 127);
		}
	}
}

/* Two colours, no two neighbours the same: as icons and hatched controls are. */
void draw_checks(struct scene *scene, struct rect rect, uint32_t frame)
{
	for (int32_t y = rect.y; y < rect.y + rect.height; y++) {
		for (int32_t x = rect.x; x < rect.x + rect.width; x++) {
			bool light = ((uint32_t)(x + y) + frame) % 2 == 0;
			scene->pixels[y * scene->image.width + x] = light ? 0xff3584e4 : 0xfff0f0f0;
		}
	}
}
