// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/packed.h"
#include "compositor-glue/rdp/surface.h"
#include "tests/harness/any.h"
#include "tests/harness/test.h"

static uint32_t seed = 1;

/* Colours so few that all kinds of pieces come. */
static uint32_t *draw(size_t count, uint32_t colours)
{
	uint32_t *pixels = malloc(count * sizeof(*pixels));
	uint32_t colour = 0;
	for (size_t i = 0; i < count; i++) {
		colour = any_below(&seed, 8) == 0 ? any_below(&seed, colours) : colour;
		pixels[i] = colour;
	}
	return pixels;
}

/* The packed size, 0 when it is not worth it; a wrong picture ends the test program. */
static size_t size_of(const uint32_t *pixels, size_t count, size_t width)
{
	struct bytes packed = {0};
	size_t size = 0;
	if (packed_write(&packed, pixels, count, width)) {
		uint32_t *again = malloc(count * sizeof(*again));
		size = packed.length;
		if (!packed_read(&packed, again, count, width) ||
			memcmp(again, pixels, count * sizeof(*again)) != 0) {
			abort();
		}
		free(again);
	}
	bytes_finish(&packed);
	return size;
}

TEST(a_page_takes_little)
{
	enum {
		WIDTH = 300,
		HEIGHT = 200
	};
	static uint32_t pixels[WIDTH * HEIGHT];
	for (size_t i = 0; i < WIDTH * HEIGHT; i++) {
		pixels[i] = i / WIDTH % 20 < 12 && i % WIDTH % 9 < 2 ? 0xff202020 : 0xfff0f0f0;
	}
	size_t size = size_of(pixels, WIDTH * HEIGHT, WIDTH);
	CHECK(size > 0);
	CHECK(size < sizeof(pixels) / 20);
}

TEST(any_picture_comes_back)
{
	for (int i = 0; i < 400; i++) {
		size_t width = 1 + any_below(&seed, 40), height = 1 + any_below(&seed, 40);
		uint32_t *pixels = draw(width * height, 1 + any_below(&seed, 6));
		size_of(pixels, width * height, width);
		free(pixels);
	}
}

TEST(noise_is_not_packed)
{
	static uint32_t pixels[64 * 64];
	for (size_t i = 0; i < 64 * 64; i++) {
		pixels[i] = any_below(&seed, 1 << 24);
	}
	CHECK_INT((long long)size_of(pixels, 64 * 64, 64), 0);
}

TEST(what_is_no_picture_is_refused)
{
	static const uint8_t above_nothing[] = {5 * 4}, too_many[] = {9 * 4 + 1, 1, 2, 3, 4},
			     too_short[] = {4 * 4 + 2, 1, 2}, nothing[] = {1};
	uint32_t pixels[8];
	struct bytes packed = {.data = (uint8_t *)above_nothing, .length = sizeof(above_nothing)};
	CHECK(!packed_read(&packed, pixels, 8, 4));
	packed = (struct bytes){.data = (uint8_t *)too_many, .length = sizeof(too_many)};
	CHECK(!packed_read(&packed, pixels, 8, 4));
	packed = (struct bytes){.data = (uint8_t *)too_short, .length = sizeof(too_short)};
	CHECK(!packed_read(&packed, pixels, 8, 4));
	packed = (struct bytes){.data = (uint8_t *)nothing, .length = sizeof(nothing)};
	CHECK(!packed_read(&packed, pixels, 8, 4));
}

TEST(a_surface_rests_and_wakes)
{
	struct surface *surface = surface_create(1, 90, 70, false);
	CHECK(!surface_rest(surface)); /* the client has nothing yet */
	surface_got_colour(surface, 0xff102030);
	surface->known = true;
	behind_mark(&surface->behind, &(struct rect){3, 4, 5, 6});
	CHECK(!surface_rest(surface)); /* there is something left to send */
	struct rect rect;
	CHECK(behind_take(&surface->behind, 1, BEHIND_ROWS, &rect));
	CHECK(surface_rest(surface));
	CHECK(surface->shadow == NULL);
	CHECK(surface_wake(surface));
	struct image image = surface_image(surface);
	CHECK_INT((long long)*image_row(&image, 89, 69), 0xff102030);
	CHECK(surface_wake(surface));
	surface_release(surface);
}

TEST_MAIN()
