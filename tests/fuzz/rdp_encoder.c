// SPDX-License-Identifier: MIT
#include <stdlib.h>
#include <string.h>

#include "compositor-glue/rdp/encoder.h"
#include "compositor-glue/rdp/progressive.h"
#include "compositor-glue/rdp/zgfx.h"
#include "tests/harness/any.h"
#include "tests/unit/rdp/client_model.h"

#define SURFACE 1
#define SIDE_MAX 200
#define THIN 4
#define STEPS_MAX 24
#define OPAQUE UINT32_C(0xff000000)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
	const uint8_t *at;
	size_t left;
};

static uint32_t take(struct input *input, uint32_t below)
{
	if (input->left < 2) {
		input->left = 0;
		return 0;
	}
	uint32_t value = input->at[0] | (uint32_t)input->at[1] << 8;
	input->at += 2;
	input->left -= 2;
	return value % below;
}

struct window {
	struct encoder encoder;
	struct progressive progressive;
	struct surface *surface;
	struct zgfx zgfx;
	struct bytes pending, message;
	struct model *model;
	struct image image;
	uint32_t *pixels;
};

/* What an application may draw: one colour, few, many, what was there, elsewhere, or a photograph.
 */
static uint32_t colour(uint32_t kind, uint32_t base, uint32_t *state, int32_t x, int32_t y)
{
	uint32_t any = any_next(state);
	switch (kind) {
	case 0:
		return base;
	case 1:
		return base ^ (any >> 30) * 0x404040;
	case 4:
		return (base + (uint32_t)x * 2 + (any >> 30)) % 256 << 16 |
		       (base + (uint32_t)y) % 256;
	default:
		return any >> 8 | any << 24;
	}
}

static void draw(struct window *window, struct input *input)
{
	int32_t width = window->image.width, height = window->image.height;
	int32_t left = (int32_t)take(input, (uint32_t)width),
		top = (int32_t)take(input, (uint32_t)height);
	int32_t right = left + 1 + (int32_t)take(input, (uint32_t)(width - left));
	int32_t bottom = top + 1 + (int32_t)take(input, (uint32_t)(height - top));
	uint32_t kind = take(input, 5), base = take(input, 65536) * 251, state = base;
	int32_t dx = (int32_t)take(input, 21) - 10, dy = (int32_t)take(input, 21) - 10;
	uint32_t opaque = window->surface->alpha && kind >= 2 && kind < 4 ? 0 : OPAQUE;
	for (int32_t y = top; y < bottom; y++) {
		for (int32_t x = left; x < right; x++) {
			uint32_t *to = &window->pixels[y * width + x];
			bool moved = kind == 3 && x + dx >= 0 && x + dx < width && y + dy >= 0 &&
				     y + dy < height;
			*to = opaque | (moved ? window->pixels[(y + dy) * width + x + dx]
					      : colour(kind, base, &state, x, y));
		}
	}
}

static void send(struct window *window, size_t budget)
{
	struct rect whole = {0, 0, GFX_SIDE_LIMIT, GFX_SIDE_LIMIT};
	encoder_update(&window->encoder, window->surface, &window->image, &whole, 1, budget,
		&window->pending);
	if (window->pending.length == 0) {
		return;
	}
	bytes_clear(&window->message);
	zgfx_compress(
		&window->zgfx, &window->message, window->pending.data, window->pending.length);
	bytes_clear(&window->pending);
	if (!model_receive(window->model, window->message.data, window->message.length)) {
		abort();
	}
}

/* The client shows what was drawn, bit for bit. */
static void check(const struct window *window)
{
	const struct model_surface *shown = model_surface(window->model, SURFACE);
	uint32_t mask = window->surface->alpha ? UINT32_MAX : ~OPAQUE;
	for (int32_t i = 0; i < window->image.width * window->image.height; i++) {
		if (((shown->pixels[i] ^ window->pixels[i]) & mask) != 0) {
			abort();
		}
	}
}

/* Now and then as large as a side may be; then the other one is short. */
static void choose_size(struct input *input, int32_t *width, int32_t *height)
{
	static const int32_t large[] = {4096, 16384, GFX_SIDE_LIMIT};
	uint32_t first = take(input, SIDE_MAX + 6), second = take(input, SIDE_MAX);
	*width = 1 + (int32_t)first;
	*height = 1 + (int32_t)second;
	if (first >= SIDE_MAX) {
		int32_t length = large[(first - SIDE_MAX) % 3], thin = 1 + (int32_t)second % THIN;
		*width = first < SIDE_MAX + 3 ? length : thin;
		*height = first < SIDE_MAX + 3 ? thin : length;
	}
}

static void begin(struct window *window, struct input *input)
{
	int32_t width, height;
	choose_size(input, &width, &height);
	window->pixels = calloc((size_t)width * (size_t)height, 4);
	window->image =
		(struct image){(const uint8_t *)window->pixels, width, height, (size_t)width * 4};
	window->surface = surface_create(SURFACE, width, height, take(input, 2) == 1);
	window->model = model_create();
	gfx_pdu_create_surface(&window->pending, SURFACE, (uint16_t)width, (uint16_t)height,
		surface_format(window->surface));
	if (!encoder_init(&window->encoder) || !zgfx_init(&window->zgfx)) {
		abort();
	}
	if (take(input, 2) == 1) {
		window->encoder.lossy = progressive_encode;
		window->encoder.lossy_data = &window->progressive;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = {data, size};
	struct window window = {0};
	begin(&window, &input);
	for (int step = 0; input.left > 0 && step < STEPS_MAX; step++) {
		draw(&window, &input);
		window.encoder.now += take(&input, 2 * ROUGH_STILL_MS);
		window.encoder.patience = take(&input, 65536);
		send(&window, 1 + take(&input, 65536));
	}
	for (int step = 0; step == 0 || surface_due(window.surface) != ROUGH_NEVER; step++) {
		window.encoder.now += ROUGH_STILL_MS;
		send(&window, 1 << 20);
	}
	check(&window);
	encoder_finish(&window.encoder);
	progressive_finish(&window.progressive);
	surface_release(window.surface);
	zgfx_finish(&window.zgfx);
	bytes_finish(&window.pending);
	bytes_finish(&window.message);
	model_destroy(window.model);
	free(window.pixels);
	return 0;
}
