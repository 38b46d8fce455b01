// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/picture.h"
#include "tests/harness/any.h"
#include "tests/harness/test.h"

#define SIDE 64

static uint32_t pixels[SIDE * SIDE];
static const struct image image = {(uint8_t *)pixels, SIDE, SIDE, SIDE * 4};
static uint32_t seed = 1;

static enum picture look(uint32_t (*colour)(uint32_t x, uint32_t y), int32_t side)
{
	struct rect rect = {SIDE - side, SIDE - side, side, side};
	for (uint32_t i = 0; i < SIDE * SIDE; i++) {
		pixels[i] = colour(i % SIDE, i / SIDE);
	}
	return picture_look(&image, &rect);
}

static uint32_t plain(uint32_t x, uint32_t y)
{
	return 0x204080;
}

static uint32_t text(uint32_t x, uint32_t y)
{
	return (x * 7 + y * 5) % 11 < 3 ? 0x101010 : 0xf0f0f0;
}

static uint32_t checks(uint32_t x, uint32_t y)
{
	return (x + y) % 2 == 0 ? 0x3584e4 : 0xf0f0f0;
}

/* As letters have whose edges are softened by colours. */
static uint32_t few_colours(uint32_t x, uint32_t y)
{
	return 0x0f1f2f * any_below(&seed, 16);
}

static uint32_t photograph(uint32_t x, uint32_t y)
{
	return (x * 2 + any_below(&seed, 4)) << 16 | y << 8 | (x + y);
}

static uint32_t noise(uint32_t x, uint32_t y)
{
	return any_below(&seed, 1 << 24);
}

TEST(what_is_drawn_is_told_from_what_is_not)
{
	CHECK_INT(look(plain, SIDE), PICTURE_DRAWN);
	CHECK_INT(look(text, SIDE), PICTURE_DRAWN);
	CHECK_INT(look(checks, SIDE), PICTURE_DRAWN);
	CHECK_INT(look(few_colours, SIDE), PICTURE_DRAWN);
	CHECK_INT(look(photograph, SIDE), PICTURE_PHOTOGRAPH);
	CHECK_INT(look(noise, SIDE), PICTURE_NOISE);
}

TEST(any_size_may_be_looked_at)
{
	for (int32_t side = 2; side <= SIDE; side++) {
		CHECK_INT(look(plain, side), PICTURE_DRAWN);
		CHECK_INT(look(photograph, side), PICTURE_PHOTOGRAPH);
		CHECK_INT(look(noise, side), PICTURE_NOISE);
	}
	/* A column has no neighbours to the right. */
	CHECK_INT(look(noise, 1), PICTURE_DRAWN);
}

TEST_MAIN()
