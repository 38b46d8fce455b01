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

/* What was drawn comes out of the blue; so many bytes drain before a person waits. */
static bool show_page(struct scene *scene, size_t patience)
{
	scene->encoder.patience = patience;
	return send_later(scene, 2000);
}

TEST(a_photograph_is_sent_roughly_first_where_the_link_is_slow)
{
	struct scene scene;
	struct rect whole = {0, 0, 400, 300};
	CHECK(begin_film(&scene, 400, 300, false));
	draw_film(&scene, whole, 0);
	CHECK(show_page(&scene, 20000));
	struct scene_error error = scene_error(&scene, &whole);
	printf("# a photograph: %zu bytes, off by %.2f\n", scene.sent, error.mean);
	CHECK(scene.sent < 20000);
	CHECK(error.mean > 0 && error.mean < 4);
	CHECK_INT(scene.encoder.tally.why, REASON_SLOW);
	CHECK(rest(&scene, 5000));
	CHECK(scene_same(&scene));
	scene_end(&scene);
}

/* At once as it is: where the link is fast, or not known to be slow, or there is little. */
TEST(a_photograph_is_sent_as_it_is_where_the_link_is_fast)
{
	static const size_t patiences[] = {0, 400 * 300 * 3, 10000000};
	struct rect whole = {0, 0, 400, 300}, small = {100, 100, 80, 80};
	for (size_t i = 0; i < sizeof(patiences) / sizeof(patiences[0]); i++) {
		struct scene scene;
		CHECK(begin_film(&scene, 400, 300, false));
		draw_film(&scene, whole, 0);
		CHECK(show_page(&scene, patiences[i]));
		CHECK(scene_same(&scene));
		draw_film(&scene, small, 1);
		CHECK(show_page(&scene, 20000));
		CHECK(scene_same(&scene));
		scene_end(&scene);
	}
}

/* Beside a photograph, and over it, text is never rough, however slow the link. */
TEST(text_beside_a_photograph_is_sent_as_it_is)
{
	struct scene scene;
	struct rect above = {0, 0, 600, 128}, left = {0, 128, 256, 272},
		    photograph = {256, 128, 344, 272};
	CHECK(begin_film(&scene, 600, 400, false));
	draw_text(&scene, above);
	draw_text(&scene, left);
	draw_film(&scene, photograph, 0);
	CHECK(show_page(&scene, 3000));
	CHECK_INT(scene_error(&scene, &above).most, 0);
	CHECK_INT(scene_error(&scene, &left).most, 0);
	CHECK(scene_error(&scene, &photograph).most > 0);
	for (int32_t step = 0; step < 10; step++) {
		draw_text(&scene, (struct rect){step, 0, 590, 400});
		CHECK(show_page(&scene, 3000));
		CHECK(rest(&scene, 2000));
		CHECK(scene_same(&scene));
	}
	scene_end(&scene);
}

/* A frame with such a link, once the film has run for a while with it. */
static size_t film_on_link(struct scene *scene, size_t patience, uint32_t *frame)
{
	struct rect whole = {0, 0, 320, 256};
	scene->encoder.patience = patience;
	for (int i = 0; i < 6; i++) {
		draw_film(scene, whole, ++*frame);
		draw_noise(scene, (struct rect){64, 64, 192, 128});
		if (!send_later(scene, 40)) {
			return 0;
		}
	}
	return scene->sent;
}

TEST(quality_falls_and_recovers_with_the_link)
{
	struct scene scene;
	uint32_t frame = 0;
	CHECK(begin_film(&scene, 320, 256, false));
	size_t fast = film_on_link(&scene, 0, &frame);
	size_t slow = film_on_link(&scene, 10000, &frame);
	size_t slower = film_on_link(&scene, 1000, &frame);
	size_t again = film_on_link(&scene, 0, &frame);
	printf("# a frame of %zu bytes, %zu, %zu and %zu\n", fast, slow, slower, again);
	CHECK(slow < fast * 3 / 4);
	CHECK(slower < slow);
	CHECK(again > fast * 9 / 10);
	CHECK(rest(&scene, 5000));
	CHECK(scene_same(&scene));
	scene_end(&scene);
}

/* What is still goes in small pieces, so that a key does not wait for a whole band of rows. */
TEST(on_a_slow_link_frames_of_what_is_still_are_small)
{
	struct scene scene;
	struct rect whole = {0, 0, 1200, 64};
	CHECK(begin_film(&scene, 1200, 64, false));
	draw_film(&scene, whole, 0);
	CHECK(show_page(&scene, 2000));
	scene.encoder.now += ROUGH_STILL_MS;
	for (int step = 0; rough_due(&scene.surface->rough) <= scene.encoder.now; step++) {
		CHECK(step < 1000);
		encoder_update(
			&scene.encoder, scene.surface, &scene.image, NULL, 0, 500, &scene.pending);
		CHECK(scene.pending.length < 500 + ROUGH_ROWS * ROUGH_COLUMNS * 3 + 200);
		CHECK(scene_flush(&scene));
	}
	CHECK(scene_same(&scene));
	scene_end(&scene);
}

TEST_MAIN()
