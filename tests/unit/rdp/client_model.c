// SPDX-License-Identifier: MIT
#include "tests/unit/rdp/client_model.h"

#include <freerdp/codec/clear.h>
#include <freerdp/codec/color.h>
#include <freerdp/codec/progressive.h>
#include <freerdp/codec/zgfx.h>
#include <freerdp/settings_types.h>
#include <stdlib.h>
#include <string.h>

#define COMMANDS 32
#define CODEC_CLEARCODEC 8
#define CODEC_PROGRESSIVE 9
#define CODEC_ALPHA 12
#define FORMAT_ARGB 0x21
#define RGB UINT32_C(0xffffff)
#define OPAQUE UINT32_C(0xff000000)

struct slot {
	int32_t width, height;
	uint32_t *pixels; // NULL when empty
};

struct model {
	ZGFX_CONTEXT *zgfx;
	CLEAR_CONTEXT *clear;
	PROGRESSIVE_CONTEXT *progressive;
	struct model_surface surfaces[MODEL_SURFACES];
	struct slot slots[MODEL_SLOTS];
	size_t commands[COMMANDS];
	uint32_t frame;
};

/* What is left of a message; `short_of` when more was read than there is. */
struct reader {
	const uint8_t *at;
	size_t left;
	bool short_of;
};

struct box {
	int32_t left, top, right, bottom;
};

static uint32_t get(struct reader *reader, size_t count)
{
	uint32_t value = 0;
	if (reader->left < count) {
		reader->short_of = true;
		reader->left = 0;
		return 0;
	}
	for (size_t i = 0; i < count; i++) {
		value |= (uint32_t)reader->at[i] << 8 * i;
	}
	reader->at += count;
	reader->left -= count;
	return value;
}

static struct box get_box(struct reader *reader)
{
	struct box box;
	box.left = (int32_t)get(reader, 2);
	box.top = (int32_t)get(reader, 2);
	box.right = (int32_t)get(reader, 2);
	box.bottom = (int32_t)get(reader, 2);
	return box;
}

static struct model_surface *find(const struct model *model, uint16_t id)
{
	for (size_t i = 0; i < MODEL_SURFACES; i++) {
		if (model->surfaces[i].id == id) {
			return (struct model_surface *)&model->surfaces[i];
		}
	}
	return NULL;
}

static bool inside(const struct model_surface *surface, const struct box *box)
{
	return surface != NULL && box->left < box->right && box->top < box->bottom &&
	       box->right <= surface->width && box->bottom <= surface->height;
}

static bool create_surface(struct model *model, struct reader *reader)
{
	uint16_t id = (uint16_t)get(reader, 2);
	struct model_surface *surface = find(model, 0);
	if (id == 0 || surface == NULL || find(model, id) != NULL) {
		return false;
	}
	surface->id = id;
	surface->width = (int32_t)get(reader, 2);
	surface->height = (int32_t)get(reader, 2);
	/* As FreeRDP's client has them: in one with alpha, colours leave that as it is. */
	surface->format = get(reader, 1) == FORMAT_ARGB ? PIXEL_FORMAT_BGRA32 : PIXEL_FORMAT_BGRX32;
	size_t pixels = (size_t)surface->width * (size_t)surface->height;
	surface->pixels = malloc(pixels * 4);
	memset(surface->pixels, 0x5a, pixels * 4);
	return pixels > 0 && progressive_create_surface_context(model->progressive, id,
				     (uint32_t)surface->width, (uint32_t)surface->height) >= 0;
}

static bool delete_surface(struct model *model, struct reader *reader)
{
	struct model_surface *surface = find(model, (uint16_t)get(reader, 2));
	if (surface == NULL || surface->id == 0) {
		return false;
	}
	free(surface->pixels);
	progressive_delete_surface_context(model->progressive, surface->id);
	*surface = (struct model_surface){0};
	return true;
}

static bool solid_fill(struct model *model, struct reader *reader)
{
	struct model_surface *surface = find(model, (uint16_t)get(reader, 2));
	uint32_t colour = get(reader, 4), count = get(reader, 2);
	for (uint32_t i = 0; i < count; i++) {
		struct box box = get_box(reader);
		if (!inside(surface, &box)) {
			return false;
		}
		for (int32_t y = box.top; y < box.bottom; y++) {
			for (int32_t x = box.left; x < box.right; x++) {
				surface->pixels[y * surface->width + x] = (colour & RGB) | OPAQUE;
			}
		}
	}
	return true;
}

static bool place(struct model_surface *surface, const struct slot *from, struct reader *reader)
{
	uint32_t count = get(reader, 2);
	for (uint32_t i = 0; i < count; i++) {
		int32_t x = (int32_t)get(reader, 2), y = (int32_t)get(reader, 2);
		struct box to = {x, y, x + from->width, y + from->height};
		if (!inside(surface, &to)) {
			return false;
		}
		for (int32_t row = 0; row < from->height; row++) {
			memcpy(surface->pixels + (y + row) * surface->width + x,
				from->pixels + row * from->width, (size_t)from->width * 4);
		}
	}
	return count > 0;
}

/* A copy of that part of a surface; its pixels are NULL when it is not inside. */
static struct slot cut(const struct model_surface *surface, const struct box *box)
{
	struct slot slot = {box->right - box->left, box->bottom - box->top, NULL};
	if (!inside(surface, box)) {
		return slot;
	}
	slot.pixels = malloc((size_t)slot.width * (size_t)slot.height * 4);
	for (int32_t row = 0; row < slot.height; row++) {
		memcpy(slot.pixels + row * slot.width,
			surface->pixels + (box->top + row) * surface->width + box->left,
			(size_t)slot.width * 4);
	}
	return slot;
}

static bool surface_to_surface(struct model *model, struct reader *reader)
{
	const struct model_surface *from = find(model, (uint16_t)get(reader, 2));
	struct model_surface *to = find(model, (uint16_t)get(reader, 2));
	struct box box = get_box(reader);
	struct slot copy = cut(from, &box);
	bool done = copy.pixels != NULL && place(to, &copy, reader);
	free(copy.pixels);
	return done;
}

static bool surface_to_cache(struct model *model, struct reader *reader)
{
	const struct model_surface *from = find(model, (uint16_t)get(reader, 2));
	get(reader, 4);
	get(reader, 4);
	uint32_t number = get(reader, 2);
	struct box box = get_box(reader);
	if (number == 0 || number > MODEL_SLOTS) {
		return false;
	}
	struct slot *slot = &model->slots[number - 1];
	free(slot->pixels);
	*slot = cut(from, &box);
	return slot->pixels != NULL;
}

static bool cache_to_surface(struct model *model, struct reader *reader)
{
	uint32_t number = get(reader, 2);
	struct model_surface *to = find(model, (uint16_t)get(reader, 2));
	return number > 0 && number <= MODEL_SLOTS && model->slots[number - 1].pixels != NULL &&
	       place(to, &model->slots[number - 1], reader);
}

static bool decode_alpha(
	struct model_surface *surface, const struct box *box, const uint8_t *data, size_t size)
{
	struct reader reader = {data, size, false};
	int32_t width = box->right - box->left, pixels = width * (box->bottom - box->top), at = 0;
	bool runs = (get(&reader, 2), get(&reader, 2)) == 1;
	while (at < pixels && !reader.short_of) {
		uint32_t alpha = get(&reader, 1), run = runs ? get(&reader, 1) : 1;
		if (runs && run == 0xff) {
			run = get(&reader, 2);
			run = run == 0xffff ? get(&reader, 4) : run;
		}
		for (; run > 0 && at < pixels; run--, at++) {
			uint32_t *pixel =
				&surface->pixels[(box->top + at / width) * surface->width +
						 box->left + at % width];
			*pixel = (*pixel & RGB) | alpha << 24;
		}
	}
	return at == pixels && !reader.short_of && reader.left == 0;
}

static bool wire_to_surface(struct model *model, struct reader *reader)
{
	struct model_surface *surface = find(model, (uint16_t)get(reader, 2));
	uint32_t codec = get(reader, 2);
	get(reader, 1);
	struct box box = get_box(reader);
	uint32_t size = get(reader, 4);
	if (!inside(surface, &box) || size != reader->left) {
		return false;
	}
	if (codec == CODEC_ALPHA) {
		return decode_alpha(surface, &box, reader->at, size);
	}
	if (codec != CODEC_CLEARCODEC) {
		return false;
	}
	uint32_t width = (uint32_t)surface->width, height = (uint32_t)surface->height;
	return clear_decompress(model->clear, reader->at, size, (uint32_t)(box.right - box.left),
		       (uint32_t)(box.bottom - box.top), (uint8_t *)surface->pixels,
		       surface->format, width * 4, (uint32_t)box.left, (uint32_t)box.top, width,
		       height, NULL) >= 0;
}

static bool wire_to_surface_2(struct model *model, struct reader *reader)
{
	struct model_surface *surface = find(model, (uint16_t)get(reader, 2));
	uint32_t codec = get(reader, 2);
	get(reader, 4);
	get(reader, 1);
	uint32_t size = get(reader, 4);
	if (surface == NULL || codec != CODEC_PROGRESSIVE || size != reader->left) {
		return false;
	}
	return progressive_decompress(model->progressive, reader->at, size,
		       (uint8_t *)surface->pixels, surface->format, (uint32_t)surface->width * 4, 0,
		       0, NULL, surface->id, model->frame++) >= 0;
}

static bool obey(struct model *model, uint16_t command, struct reader *reader)
{
	switch (command) {
	case 0x01:
		return wire_to_surface(model, reader);
	case 0x02:
		return wire_to_surface_2(model, reader);
	case 0x04:
		return solid_fill(model, reader);
	case 0x05:
		return surface_to_surface(model, reader);
	case 0x06:
		return surface_to_cache(model, reader);
	case 0x07:
		return cache_to_surface(model, reader);
	case 0x09:
		return create_surface(model, reader);
	case 0x0a:
		return delete_surface(model, reader);
	default:
		return true;
	}
}

static bool receive_commands(struct model *model, struct reader *reader)
{
	while (reader->left > 0) {
		uint16_t command = (uint16_t)get(reader, 2);
		get(reader, 2);
		uint32_t size = get(reader, 4);
		if (reader->short_of || size < 8 || size - 8 > reader->left ||
			command >= COMMANDS) {
			return false;
		}
		struct reader body = {reader->at, size - 8, false};
		model->commands[command]++;
		if (!obey(model, command, &body) || body.short_of) {
			return false;
		}
		reader->at += size - 8;
		reader->left -= size - 8;
	}
	return true;
}

struct model *model_create(void)
{
	struct model *model = calloc(1, sizeof(*model));
	model->zgfx = zgfx_context_new(FALSE);
	model->clear = clear_context_new(FALSE);
	model->progressive = progressive_context_new_ex(FALSE, THREADING_FLAGS_DISABLE_THREADS);
	return model;
}

void model_destroy(struct model *model)
{
	for (size_t i = 0; i < MODEL_SURFACES; i++) {
		free(model->surfaces[i].pixels);
	}
	for (size_t i = 0; i < MODEL_SLOTS; i++) {
		free(model->slots[i].pixels);
	}
	clear_context_free(model->clear);
	progressive_context_free(model->progressive);
	zgfx_context_free(model->zgfx);
	free(model);
}

bool model_receive(struct model *model, const uint8_t *data, size_t size)
{
	uint8_t *plain = NULL;
	uint32_t length = 0;
	bool done = zgfx_decompress(model->zgfx, data, (uint32_t)size, &plain, &length, 0) >= 0;
	struct reader reader = {plain, length, false};
	done = done && receive_commands(model, &reader);
	free(plain);
	return done;
}

const struct model_surface *model_surface(const struct model *model, uint16_t id)
{
	return find(model, id);
}

size_t model_commands(const struct model *model, uint16_t command)
{
	return model->commands[command];
}
