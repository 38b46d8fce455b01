// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/alpha.h"
#include "compositor-glue/rdp/window.h"
#include "tests/harness/test.h"

#define WIDTH 300
#define HEIGHT 300

static uint32_t pixels[WIDTH * HEIGHT];
static uint8_t encoded[ALPHA_HEADER_SIZE + WIDTH * HEIGHT];
static uint8_t decoded[WIDTH * HEIGHT];

static const struct buffer buffer = {
	(const uint8_t *)pixels, sizeof(pixels), WIDTH, HEIGHT, WIDTH * 4};

static void fill(struct rect rect, uint8_t alpha)
{
	for (int32_t y = rect.y; y < rect.y + rect.height; y++) {
		for (int32_t x = rect.x; x < rect.x + rect.width; x++) {
			pixels[y * WIDTH + x] = (uint32_t)alpha << 24 | 0x123456;
		}
	}
}

static uint32_t number(const uint8_t *from, size_t size)
{
	uint32_t value = 0;
	for (size_t i = 0; i < size; i++) {
		value |= (uint32_t)from[i] << 8 * i;
	}
	return value;
}

/* As a client does; returns how many pixels there were. */
static size_t decode(size_t size)
{
	size_t count = 0;
	bool runs = encoded[2] == 1;
	for (size_t at = ALPHA_HEADER_SIZE; at < size;) {
		uint8_t alpha = encoded[at++];
		uint32_t run = 1;
		if (runs) {
			run = encoded[at++];
			if (run == 0xff) {
				run = number(encoded + at, 2);
				at += 2;
			}
			if (run == 0xffff) {
				run = number(encoded + at, 4);
				at += 4;
			}
		}
		while (run-- > 0 && count < sizeof(decoded)) {
			decoded[count++] = alpha;
		}
	}
	return count;
}

static bool same(struct rect rect)
{
	size_t size = alpha_encode(encoded, &buffer, &rect);
	if (encoded[0] != 'L' || encoded[1] != 'A' || encoded[3] != 0 || size > sizeof(encoded) ||
		decode(size) != (size_t)rect.width * (size_t)rect.height) {
		return false;
	}
	for (int32_t y = 0; y < rect.height; y++) {
		for (int32_t x = 0; x < rect.width; x++) {
			uint32_t pixel = pixels[(rect.y + y) * WIDTH + rect.x + x];
			if (decoded[y * rect.width + x] != pixel >> 24) {
				return false;
			}
		}
	}
	return true;
}

TEST(an_opaque_window_is_one_run)
{
	struct rect all = {0, 0, WIDTH, HEIGHT};
	fill(all, 0xff);
	CHECK(same(all));
	CHECK_INT(alpha_encode(encoded, &buffer, &all), ALPHA_HEADER_SIZE + 8);
}

TEST(runs_of_every_size)
{
	static const int32_t sizes[] = {1, 7, 8, 254, 255, 256};
	fill((struct rect){0, 0, WIDTH, HEIGHT}, 0);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		fill((struct rect){0, (int32_t)i * 2, sizes[i], 1}, 0x80);
	}
	CHECK(same((struct rect){0, 0, WIDTH, HEIGHT}));
	fill((struct rect){0, 100, WIDTH, 200}, 7);
	fill((struct rect){WIDTH - 1, HEIGHT - 1, 1, 1}, 8);
	CHECK(same((struct rect){0, 0, WIDTH, HEIGHT}));
	CHECK(same((struct rect){WIDTH - 3, HEIGHT - 2, 3, 2}));
}

TEST(what_has_no_runs_is_sent_as_it_is)
{
	struct rect all = {0, 0, WIDTH, HEIGHT};
	for (int32_t x = 0; x < WIDTH; x++) {
		fill((struct rect){x, 0, 1, HEIGHT}, (uint8_t)x);
	}
	CHECK(same(all));
	CHECK_INT(encoded[2], 0);
	CHECK(same((struct rect){10, 10, 1, 1}));
	CHECK(same((struct rect){10, 10, 8, 1}));
}

TEST_MAIN()
