// SPDX-License-Identifier: MIT
#include <stdlib.h>
#include <string.h>

#include "compositor-glue/rdp/gfx_pdu.h"
#include "tests/harness/any.h"
#include "tests/unit/rdp/scene.h"

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

static void draw(struct scene *scene, struct input *input)
{
	int32_t width = scene->image.width, height = scene->image.height;
	int32_t left = (int32_t)take(input, (uint32_t)width),
		top = (int32_t)take(input, (uint32_t)height);
	int32_t right = left + 1 + (int32_t)take(input, (uint32_t)(width - left));
	int32_t bottom = top + 1 + (int32_t)take(input, (uint32_t)(height - top));
	uint32_t kind = take(input, 5), base = take(input, 65536) * 251, state = base;
	int32_t dx = (int32_t)take(input, 21) - 10, dy = (int32_t)take(input, 21) - 10;
	uint32_t opaque = scene->surface->alpha && kind >= 2 && kind < 4 ? 0 : OPAQUE;
	for (int32_t y = top; y < bottom; y++) {
		for (int32_t x = left; x < right; x++) {
			uint32_t *to = &scene->pixels[y * width + x];
			bool moved = kind == 3 && x + dx >= 0 && x + dx < width && y + dy >= 0 &&
				     y + dy < height;
			*to = opaque | (moved ? scene->pixels[(y + dy) * width + x + dx]
					      : colour(kind, base, &state, x, y));
		}
	}
}

static void send(struct scene *scene, size_t budget)
{
	if (!scene_send(scene, budget)) {
		abort();
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

static void begin(struct scene *scene, struct input *input)
{
	int32_t width, height;
	choose_size(input, &width, &height);
	if (!scene_begin_encoder(scene, width, height, take(input, 2) == 1)) {
		abort();
	}
	memset(scene->pixels, 0, (size_t)width * (size_t)height * 4);
	if (take(input, 2) == 1) {
		scene->encoder.lossy = progressive_encode;
		scene->encoder.lossy_data = &scene->progressive;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = {data, size};
	struct scene scene;
	begin(&scene, &input);
	for (int step = 0; input.left > 0 && step < STEPS_MAX; step++) {
		draw(&scene, &input);
		scene.encoder.now += take(&input, 2 * ROUGH_STILL_MS);
		scene.encoder.patience = take(&input, 65536);
		send(&scene, 1 + take(&input, 65536));
	}
	for (int step = 0; step == 0 || surface_due(scene.surface) != ROUGH_NEVER; step++) {
		scene.encoder.now += ROUGH_STILL_MS;
		send(&scene, 1 << 20);
	}
	if (!scene_same(&scene)) {
		abort();
	}
	scene_end(&scene);
	return 0;
}
