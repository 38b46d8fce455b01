// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/picture.h"

#include "tests/harness/test.h"

static uint32_t words[1 << 17];

/* Writes pictures of these sides, each of one pixel value; the number of words. */
static size_t write_pictures(const uint32_t *sides, size_t count)
{
	size_t used = 0;
	for (size_t i = 0; i < count; i++) {
		words[used++] = sides[i];
		words[used++] = sides[i];
		for (uint32_t j = 0; j < sides[i] * sides[i]; j++) {
			words[used++] = sides[i];
		}
	}
	return used;
}

static uint32_t chosen(const uint32_t *sides, size_t count)
{
	struct picture picture;
	size_t size = write_pictures(sides, count);
	return picture_choose(&picture, words, size) ? picture_side(&picture) : 0;
}

TEST(the_smallest_that_is_large_enough_is_chosen)
{
	CHECK_INT(chosen((const uint32_t[]){16, 256, 64, 128}, 4), 64);
	CHECK_INT(chosen((const uint32_t[]){16, 128, 48, 96}, 4), 96);
}

TEST(the_largest_is_chosen_when_none_is_large_enough)
{
	CHECK_INT(chosen((const uint32_t[]){16, 48, 32}, 3), 48);
}

TEST(a_picture_that_ends_too_early_or_is_empty_ends_them)
{
	struct picture picture;
	size_t size = write_pictures((const uint32_t[]){16, 64}, 2);
	CHECK(picture_choose(&picture, words, size - 1));
	CHECK_INT(picture.width, 16);
	words[0] = 0;
	CHECK(!picture_choose(&picture, words, size));
	CHECK(!picture_choose(&picture, words, 2));
	CHECK(!picture_choose(&picture, NULL, 0));
	words[0] = words[1] = UINT32_MAX;
	CHECK(!picture_choose(&picture, words, size));
}

TEST(pixels_are_premultiplied)
{
	uint32_t to[1];
	const uint32_t pixel = UINT32_C(0x80ff8000);
	picture_square(to, &(struct picture){1, 1, &pixel});
	CHECK_INT(to[0], UINT32_C(0x80804000));
}

TEST(a_picture_that_is_no_square_is_in_the_middle_of_one)
{
	uint32_t to[16];
	const uint32_t row[4] = {UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX};
	picture_square(to, &(struct picture){4, 1, row});
	CHECK_INT(to[0], 0);
	CHECK_INT(to[4], UINT32_MAX);
	CHECK_INT(to[7], UINT32_MAX);
	CHECK_INT(to[8], 0);
}

TEST_MAIN()
