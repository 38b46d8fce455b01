// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/gfx_pdu.h"
#include "tests/harness/test.h"
#include "tests/unit/rdp/drawing.h"
#include "tests/unit/rdp/scene.h"

TEST(a_still_window_costs_nothing)
{
	struct scene scene;
	CHECK(scene_begin_encoder(&scene, 320, 200, false));
	draw_text(&scene, (struct rect){0, 0, 320, 200});
	CHECK(scene_update(&scene));
	size_t before = model_commands(scene.model, SCENE_WIRE_TO_SURFACE);
	struct rect whole = {0, 0, 320, 200};
	encoder_update(&scene.encoder, scene.surface, &scene.image, &whole, 1, SCENE_ANY_SIZE,
		&scene.pending);
	CHECK_INT(scene.pending.length, 0);
	CHECK_INT(model_commands(scene.model, SCENE_WIRE_TO_SURFACE), before);
	scene_end(&scene);
}

TEST(one_colour_is_a_fill)
{
	struct scene scene;
	CHECK(scene_begin_encoder(&scene, 800, 600, false));
	CHECK(scene_update(&scene));
	CHECK(scene.sent < 40);
	draw_fill(&scene, (struct rect){100, 100, 600, 400}, 0xff204080);
	CHECK(scene_update(&scene));
	CHECK_INT(model_commands(scene.model, SCENE_WIRE_TO_SURFACE), 0);
	CHECK(scene.sent < 60);
	scene_end(&scene);
}

TEST(scrolled_text_is_copied)
{
	struct scene scene;
	CHECK(scene_begin_encoder(&scene, 800, 600, false));
	draw_noise(&scene, (struct rect){0, 0, 800, 600});
	CHECK(scene_update(&scene));
	for (int i = 0; i < 5; i++) {
		draw_scroll(&scene, (struct rect){40, 40, 700, 500}, 0, -3);
		draw_noise(&scene, (struct rect){40, 537, 700, 3});
		CHECK(scene_update(&scene));
		CHECK(scene.sent < 700 * 3 * 3 + 500);
		draw_scroll(&scene, (struct rect){40, 40, 700, 500}, 0, 11);
		CHECK(scene_update(&scene));
		CHECK(scene.sent < 200);
		draw_scroll(&scene, (struct rect){40, 40, 700, 500}, 9, 0);
		CHECK(scene_update(&scene));
		CHECK(scene.sent < 200);
	}
	CHECK(model_commands(scene.model, SCENE_COPY) >= 15);
	scene_end(&scene);
}

TEST(text_seen_before_is_cheap)
{
	struct scene scene;
	CHECK(scene_begin_encoder(&scene, 800, 600, false));
	draw_text(&scene, (struct rect){0, 0, 800, 600});
	CHECK(scene_update(&scene));
	size_t first = scene.sent;
	draw_fill(&scene, (struct rect){0, 0, 800, 600}, 0xfff0f0f0);
	CHECK(scene_update(&scene));
	draw_text(&scene, (struct rect){0, 0, 800, 600});
	CHECK(scene_update(&scene));
	printf("# text: %zu bytes, again %zu\n", first, scene.sent);
	CHECK(scene.sent < 800 * 600 / 16);
	scene_end(&scene);
}

TEST(whatever_is_drawn_is_shown)
{
	static const int32_t sizes[][2] = {{320, 200}, {641, 473}, {1, 1}, {17, 300}, {300, 5}};
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct scene scene;
		CHECK(scene_begin_encoder(&scene, sizes[i][0], sizes[i][1], false));
		for (int step = 0; step < 150; step++) {
			for (uint32_t n = draw_any(4); n > 0; n--) {
				draw_something(&scene);
			}
			CHECK(scene_update(&scene));
		}
		scene_end(&scene);
	}
}

/* As wide as a surface may be, and as high, and to no side one more. */
TEST(the_largest_sides_are_shown)
{
	static const int32_t sizes[][2] = {
		{16384, 3}, {3, 16384}, {16383, 17}, {GFX_SIDE_LIMIT, 1}, {1, GFX_SIDE_LIMIT}};
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		for (int alpha = 0; alpha < 2; alpha++) {
			struct scene scene;
			CHECK(scene_begin_encoder(&scene, sizes[i][0], sizes[i][1], alpha == 1));
			for (int step = 0; step < 12; step++) {
				draw_something(&scene);
				CHECK(scene_update(&scene));
			}
			scene_end(&scene);
		}
	}
}

TEST(opacity_is_shown_when_it_counts)
{
	struct scene scene;
	CHECK(scene_begin_encoder(&scene, 200, 150, true));
	for (int step = 0; step < 100; step++) {
		draw_something(&scene);
		CHECK(scene_update(&scene));
	}
	scene_end(&scene);
}

/* A window that is translucent only at its corners costs as much as one that is not at all. */
TEST(what_stays_opaque_is_sent_without_its_opacity)
{
	struct scene scene;
	CHECK(scene_begin_encoder(&scene, 800, 600, true));
	draw_fill(&scene, (struct rect){0, 0, 8, 8}, 0x40102030);
	CHECK(scene_update(&scene));
	size_t before = model_commands(scene.model, SCENE_WIRE_TO_SURFACE);
	draw_fill(&scene, (struct rect){100, 100, 600, 400}, 0xff204080);
	CHECK(scene_update(&scene));
	CHECK_INT(model_commands(scene.model, SCENE_WIRE_TO_SURFACE), before);
	draw_fill(&scene, (struct rect){300, 300, 60, 40}, 0x80204080);
	CHECK(scene_update(&scene));
	draw_fill(&scene, (struct rect){310, 310, 60, 40}, 0xff806040);
	CHECK(scene_update(&scene));
	CHECK(model_commands(scene.model, SCENE_WIRE_TO_SURFACE) > before);
	scene_end(&scene);
}

TEST(only_what_is_damaged_is_looked_at)
{
	struct scene scene;
	struct rect damage[] = {{-10, -10, 20, 20}, {90, 90, 100, 100}, {300, 300, 10, 10}};
	CHECK(scene_begin_encoder(&scene, 100, 100, false));
	CHECK(scene_update(&scene));
	draw_fill(&scene, (struct rect){0, 0, 5, 5}, 0xff112233);
	draw_fill(&scene, (struct rect){95, 95, 5, 5}, 0xff332211);
	encoder_update(&scene.encoder, scene.surface, &scene.image, damage, 3, SCENE_ANY_SIZE,
		&scene.pending);
	CHECK(scene_flush(&scene));
	CHECK(scene_same(&scene));
	scene_end(&scene);
}

/* Frames are small, the picture catches up; what is drawn meanwhile is not lost. */
TEST(a_small_budget_only_takes_longer)
{
	struct scene scene;
	struct rect none = {0};
	CHECK(scene_begin_encoder(&scene, 400, 300, false));
	CHECK(scene_update(&scene));
	for (int step = 0; step < 60; step++) {
		struct rect whole = {0, 0, 400, 300};
		draw_something(&scene);
		encoder_update(&scene.encoder, scene.surface, &scene.image, &whole, 1, 2000,
			&scene.pending);
		CHECK(scene.pending.length <
			2000 + 3 * (ENCODER_SMALL_PIXELS + 400 * BEHIND_ROWS) + 4000);
		CHECK(scene_flush(&scene));
	}
	for (int step = 0; scene.surface->behind.marked > 0; step++) {
		CHECK(step < 100);
		encoder_update(&scene.encoder, scene.surface, &scene.image, &none, 1, 2000,
			&scene.pending);
		CHECK(scene_flush(&scene));
	}
	CHECK(scene_same(&scene));
	scene_end(&scene);
}

/* No part of a window that changes everywhere waits for ever. */
TEST(noise_has_its_turn_everywhere)
{
	struct scene scene;
	struct rect whole = {0, 0, 400, 300};
	int top = 0, bottom = 0;
	CHECK(scene_begin_encoder(&scene, 400, 300, false));
	CHECK(scene_update(&scene));
	for (int step = 0; step < 120; step++) {
		uint32_t first = model_surface(scene.model, SCENE_SURFACE)->pixels[0];
		uint32_t last = model_surface(scene.model, SCENE_SURFACE)->pixels[400 * 300 - 1];
		draw_noise(&scene, whole);
		/* A corner that stays makes the change no rectangle. */
		draw_fill(&scene, (struct rect){100, 0, 200, 16}, 0xff112233);
		encoder_update(&scene.encoder, scene.surface, &scene.image, &whole, 1, 40000,
			&scene.pending);
		CHECK(scene_flush(&scene));
		top += model_surface(scene.model, SCENE_SURFACE)->pixels[0] != first;
		bottom += model_surface(scene.model, SCENE_SURFACE)->pixels[400 * 300 - 1] != last;
	}
	printf("# turns: %d at the top, %d at the bottom\n", top, bottom);
	CHECK(top >= 10 && bottom >= 10);
	scene_end(&scene);
}

TEST(a_new_size_begins_with_the_old_pixels)
{
	struct scene scene;
	CHECK(scene_begin_encoder(&scene, 300, 300, false));
	draw_noise(&scene, (struct rect){0, 0, 300, 300});
	CHECK(scene_update(&scene));
	uint32_t *old = scene.pixels;
	scene.pixels = NULL;
	scene_resize(&scene, 310, 290);
	for (int32_t y = 0; y < 290; y++) {
		memcpy(scene.pixels + y * 310, old + y * 300, 300 * 4);
	}
	free(old);
	struct surface *fresh = surface_create(SCENE_SURFACE + 1, 310, 290, false);
	gfx_pdu_create_surface(&scene.pending, SCENE_SURFACE + 1, 310, 290, GFX_FORMAT_XRGB);
	surface_inherit(fresh, scene.surface, &scene.pending);
	gfx_pdu_delete_surface(&scene.pending, SCENE_SURFACE);
	surface_release(scene.surface);
	scene.surface = fresh;
	CHECK(scene_update(&scene));
	CHECK(scene.sent < 400);
	surface_show_again(scene.surface, &scene.pending);
	CHECK(scene_update(&scene));
	scene_end(&scene);
}

TEST(a_client_that_forgot_learns_anew)
{
	struct scene scene;
	CHECK(scene_begin_encoder(&scene, 300, 200, false));
	draw_text(&scene, (struct rect){0, 0, 300, 200});
	CHECK(scene_update(&scene));
	model_destroy(scene.model);
	scene.model = model_create();
	surface_release(scene.surface);
	zgfx_finish(&scene.zgfx);
	CHECK(zgfx_init(&scene.zgfx));
	encoder_reset(&scene.encoder);
	scene.surface = surface_create(SCENE_SURFACE, 300, 200, false);
	gfx_pdu_create_surface(&scene.pending, SCENE_SURFACE, 300, 200, GFX_FORMAT_XRGB);
	CHECK(scene_update(&scene));
	scene_end(&scene);
}

TEST_MAIN()
