// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/desktop_scene.h"
#include "tests/harness/test.h"

#define WIDTH 20
#define HEIGHT 10
#define RED 0xffff0000
#define GREEN 0xff00ff00

static uint32_t picture[WIDTH * HEIGHT], red[8 * 4], green[8 * 4], glass[8 * 4];
static struct buffer canvas = {
	.pixels = (uint8_t *)picture, .width = WIDTH, .height = HEIGHT, .stride = WIDTH * 4};
static const struct rect whole = {0, 0, WIDTH, HEIGHT};

static struct layer layer(uint32_t *pixels, uint32_t colour, int32_t x, int32_t y)
{
	for (size_t i = 0; i < 8 * 4; i++) {
		pixels[i] = colour;
	}
	return (struct layer){
		.x = x, .y = y, .image = {(const uint8_t *)pixels, 8, 4, 8 * sizeof(pixels[0])}};
}

static uint32_t at(int32_t x, int32_t y)
{
	return picture[y * WIDTH + x];
}

TEST(what_is_on_top_is_seen)
{
	struct layer layers[] = {layer(red, RED, 4, 2), layer(green, GREEN, 2, 1)};
	scene_paint(&canvas, layers, 2, &whole);
	CHECK_INT(at(0, 0), SCENE_BACKGROUND);
	CHECK_INT(at(2, 1), GREEN);
	CHECK_INT(at(4, 2), RED);
	CHECK_INT(at(9, 4), RED);
	CHECK_INT(at(12, 2), SCENE_BACKGROUND);
}

TEST(nothing_but_the_area_is_painted)
{
	struct layer layers[] = {layer(red, RED, 0, 0)};
	struct rect area = {2, 1, 2, 1};
	scene_paint(&canvas, layers, 0, &whole);
	scene_paint(&canvas, layers, 1, &area);
	CHECK_INT(at(2, 1), RED);
	CHECK_INT(at(3, 1), RED);
	CHECK_INT(at(1, 1), SCENE_BACKGROUND);
	CHECK_INT(at(4, 1), SCENE_BACKGROUND);
	CHECK_INT(at(2, 2), SCENE_BACKGROUND);
}

TEST(a_window_may_lie_beyond_every_edge)
{
	struct layer layers[] = {
		layer(red, RED, -6, -2), layer(green, GREEN, WIDTH - 2, HEIGHT - 1)};
	scene_paint(&canvas, layers, 2, &whole);
	CHECK_INT(at(1, 1), RED);
	CHECK_INT(at(2, 1), SCENE_BACKGROUND);
	CHECK_INT(at(WIDTH - 1, HEIGHT - 1), GREEN);
	CHECK_INT(at(WIDTH - 3, HEIGHT - 1), SCENE_BACKGROUND);
}

TEST(what_is_under_shows_through)
{
	struct layer layers[] = {layer(glass, 0x80000080, 0, 0), layer(red, RED, 0, 0)};
	layers[0].translucent = true;
	scene_paint(&canvas, layers, 2, &whole);
	CHECK_INT(at(0, 0), 0xff7f0080);
	CHECK_INT(at(7, 3), 0xff7f0080);
}

TEST(alpha_that_does_not_count_is_ignored)
{
	struct layer layers[] = {layer(glass, 0x00102030, 0, 0)};
	scene_paint(&canvas, layers, 1, &whole);
	CHECK_INT(at(0, 0), 0xff102030);
}

TEST(pixels_that_are_brighter_than_their_alpha_do_not_overflow)
{
	struct layer layers[] = {layer(glass, 0x10ffffff, 0, 0), layer(red, RED, 0, 0)};
	layers[0].translucent = true;
	scene_paint(&canvas, layers, 2, &whole);
	CHECK_INT(at(0, 0), 0xffffffff);
}

TEST(a_window_without_pixels_hides_nothing)
{
	struct layer layers[] = {layer(green, GREEN, 0, 0), layer(red, RED, 0, 0)};
	layers[0].image.pixels = NULL;
	scene_paint(&canvas, layers, 2, &whole);
	CHECK_INT(at(0, 0), RED);
	CHECK(!scene_is_hidden(layers, 1, WIDTH, HEIGHT));
}

TEST(hidden_is_what_another_window_covers)
{
	struct layer layers[] = {layer(red, RED, 1, 0), layer(green, GREEN, 0, 0)};
	CHECK(!scene_is_hidden(layers, 0, WIDTH, HEIGHT));
	CHECK(!scene_is_hidden(layers, 1, WIDTH, HEIGHT));
	layers[0].x = 0;
	CHECK(scene_is_hidden(layers, 1, WIDTH, HEIGHT));
	layers[0].translucent = true;
	CHECK(!scene_is_hidden(layers, 1, WIDTH, HEIGHT));
	layers[1].x = -8;
	CHECK(scene_is_hidden(layers, 1, WIDTH, HEIGHT));
}

TEST(damage_is_kept_to_the_picture)
{
	struct scene_damage damage = {0};
	struct rect part = {0, 0, 5, 5};
	scene_damage_add(&damage, &(struct rect){-10, -10, 10, 10}, WIDTH, HEIGHT);
	CHECK_INT(damage.count, 0);
	scene_damage_add(&damage, &(struct rect){-5, -5, 10, 10}, WIDTH, HEIGHT);
	CHECK_INT(damage.count, 1);
	CHECK(rect_equal(&damage.list[0], &part));
}

TEST(damage_within_damage_counts_once)
{
	struct scene_damage damage = {0};
	scene_damage_add(&damage, &(struct rect){2, 2, 2, 2}, WIDTH, HEIGHT);
	scene_damage_add(&damage, &(struct rect){6, 2, 2, 2}, WIDTH, HEIGHT);
	scene_damage_add(&damage, &(struct rect){2, 3, 1, 1}, WIDTH, HEIGHT);
	CHECK_INT(damage.count, 2);
	scene_damage_add(&damage, &(struct rect){0, 0, 10, 10}, WIDTH, HEIGHT);
	CHECK_INT(damage.count, 1);
}

TEST(damage_beyond_the_limit_becomes_one_rectangle)
{
	struct scene_damage damage = {0};
	struct rect all = {0, 0, SCENE_DAMAGE_LIMIT * 2 + 1, 1};
	for (int32_t i = 0; i <= SCENE_DAMAGE_LIMIT; i++) {
		scene_damage_add(&damage, &(struct rect){i * 2, 0, 1, 1}, 1000, 1000);
	}
	CHECK_INT(damage.count, 1);
	CHECK(rect_equal(&damage.list[0], &all));
}

TEST_MAIN()
