// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/encoder.h"
#include "compositor-glue/rdp/progressive.h"
#include "compositor-glue/rdp/zgfx.h"
#include "tests/harness/any.h"
#include "tests/harness/test.h"
#include "tests/unit/rdp/client_model.h"

#define SURFACE 7
#define ANY_SIZE ((size_t)1 << 30)
#define WIRE_TO_SURFACE 0x01
#define WIRE_TO_SURFACE_2 0x02
#define SOLID_FILL 0x04
#define COPY 0x05

/* An application's window, an encoder, and the client that obeys it. */
struct scene {
	struct encoder encoder;
	struct progressive progressive;
	struct surface *surface;
	struct zgfx zgfx;
	struct bytes pending, message;
	struct model *model;
	uint32_t *pixels;
	struct image image;
	size_t sent;
};

static uint32_t seed = 1;

static uint32_t any(uint32_t below)
{
	return any_below(&seed, below);
}

static bool flush(struct scene *scene)
{
	bytes_clear(&scene->message);
	zgfx_compress(&scene->zgfx, &scene->message, scene->pending.data, scene->pending.length);
	bool sound = !scene->pending.failed && !scene->message.failed;
	scene->sent = scene->message.length;
	bool empty = scene->pending.length == 0;
	bytes_clear(&scene->pending);
	return sound &&
	       (empty || model_receive(scene->model, scene->message.data, scene->message.length));
}

static void set_size(struct scene *scene, int32_t width, int32_t height)
{
	free(scene->pixels);
	/* Just as large as it has to be, so that the sanitizer sees a read beside it. */
	scene->pixels = malloc((size_t)width * (size_t)height * 4);
	for (int32_t i = 0; i < width * height; i++) {
		scene->pixels[i] = 0xfff0f0f0;
	}
	scene->image = (struct image){(uint8_t *)scene->pixels, width, height, (size_t)width * 4};
}

static bool begin(struct scene *scene, int32_t width, int32_t height, bool alpha)
{
	*scene = (struct scene){.model = model_create()};
	set_size(scene, width, height);
	scene->surface = surface_create(SURFACE, width, height, alpha);
	gfx_pdu_create_surface(&scene->pending, SURFACE, (uint16_t)width, (uint16_t)height,
		surface_format(scene->surface));
	return encoder_init(&scene->encoder) && zgfx_init(&scene->zgfx) && flush(scene);
}

static void end(struct scene *scene)
{
	encoder_finish(&scene->encoder);
	progressive_finish(&scene->progressive);
	surface_release(scene->surface);
	zgfx_finish(&scene->zgfx);
	bytes_finish(&scene->pending);
	bytes_finish(&scene->message);
	model_destroy(scene->model);
	free(scene->pixels);
}

/* The client shows what the application drew. */
static bool same(const struct scene *scene)
{
	const struct model_surface *shown = model_surface(scene->model, scene->surface->id);
	uint32_t mask = scene->surface->alpha ? UINT32_MAX : UINT32_C(0xffffff);
	for (int32_t i = 0; i < scene->image.width * scene->image.height; i++) {
		if (((shown->pixels[i] ^ scene->pixels[i]) & mask) != 0) {
			printf("# at %d, %d: %08x, not %08x\n", i % scene->image.width,
				i / scene->image.width, shown->pixels[i], scene->pixels[i]);
			return false;
		}
	}
	return true;
}

static bool update(struct scene *scene)
{
	struct rect whole = {-5, -5, 40000, 40000};
	encoder_update(&scene->encoder, scene->surface, &scene->image, &whole, 1, ANY_SIZE,
		&scene->pending);
	return flush(scene) && same(scene);
}

static void fill(struct scene *scene, struct rect rect, uint32_t colour)
{
	for (int32_t y = rect.y; y < rect.y + rect.height; y++) {
		for (int32_t x = rect.x; x < rect.x + rect.width; x++) {
			scene->pixels[y * scene->image.width + x] = colour;
		}
	}
}

static uint32_t any_colour(const struct scene *scene)
{
	return scene->surface->alpha ? any(UINT32_MAX) : UINT32_C(0xff000000) | any(1 << 24);
}

static struct rect any_rect(const struct scene *scene)
{
	int32_t width = scene->image.width, height = scene->image.height;
	int32_t x = (int32_t)any((uint32_t)width), y = (int32_t)any((uint32_t)height);
	return (struct rect){x, y, 1 + (int32_t)any((uint32_t)(width - x)),
		1 + (int32_t)any((uint32_t)(height - y))};
}

/* Letters: the same few shapes in two colours and one in between. */
static void write_text(struct scene *scene, struct rect rect)
{
	static const uint32_t inks[] = {0xff101010, 0xfff0f0f0, 0xff888888};
	for (int32_t y = rect.y; y < rect.y + rect.height; y++) {
		for (int32_t x = rect.x; x < rect.x + rect.width; x++) {
			uint32_t letter = (uint32_t)(x / 8 * 7 + y / 16 * 13) % 26;
			uint32_t bit = letter * 2654435761U >> (y % 16 / 2 * 3 + x % 8 / 2) % 29;
			bool gap = y % 16 > 12 || x % 8 == 7;
			scene->pixels[y * scene->image.width + x] = inks[gap ? 1 : bit % 3];
		}
	}
}

static void make_noise(struct scene *scene, struct rect rect)
{
	for (int32_t y = rect.y; y < rect.y + rect.height; y++) {
		for (int32_t x = rect.x; x < rect.x + rect.width; x++) {
			scene->pixels[y * scene->image.width + x] = any_colour(scene);
		}
	}
}

static void make_gradient(struct scene *scene, struct rect rect)
{
	for (int32_t y = rect.y; y < rect.y + rect.height; y++) {
		for (int32_t x = rect.x; x < rect.x + rect.width; x++) {
			scene->pixels[y * scene->image.width + x] = UINT32_C(0xff000000) |
								    (uint32_t)(x & 255) << 16 |
								    (uint32_t)(y & 255);
		}
	}
}

static void scroll(struct scene *scene, struct rect rect, int32_t dx, int32_t dy)
{
	size_t size = (size_t)scene->image.width * (size_t)scene->image.height * 4;
	uint32_t *old = malloc(size);
	memcpy(old, scene->pixels, size);
	for (int32_t y = rect.y; y < rect.y + rect.height; y++) {
		for (int32_t x = rect.x; x < rect.x + rect.width; x++) {
			int32_t from_x = x - dx, from_y = y - dy;
			if (from_x >= rect.x && from_x < rect.x + rect.width && from_y >= rect.y &&
				from_y < rect.y + rect.height) {
				scene->pixels[y * scene->image.width + x] =
					old[from_y * scene->image.width + from_x];
			}
		}
	}
	free(old);
}

static void draw_something(struct scene *scene)
{
	struct rect rect = any_rect(scene);
	switch (any(6)) {
	case 0:
		fill(scene, rect, any_colour(scene));
		break;
	case 1:
		write_text(scene, rect);
		break;
	case 2:
		make_noise(scene, rect);
		break;
	case 3:
		make_gradient(scene, rect);
		break;
	case 4:
		scroll(scene, rect, 0, (int32_t)any(41) - 20);
		break;
	default:
		scroll(scene, rect, (int32_t)any(41) - 20, 0);
	}
}

TEST(a_still_window_costs_nothing)
{
	struct scene scene;
	CHECK(begin(&scene, 320, 200, false));
	write_text(&scene, (struct rect){0, 0, 320, 200});
	CHECK(update(&scene));
	size_t before = model_commands(scene.model, WIRE_TO_SURFACE);
	struct rect whole = {0, 0, 320, 200};
	encoder_update(
		&scene.encoder, scene.surface, &scene.image, &whole, 1, ANY_SIZE, &scene.pending);
	CHECK_INT(scene.pending.length, 0);
	CHECK_INT(model_commands(scene.model, WIRE_TO_SURFACE), before);
	end(&scene);
}

TEST(one_colour_is_a_fill)
{
	struct scene scene;
	CHECK(begin(&scene, 800, 600, false));
	CHECK(update(&scene));
	CHECK(scene.sent < 40);
	fill(&scene, (struct rect){100, 100, 600, 400}, 0xff204080);
	CHECK(update(&scene));
	CHECK_INT(model_commands(scene.model, WIRE_TO_SURFACE), 0);
	CHECK(scene.sent < 60);
	end(&scene);
}

TEST(scrolled_text_is_copied)
{
	struct scene scene;
	CHECK(begin(&scene, 800, 600, false));
	make_noise(&scene, (struct rect){0, 0, 800, 600});
	CHECK(update(&scene));
	for (int i = 0; i < 5; i++) {
		scroll(&scene, (struct rect){40, 40, 700, 500}, 0, -3);
		make_noise(&scene, (struct rect){40, 537, 700, 3});
		CHECK(update(&scene));
		CHECK(scene.sent < 700 * 3 * 3 + 500);
		scroll(&scene, (struct rect){40, 40, 700, 500}, 0, 11);
		CHECK(update(&scene));
		CHECK(scene.sent < 200);
		scroll(&scene, (struct rect){40, 40, 700, 500}, 9, 0);
		CHECK(update(&scene));
		CHECK(scene.sent < 200);
	}
	CHECK(model_commands(scene.model, COPY) >= 15);
	end(&scene);
}

TEST(text_seen_before_is_cheap)
{
	struct scene scene;
	CHECK(begin(&scene, 800, 600, false));
	write_text(&scene, (struct rect){0, 0, 800, 600});
	CHECK(update(&scene));
	size_t first = scene.sent;
	fill(&scene, (struct rect){0, 0, 800, 600}, 0xfff0f0f0);
	CHECK(update(&scene));
	write_text(&scene, (struct rect){0, 0, 800, 600});
	CHECK(update(&scene));
	printf("# text: %zu bytes, again %zu\n", first, scene.sent);
	CHECK(scene.sent < 800 * 600 / 16);
	end(&scene);
}

TEST(whatever_is_drawn_is_shown)
{
	static const int32_t sizes[][2] = {{320, 200}, {641, 473}, {1, 1}, {17, 300}, {300, 5}};
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct scene scene;
		CHECK(begin(&scene, sizes[i][0], sizes[i][1], false));
		for (int step = 0; step < 150; step++) {
			for (uint32_t n = any(4); n > 0; n--) {
				draw_something(&scene);
			}
			CHECK(update(&scene));
		}
		end(&scene);
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
			CHECK(begin(&scene, sizes[i][0], sizes[i][1], alpha == 1));
			for (int step = 0; step < 12; step++) {
				draw_something(&scene);
				CHECK(update(&scene));
			}
			end(&scene);
		}
	}
}

TEST(opacity_is_shown_when_it_counts)
{
	struct scene scene;
	CHECK(begin(&scene, 200, 150, true));
	for (int step = 0; step < 100; step++) {
		draw_something(&scene);
		CHECK(update(&scene));
	}
	end(&scene);
}

/* A window that is translucent only at its corners costs as much as one that is not at all. */
TEST(what_stays_opaque_is_sent_without_its_opacity)
{
	struct scene scene;
	CHECK(begin(&scene, 800, 600, true));
	fill(&scene, (struct rect){0, 0, 8, 8}, 0x40102030);
	CHECK(update(&scene));
	size_t before = model_commands(scene.model, WIRE_TO_SURFACE);
	fill(&scene, (struct rect){100, 100, 600, 400}, 0xff204080);
	CHECK(update(&scene));
	CHECK_INT(model_commands(scene.model, WIRE_TO_SURFACE), before);
	fill(&scene, (struct rect){300, 300, 60, 40}, 0x80204080);
	CHECK(update(&scene));
	fill(&scene, (struct rect){310, 310, 60, 40}, 0xff806040);
	CHECK(update(&scene));
	CHECK(model_commands(scene.model, WIRE_TO_SURFACE) > before);
	end(&scene);
}

TEST(only_what_is_damaged_is_looked_at)
{
	struct scene scene;
	struct rect damage[] = {{-10, -10, 20, 20}, {90, 90, 100, 100}, {300, 300, 10, 10}};
	CHECK(begin(&scene, 100, 100, false));
	CHECK(update(&scene));
	fill(&scene, (struct rect){0, 0, 5, 5}, 0xff112233);
	fill(&scene, (struct rect){95, 95, 5, 5}, 0xff332211);
	encoder_update(
		&scene.encoder, scene.surface, &scene.image, damage, 3, ANY_SIZE, &scene.pending);
	CHECK(flush(&scene));
	CHECK(same(&scene));
	end(&scene);
}

/* Frames are small, the picture catches up; what is drawn meanwhile is not lost. */
TEST(a_small_budget_only_takes_longer)
{
	struct scene scene;
	struct rect none = {0};
	CHECK(begin(&scene, 400, 300, false));
	CHECK(update(&scene));
	for (int step = 0; step < 60; step++) {
		struct rect whole = {0, 0, 400, 300};
		draw_something(&scene);
		encoder_update(&scene.encoder, scene.surface, &scene.image, &whole, 1, 2000,
			&scene.pending);
		CHECK(scene.pending.length <
			2000 + 3 * (ENCODER_SMALL_PIXELS + 400 * BEHIND_ROWS) + 4000);
		CHECK(flush(&scene));
	}
	for (int step = 0; scene.surface->behind.marked > 0; step++) {
		CHECK(step < 100);
		encoder_update(&scene.encoder, scene.surface, &scene.image, &none, 1, 2000,
			&scene.pending);
		CHECK(flush(&scene));
	}
	CHECK(same(&scene));
	end(&scene);
}

/* No part of a window that changes everywhere waits for ever. */
TEST(noise_has_its_turn_everywhere)
{
	struct scene scene;
	struct rect whole = {0, 0, 400, 300};
	int top = 0, bottom = 0;
	CHECK(begin(&scene, 400, 300, false));
	CHECK(update(&scene));
	for (int step = 0; step < 120; step++) {
		uint32_t first = model_surface(scene.model, SURFACE)->pixels[0];
		uint32_t last = model_surface(scene.model, SURFACE)->pixels[400 * 300 - 1];
		make_noise(&scene, whole);
		/* A corner that stays makes the change no rectangle. */
		fill(&scene, (struct rect){100, 0, 200, 16}, 0xff112233);
		encoder_update(&scene.encoder, scene.surface, &scene.image, &whole, 1, 40000,
			&scene.pending);
		CHECK(flush(&scene));
		top += model_surface(scene.model, SURFACE)->pixels[0] != first;
		bottom += model_surface(scene.model, SURFACE)->pixels[400 * 300 - 1] != last;
	}
	printf("# turns: %d at the top, %d at the bottom\n", top, bottom);
	CHECK(top >= 10 && bottom >= 10);
	end(&scene);
}

TEST(a_new_size_begins_with_the_old_pixels)
{
	struct scene scene;
	CHECK(begin(&scene, 300, 300, false));
	make_noise(&scene, (struct rect){0, 0, 300, 300});
	CHECK(update(&scene));
	uint32_t *old = scene.pixels;
	scene.pixels = NULL;
	set_size(&scene, 310, 290);
	for (int32_t y = 0; y < 290; y++) {
		memcpy(scene.pixels + y * 310, old + y * 300, 300 * 4);
	}
	free(old);
	struct surface *fresh = surface_create(SURFACE + 1, 310, 290, false);
	gfx_pdu_create_surface(&scene.pending, SURFACE + 1, 310, 290, GFX_FORMAT_XRGB);
	surface_inherit(fresh, scene.surface, &scene.pending);
	gfx_pdu_delete_surface(&scene.pending, SURFACE);
	surface_release(scene.surface);
	scene.surface = fresh;
	CHECK(update(&scene));
	CHECK(scene.sent < 400);
	surface_show_again(scene.surface, &scene.pending);
	CHECK(update(&scene));
	end(&scene);
}

/* A film: smooth, with a little grain. */
static void make_film(struct scene *scene, struct rect rect, uint32_t frame)
{
	for (int32_t y = rect.y; y < rect.y + rect.height; y++) {
		for (int32_t x = rect.x; x < rect.x + rect.width; x++) {
			uint32_t red = ((uint32_t)(x + y) / 2 + frame * 3) & 127;
			uint32_t green = ((uint32_t)y + frame * 2) & 127;
			scene->pixels[y * scene->image.width + x] =
				UINT32_C(0xff000000) | (red + any(4)) << 16 | green << 8 |
				((uint32_t)x & 127);
		}
	}
}

/* By how much colours differ between what was drawn and what is shown, on average. */
static double mean_error(const struct scene *scene)
{
	const struct model_surface *shown = model_surface(scene->model, scene->surface->id);
	int32_t count = scene->image.width * scene->image.height;
	int64_t sum = 0;
	for (int32_t i = 0; i < count; i++) {
		for (int shift = 0; shift < 24; shift += 8) {
			int difference = (int)(shown->pixels[i] >> shift & 255) -
					 (int)(scene->pixels[i] >> shift & 255);
			sum += difference < 0 ? -difference : difference;
		}
	}
	return (double)sum / (count * 3);
}

static bool begin_film(struct scene *scene, int32_t width, int32_t height, bool alpha)
{
	if (!begin(scene, width, height, alpha)) {
		return false;
	}
	scene->encoder.lossy = progressive_encode;
	scene->encoder.lossy_data = &scene->progressive;
	scene->encoder.now = 1000;
	return update(scene);
}

static bool send_later(struct scene *scene, int64_t later)
{
	struct rect whole = {0, 0, 40000, 40000};
	scene->encoder.now += later;
	encoder_update(&scene->encoder, scene->surface, &scene->image, &whole, 1, ANY_SIZE,
		&scene->pending);
	return flush(scene);
}

static bool step_film(struct scene *scene, struct rect rect, uint32_t frame, int64_t later)
{
	make_film(scene, rect, frame);
	return send_later(scene, later);
}

/* Time passes and nothing is drawn. */
static bool rest(struct scene *scene, size_t budget)
{
	scene->encoder.now += ROUGH_STILL_MS;
	for (int step = 0; rough_due(&scene->surface->rough) <= scene->encoder.now; step++) {
		encoder_update(&scene->encoder, scene->surface, &scene->image, NULL, 0, budget,
			&scene->pending);
		if (step > 1000 || !flush(scene)) {
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
	CHECK(model_commands(scene.model, WIRE_TO_SURFACE_2) >= 14);
	CHECK(scene.sent < 333 * 217 / 4);
	printf("# a frame of a film: %zu bytes, off by %.2f\n", scene.sent, mean_error(&scene));
	CHECK(mean_error(&scene) > 0 && mean_error(&scene) < 3);
	CHECK(rest(&scene, 5000));
	CHECK(same(&scene));
	CHECK_INT(scene.surface->rough.marked, 0);
	size_t before = model_commands(scene.model, WIRE_TO_SURFACE_2);
	CHECK(step_film(&scene, whole, 99, 2000));
	CHECK(same(&scene));
	CHECK_INT(model_commands(scene.model, WIRE_TO_SURFACE_2), before);
	end(&scene);
}

/* Not a film, and nothing else makes it smaller: three bytes a pixel. */
TEST(noise_is_sent_roughly_and_as_it_is_once_still)
{
	struct scene scene;
	struct rect whole = {0, 0, 333, 217};
	CHECK(begin_film(&scene, 333, 217, false));
	for (uint32_t frame = 0; frame < 20; frame++) {
		make_noise(&scene, whole);
		CHECK(send_later(&scene, 40));
	}
	CHECK(model_commands(scene.model, WIRE_TO_SURFACE_2) >= 14);
	printf("# a frame of noise: %zu bytes\n", scene.sent);
	CHECK(scene.sent < 333 * 217 / 2);
	CHECK(!same(&scene));
	CHECK(rest(&scene, 5000));
	CHECK(same(&scene));
	end(&scene);
}

/* Two colours, no two neighbours the same: as icons and hatched controls are. */
static void make_checks(struct scene *scene, struct rect rect, uint32_t frame)
{
	for (int32_t y = rect.y; y < rect.y + rect.height; y++) {
		for (int32_t x = rect.x; x < rect.x + rect.width; x++) {
			bool light = ((uint32_t)(x + y) + frame) % 2 == 0;
			scene->pixels[y * scene->image.width + x] = light ? 0xff3584e4 : 0xfff0f0f0;
		}
	}
}

TEST(what_is_drawn_is_never_sent_roughly)
{
	struct scene scene;
	struct rect whole = {0, 0, 320, 240};
	CHECK(begin_film(&scene, 320, 240, false));
	for (uint32_t i = 0; i < 40; i++) {
		scene.encoder.now += 40;
		if (i % 2 == 0) {
			make_checks(&scene, whole, i / 2);
		} else {
			fill(&scene, whole, 0xfff0f0f0 - i);
			write_text(&scene, (struct rect){(int32_t)i, 0, 200, 240});
		}
		CHECK(update(&scene));
	}
	CHECK_INT(model_commands(scene.model, WIRE_TO_SURFACE_2), 0);
	end(&scene);
}

static bool disturb_film(struct scene *scene, struct rect film)
{
	for (uint32_t frame = 0; frame < 12; frame++) {
		if (frame % 3 == 2) {
			draw_something(scene);
		}
		if (frame % 4 == 3) {
			scroll(scene, (struct rect){20, 20, 300, 250}, 0, (int32_t)any(41) - 20);
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
			struct rect film = {40, (int32_t)any(60), 240, 150};
			CHECK(disturb_film(&scene, film));
			CHECK(rest(&scene, round % 2 == 0 ? ANY_SIZE : 3000));
			CHECK(same(&scene));
		}
		CHECK(model_commands(scene.model, WIRE_TO_SURFACE_2) > 20);
		end(&scene);
	}
}

/* As in an X11 window, whose frame has round corners. */
TEST(a_film_is_sent_roughly_between_translucent_corners)
{
	struct scene scene;
	CHECK(begin_film(&scene, 333, 217, true));
	fill(&scene, (struct rect){0, 0, 6, 6}, 0);
	fill(&scene, (struct rect){327, 211, 6, 6}, 0x20000000);
	CHECK(update(&scene));
	for (uint32_t frame = 0; frame < 20; frame++) {
		CHECK(step_film(&scene, (struct rect){6, 20, 321, 191}, frame, 40));
	}
	CHECK(model_commands(scene.model, WIRE_TO_SURFACE_2) >= 14);
	CHECK(rest(&scene, 5000));
	CHECK(same(&scene));
	end(&scene);
}

TEST(a_client_that_forgot_learns_anew)
{
	struct scene scene;
	CHECK(begin(&scene, 300, 200, false));
	write_text(&scene, (struct rect){0, 0, 300, 200});
	CHECK(update(&scene));
	model_destroy(scene.model);
	scene.model = model_create();
	surface_release(scene.surface);
	zgfx_finish(&scene.zgfx);
	CHECK(zgfx_init(&scene.zgfx));
	encoder_reset(&scene.encoder);
	scene.surface = surface_create(SURFACE, 300, 200, false);
	gfx_pdu_create_surface(&scene.pending, SURFACE, 300, 200, GFX_FORMAT_XRGB);
	CHECK(update(&scene));
	end(&scene);
}

TEST_MAIN()
