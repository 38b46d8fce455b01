// SPDX-License-Identifier: MIT
#include "tests/harness/test.h"
#include "tests/unit/rdp/drawing.h"
#include "tests/unit/rdp/scene.h"

static bool begin_film(struct scene *scene, int32_t width, int32_t height, bool alpha)
{
	if (!scene_begin_encoder(scene, width, height, alpha)) {
		return false;
	}
	scene->encoder.lossy = progressive_encode;
	scene->encoder.lossy_data = &scene->progressive;
	scene->encoder.now = 1000;
	return scene_update(scene);
}

static bool send_later(struct scene *scene, int64_t later)
{
	scene->encoder.now += later;
	return scene_send(scene, SCENE_ANY_SIZE);
}

static bool step_film(struct scene *scene, struct rect rect, uint32_t frame, int64_t later)
{
	draw_film(scene, rect, frame);
	return send_later(scene, later);
}

/* Time passes and nothing is drawn. */
static bool rest(struct scene *scene, size_t budget)
{
	scene->encoder.now += ROUGH_STILL_MS;
	for (int step = 0; rough_due(&scene->surface->rough) <= scene->encoder.now; step++) {
		encoder_update(&scene->encoder, scene->surface, &scene->image, NULL, 0, budget,
			&scene->pending);
		if (step > 1000 || !scene_flush(scene)) {
			return false;
		}
	}
	return true;
}

TEST(a_film_is_sent_roughly_and_as_it_is_once_still)
{
	struct scene scene;
	struct rect whole = {0, 0, 333, 217};
	CHECK(begin_film(&scene, 333, 217, false));
	for (uint32_t frame = 0; frame < 20; frame++) {
		CHECK(step_film(&scene, whole, frame, 40));
	}
	CHECK(model_commands(scene.model, SCENE_WIRE_TO_SURFACE_2) >= 14);
	CHECK(scene.sent < 333 * 217 / 4);
	struct scene_error error = scene_error(&scene, &whole);
	printf("# a frame of a film: %zu bytes, off by %.2f\n", scene.sent, error.mean);
	CHECK(error.mean > 0 && error.mean < 3);
	CHECK(rest(&scene, 5000));
	CHECK(scene_same(&scene));
	CHECK_INT(scene.surface->rough.marked, 0);
	size_t before = model_commands(scene.model, SCENE_WIRE_TO_SURFACE_2);
	CHECK(step_film(&scene, whole, 99, 2000));
	CHECK(scene_same(&scene));
	CHECK_INT(model_commands(scene.model, SCENE_WIRE_TO_SURFACE_2), before);
	scene_end(&scene);
}

/* Not a film, and nothing else makes it smaller: three bytes a pixel. */
TEST(noise_is_sent_roughly_and_as_it_is_once_still)
{
	struct scene scene;
	struct rect whole = {0, 0, 333, 217};
	CHECK(begin_film(&scene, 333, 217, false));
	for (uint32_t frame = 0; frame < 20; frame++) {
		draw_noise(&scene, whole);
		CHECK(send_later(&scene, 40));
	}
	CHECK(model_commands(scene.model, SCENE_WIRE_TO_SURFACE_2) >= 14);
	printf("# a frame of noise: %zu bytes\n", scene.sent);
	CHECK(scene.sent < 333 * 217 / 2);
	CHECK(!scene_same(&scene));
	CHECK(rest(&scene, 5000));
	CHECK(scene_same(&scene));
	scene_end(&scene);
}

TEST(what_is_drawn_is_never_sent_roughly)
{
	struct scene scene;
	struct rect whole = {0, 0, 320, 240};
	CHECK(begin_film(&scene, 320, 240, false));
	for (uint32_t i = 0; i < 40; i++) {
		scene.encoder.now += 40;
		if (i % 2 == 0) {
			draw_checks(&scene, whole, i / 2);
		} else {
			draw_fill(&scene, whole, 0xfff0f0f0 - i);
			draw_text(&scene, (struct rect){(int32_t)i, 0, 200, 240});
		}
		CHECK(scene_update(&scene));
	}
	CHECK_INT(model_commands(scene.model, SCENE_WIRE_TO_SURFACE_2), 0);
	scene_end(&scene);
}

static bool disturb_film(struct scene *scene, struct rect film)
{
	for (uint32_t frame = 0; frame < 12; frame++) {
		if (frame % 3 == 2) {
			draw_something(scene);
		}
		if (frame % 4 == 3) {
			draw_scroll(scene, (struct rect){20, 20, 300, 250}, 0,
				(int32_t)draw_any(41) - 20);
		}
		if (!step_film(scene, film, frame, 30)) {
			return false;
		}
	}
	return true;
}

/* Films, scrolled while they run, under text and over it: in the end all of it is right. */
TEST(whatever_was_rough_becomes_right)
{
	for (int alpha = 0; alpha < 2; alpha++) {
		struct scene scene;
		CHECK(begin_film(&scene, 400, 300, alpha == 1));
		for (int round = 0; round < 12; round++) {
			struct rect film = {40, (int32_t)draw_any(60), 240, 150};
			CHECK(disturb_film(&scene, film));
			CHECK(rest(&scene, round % 2 == 0 ? SCENE_ANY_SIZE : 3000));
			CHECK(scene_same(&scene));
		}
		CHECK(model_commands(scene.model, SCENE_WIRE_TO_SURFACE_2) > 20);
		scene_end(&scene);
	}
}

/* As in an X11 window, whose frame has round corners. */
TEST(a_film_is_sent_roughly_between_translucent_corners)
{
	struct scene scene;
	CHECK(begin_film(&scene, 333, 217, true));
	draw_fill(&scene, (struct rect){0, 0, 6, 6}, 0);
	draw_fill(&scene, (struct rect){327, 211, 6, 6}, 0x20000000);
	CHECK(scene_update(&scene));
	for (uint32_t frame = 0; frame < 20; frame++) {
		CHECK(step_film(&scene, (struct rect){6, 20, 321, 191}, frame, 40));
	}
	CHECK(model_commands(scene.model, SCENE_WIRE_TO_SURFACE_2) >= 14);
	CHECK(rest(&scene, 5000));
	CHECK(scene_same(&scene));
	scene_end(&scene);
}

TEST_MAIN()
