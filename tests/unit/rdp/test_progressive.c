// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/gfx_pdu.h"
#include "tests/harness/test.h"
#include "tests/unit/rdp/drawing.h"
#include "tests/unit/rdp/scene.h"

#define BLACK UINT32_C(0xff000000)
#define FINE ((size_t)1 << 16)

/* Black, on a client that has nothing but black. */
static bool begin(struct scene *scene, int32_t width, int32_t height)
{
	struct rect whole = {0, 0, width, height};
	if (!scene_begin(scene, width, height, false)) {
		return false;
	}
	gfx_pdu_solid_fill(&scene->pending, SCENE_SURFACE, BLACK, &whole);
	return scene_flush(scene);
}

static bool show(struct scene *scene, struct rect rect, size_t tile_bytes)
{
	return progressive_encode(&scene->progressive, SCENE_SURFACE, &scene->image, &rect,
		       tile_bytes, &scene->pending) &&
	       scene_flush(scene);
}

static bool show_in(struct scene *scene, size_t tile_bytes)
{
	struct rect whole = {0, 0, scene->image.width, scene->image.height};
	return show(scene, whole, tile_bytes);
}

static bool show_all(struct scene *scene)
{
	return show_in(scene, FINE);
}

static struct scene_error error_of(const struct scene *scene)
{
	struct rect whole = {0, 0, scene->image.width, scene->image.height};
	return scene_error(scene, &whole);
}

static void fill(struct scene *scene, uint32_t (*colour)(int32_t x, int32_t y))
{
	for (int32_t i = 0; i < scene->image.width * scene->image.height; i++) {
		scene->pixels[i] = BLACK | colour(i % scene->image.width, i / scene->image.width);
	}
}

/* Up and down again: no edges. */
static uint32_t wave(int32_t at)
{
	uint32_t phase = (uint32_t)at & 511;
	return phase < 256 ? phase : 511 - phase;
}

static uint32_t photograph(int32_t x, int32_t y)
{
	return (wave(x + y) & 0xfc) << 16 | draw_any(4) << 16 | wave(2 * y) << 8 | wave(x + 100);
}

static uint32_t fine_grey(int32_t x, int32_t y)
{
	return (x / 2 + y / 3) % 3 == 0 ? 0x202020 : 0xd0d0d0;
}

static uint32_t noise(int32_t x, int32_t y)
{
	return draw_any(1 << 24);
}

static uint32_t black_and_white(int32_t x, int32_t y)
{
	return (x + y) % 2 == 0 ? 0 : 0xffffff;
}

static uint32_t loud_columns(int32_t x, int32_t y)
{
	return x % 2 == 0 ? 0xff0000 : 0x00ffff;
}

TEST(a_photograph_is_shown_about_as_it_is)
{
	struct scene scene;
	CHECK(begin(&scene, 333, 217));
	fill(&scene, photograph);
	CHECK(show_all(&scene));
	struct scene_error error = error_of(&scene);
	printf("# %zu bytes, off by %.2f, %d at most\n", scene.sent, error.mean, error.most);
	CHECK(scene.sent < 333 * 217 / 6);
	CHECK(error.mean < 2 && error.most < 24);
	scene_end(&scene);
}

TEST(brightness_is_kept_at_full_resolution)
{
	struct scene scene;
	CHECK(begin(&scene, 200, 150));
	fill(&scene, fine_grey);
	CHECK(show_all(&scene));
	CHECK(error_of(&scene).mean < 3);
	scene_end(&scene);
}

TEST(plain_colours_are_right)
{
	static const uint32_t colours[] = {0, 0xffffff, 0xff0000, 0x00ff00, 0x0000ff, 0xffff00,
		0x00ffff, 0xff00ff, 0x804020, 0x123456};
	struct scene scene;
	CHECK(begin(&scene, 70, 65));
	for (size_t i = 0; i < sizeof(colours) / sizeof(colours[0]); i++) {
		for (int32_t at = 0; at < 70 * 65; at++) {
			scene.pixels[at] = BLACK | colours[i];
		}
		CHECK(show_all(&scene));
		CHECK(error_of(&scene).most <= 4);
	}
	scene_end(&scene);
}

TEST(whatever_there_is_can_be_shown)
{
	uint32_t (*const pictures[])(int32_t, int32_t) = {noise, black_and_white, loud_columns};
	for (size_t i = 0; i < sizeof(pictures) / sizeof(pictures[0]); i++) {
		struct scene scene;
		CHECK(begin(&scene, 130, 130));
		fill(&scene, pictures[i]);
		CHECK(show_all(&scene));
		scene_end(&scene);
	}
}

/* Down to so many, and finer wherever there is room for it. */
TEST(noise_takes_about_as_much_as_it_may)
{
	enum {
		SIDE = 512,
		TILES = SIDE / REMOTEFX_TILE * (SIDE / REMOTEFX_TILE)
	};
	struct scene scene;
	struct scene_error before = {0};
	CHECK(begin(&scene, SIDE, SIDE));
	for (size_t bytes = 3200; bytes >= 400; bytes /= 2) {
		fill(&scene, noise);
		CHECK(show_in(&scene, bytes));
		struct scene_error error = error_of(&scene);
		size_t took = scene.sent / TILES;
		printf("# %zu bytes for a tile that may have %zu, off by %.2f\n", took, bytes,
			error.mean);
		CHECK(took < bytes * 5 / 4 && took > bytes / 4);
		CHECK(error.mean > before.mean);
		before = error;
	}
	scene_end(&scene);
}

TEST(a_photograph_gets_rougher_with_the_room_it_has)
{
	struct scene scene;
	CHECK(begin(&scene, 333, 217));
	fill(&scene, photograph);
	CHECK(show_all(&scene));
	size_t fine = scene.sent;
	CHECK(show_in(&scene, 1));
	printf("# %zu bytes, then %zu\n", fine, scene.sent);
	CHECK(scene.sent < fine * 9 / 10);
	CHECK(error_of(&scene).mean < 6);
	CHECK(show_all(&scene));
	CHECK(error_of(&scene).mean < 2);
	scene_end(&scene);
}

static bool is_inside(const struct rect *rect, int32_t x, int32_t y)
{
	return x >= rect->x && x < rect->x + rect->width && y >= rect->y &&
	       y < rect->y + rect->height;
}

/* Which is white on a black screen. */
static bool only_there(const struct scene *scene, const struct rect *rect)
{
	const struct model_surface *shown = model_surface(scene->model, SCENE_SURFACE);
	for (int32_t y = 0; y < scene->image.height; y++) {
		for (int32_t x = 0; x < scene->image.width; x++) {
			uint32_t green = shown->pixels[y * scene->image.width + x] >> 8 & 255;
			if (is_inside(rect, x, y) ? green < 250 : green != 0) {
				return false;
			}
		}
	}
	return true;
}

TEST(nothing_beside_the_rectangle_changes)
{
	for (int i = 0; i < 60; i++) {
		int32_t width = 1 + (int32_t)draw_any(150), height = 1 + (int32_t)draw_any(150);
		struct rect rect = {(int32_t)draw_any((uint32_t)width),
			(int32_t)draw_any((uint32_t)height), 0, 0};
		rect.width = 1 + (int32_t)draw_any((uint32_t)(width - rect.x));
		rect.height = 1 + (int32_t)draw_any((uint32_t)(height - rect.y));
		struct scene scene;
		CHECK(begin(&scene, width, height));
		for (int32_t at = 0; at < width * height; at++) {
			scene.pixels[at] = UINT32_MAX;
		}
		CHECK(show(&scene, rect, FINE));
		CHECK(only_there(&scene, &rect));
		scene_end(&scene);
	}
}

TEST_MAIN()
