// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/icon.h"
#include "compositor-glue/rdp/window.h"
#include "tests/harness/test.h"

static uint32_t pixels[ICON_SIZE * ICON_SIZE];
static const struct buffer picture = {
	(const uint8_t *)pixels, sizeof(pixels), ICON_SIZE, ICON_SIZE, ICON_SIZE * 4};
static struct icon_order order;

static void fill(uint32_t pixel)
{
	for (size_t i = 0; i < sizeof(pixels) / sizeof(pixels[0]); i++) {
		pixels[i] = pixel;
	}
}

static uint32_t colour(int32_t x, int32_t row)
{
	uint32_t value;
	memcpy(&value, order.colours + ((size_t)row * order.info.width + (size_t)x) * 4, 4);
	return value;
}

TEST(the_bottom_row_comes_first)
{
	fill(0xff102030);
	pixels[0] = 0xff112233;
	CHECK(icon_order_fill(&order, &picture, false));
	CHECK_INT(order.info.width, 64);
	CHECK_INT(order.info.cbBitsColor, 64 * 64 * 4);
	CHECK_INT(order.info.cbBitsMask, 64 * 8);
	CHECK_INT(colour(0, 63), 0xff112233);
	CHECK_INT(colour(1, 63), 0xff102030);
	CHECK_INT(colour(0, 0), 0xff102030);
}

TEST(what_is_not_there_is_masked_and_colours_are_not_premultiplied)
{
	fill(0x80402010);
	pixels[9] = 0x00000000;
	pixels[10] = 0x40402010;
	CHECK(icon_order_fill(&order, &picture, false));
	CHECK_INT(colour(0, 63), 0x807f3f1f);
	CHECK_INT(colour(10, 63), 0x40ff7f3f);
	CHECK_INT(order.mask[63 * 8], 0);
	CHECK_INT(order.mask[63 * 8 + 1], 0x60);
}

TEST(a_small_one_is_the_mean_of_four)
{
	fill(0);
	pixels[0] = pixels[1] = pixels[ICON_SIZE] = pixels[ICON_SIZE + 1] = 0xff804020;
	pixels[2] = 0xff804020;
	CHECK(icon_order_fill(&order, &picture, true));
	CHECK_INT(order.info.width, 32);
	CHECK_INT(order.info.cbBitsMask, 32 * 4);
	CHECK_INT(colour(0, 31), 0xff804020);
	CHECK_INT(colour(1, 31) >> 24, 0x3f);
	CHECK_INT(order.mask[31 * 4], 0x7f);
}

TEST(another_size_is_refused)
{
	struct buffer odd = picture;
	odd.width = 48;
	CHECK(!icon_order_fill(&order, &odd, false));
}

TEST_MAIN()
