// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/encoder.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "compositor-glue/rdp/alpha.h"
#include "compositor-glue/rdp/buffer.h"
#include "compositor-glue/rdp/gfx_pdu.h"

#define OPAQUE UINT32_C(0xff000000)

bool encoder_init(struct encoder *encoder)
{
	struct vbar_key secret;
	if (getrandom(&secret, sizeof(secret), 0) != sizeof(secret)) {
		return false;
	}
	return clearcodec_init(&encoder->clear, secret);
}

void encoder_finish(struct encoder *encoder)
{
	clearcodec_finish(&encoder->clear);
}

void encoder_reset(struct encoder *encoder)
{
	clearcodec_reset(&encoder->clear);
}

struct surface *surface_create(uint16_t id, int32_t width, int32_t height, bool alpha)
{
	struct surface *surface = calloc(1, sizeof(*surface));
	if (surface == NULL) {
		return NULL;
	}
	*surface = (struct surface){
		.id = id, .width = width, .height = height, .alpha = alpha, .holders = 1};
	surface->shadow = malloc((size_t)width * (size_t)height * 4);
	if (surface->shadow == NULL || !behind_init(&surface->behind, height) ||
		!rough_init(&surface->rough, height)) {
		surface_release(surface);
		return NULL;
	}
	return surface;
}

struct surface *surface_share(struct surface *surface)
{
	surface->holders++;
	return surface;
}

void surface_release(struct surface *surface)
{
	if (surface != NULL && --surface->holders == 0) {
		behind_finish(&surface->behind);
		rough_finish(&surface->rough);
		free(surface->shadow);
		free(surface);
	}
}

enum gfx_format surface_format(const struct surface *surface)
{
	return surface->alpha ? GFX_FORMAT_ARGB : GFX_FORMAT_XRGB;
}

static uint8_t *shadow_at(const struct surface *surface, int32_t x, int32_t y)
{
	return surface->shadow + ((size_t)y * (size_t)surface->width + (size_t)x) * 4;
}

static struct image shadow_image(const struct surface *surface)
{
	return (struct image){
		surface->shadow, surface->width, surface->height, (size_t)surface->width * 4};
}

static void fill_shadow(struct surface *surface, uint32_t colour)
{
	uint32_t *pixels = (uint32_t *)(void *)surface->shadow;
	size_t count = (size_t)surface->width * (size_t)surface->height;
	for (size_t i = 0; i < count; i++) {
		pixels[i] = colour;
	}
}

void surface_inherit(struct surface *surface, const struct surface *from, struct bytes *out)
{
	struct rect common = {
		.width = surface->width < from->width ? surface->width : from->width,
		.height = surface->height < from->height ? surface->height : from->height,
	};
	if (!from->known || from->alpha != surface->alpha) {
		return;
	}
	/* What is not in the other one gets a colour, so that all of it is known. */
	struct rect whole = {0, 0, surface->width, surface->height};
	gfx_pdu_solid_fill(out, surface->id, OPAQUE, &whole);
	fill_shadow(surface, OPAQUE);
	gfx_pdu_copy(out, from->id, surface->id, &common, 0, 0);
	for (int32_t y = 0; y < common.height; y++) {
		memcpy(shadow_at(surface, 0, y), shadow_at(from, 0, y), (size_t)common.width * 4);
	}
	if (rough_overlaps(&from->rough, &common)) {
		rough_mark(&surface->rough, &common);
	}
	surface->known = true;
}

void surface_show_again(const struct surface *surface, struct bytes *out)
{
	struct rect whole = {0, 0, surface->width, surface->height};
	if (surface->known) {
		gfx_pdu_copy(out, surface->id, surface->id, &whole, 0, 0);
	}
}

int64_t surface_due(const struct surface *surface)
{
	return surface->behind.marked > 0 ? 0 : rough_due(&surface->rough);
}

static bool clip(const struct surface *surface, const struct rect *rect, struct rect *clipped)
{
	int64_t right = (int64_t)rect->x + rect->width, bottom = (int64_t)rect->y + rect->height;
	int64_t left = rect->x > 0 ? rect->x : 0, top = rect->y > 0 ? rect->y : 0;
	right = right < surface->width ? right : surface->width;
	bottom = bottom < surface->height ? bottom : surface->height;
	if (left >= right || top >= bottom) {
		return false;
	}
	*clipped = (struct rect){
		(int32_t)left, (int32_t)top, (int32_t)(right - left), (int32_t)(bottom - top)};
	return true;
}

/* movement */

static void move_shadow(struct surface *surface, const struct move *move)
{
	const struct rect *from = &move->from;
	for (int32_t i = 0; i < from->height; i++) {
		/* Away from where it goes, so that no row is read after it was written. */
		int32_t y = from->y + (move->dy > 0 ? from->height - 1 - i : i);
		memmove(shadow_at(surface, from->x + move->dx, y + move->dy),
			shadow_at(surface, from->x, y), (size_t)from->width * 4);
	}
	if (rough_overlaps(&surface->rough, from)) {
		struct rect to = {
			from->x + move->dx, from->y + move->dy, from->width, from->height};
		rough_mark(&surface->rough, &to);
	}
}

static void send_moves(struct encoder *encoder, struct surface *surface, const struct image *image,
	struct bytes *out)
{
	struct image before = shadow_image(surface);
	struct rect hull = refined_hull(&encoder->refined);
	motion_find(&encoder->motion, image, &before, &hull);
	if (encoder->motion.count == 0) {
		return;
	}
	for (size_t i = 0; i < encoder->motion.count; i++) {
		const struct move *move = &encoder->motion.moves[i];
		gfx_pdu_copy(out, surface->id, surface->id, &move->from, move->from.x + move->dx,
			move->from.y + move->dy);
		move_shadow(surface, move);
	}
	encoder->refined.count = 0;
	refine(&encoder->refined, image, &before, &hull);
}

/* pixels */

static void send_bitmap(struct encoder *encoder, const struct surface *surface,
	const struct image *image, const struct rect *rect, struct bytes *out)
{
	if (rect->height > 0) {
		size_t begun = gfx_pdu_begin_bitmap(
			out, surface->id, GFX_CODEC_CLEARCODEC, GFX_FORMAT_XRGB, rect);
		clearcodec_encode(&encoder->clear, out, image, rect);
		gfx_pdu_end_bitmap(out, begun);
	}
}

/* After the colours, which leave what they paint opaque. */
static void send_alpha(const struct surface *surface, const struct image *image,
	const struct rect *rect, struct bytes *out)
{
	struct buffer buffer = {.pixels = image->pixels,
		.width = image->width,
		.height = image->height,
		.stride = (int32_t)image->stride};
	size_t begun =
		gfx_pdu_begin_bitmap(out, surface->id, GFX_CODEC_ALPHA, GFX_FORMAT_ARGB, rect);
	uint8_t *to =
		bytes_reserve(out, ALPHA_HEADER_SIZE + (size_t)rect->width * (size_t)rect->height);
	if (to != NULL) {
		out->length += alpha_encode(to, &buffer, rect);
	}
	gfx_pdu_end_bitmap(out, begun);
}

/* How many rows from there on have the one colour of the first pixel. */
static int32_t uniform_rows(const struct image *image, const struct rect *rect, int32_t y)
{
	uint32_t colour = *image_row(image, rect->x, y);
	int32_t rows = 0;
	for (; y + rows < rect->y + rect->height; rows++) {
		const uint32_t *row = image_row(image, rect->x, y + rows);
		if (row[0] != colour || memcmp(row, row + 1, (size_t)(rect->width - 1) * 4) != 0) {
			break;
		}
	}
	return rows;
}

static void send_rect(struct encoder *encoder, const struct surface *surface,
	const struct image *image, const struct rect *rect, struct bytes *out)
{
	struct rect rest = {rect->x, rect->y, rect->width, 0};
	int32_t bottom = rect->y + rect->height;
	for (int32_t y = rect->y; y < bottom;) {
		int32_t rows = uniform_rows(image, rect, y);
		bool whole = rows == rect->height;
		if (whole || (int64_t)rows * rect->width >= ENCODER_FILL_PIXELS) {
			struct rect fill = {rect->x, y, rect->width, rows};
			send_bitmap(encoder, surface, image, &rest, out);
			gfx_pdu_solid_fill(out, surface->id, *image_row(image, rect->x, y), &fill);
			rest.y = y + rows;
			rest.height = 0;
		} else {
			rows = rows > 0 ? rows : 1;
			rest.height += rows;
		}
		y += rows;
	}
	send_bitmap(encoder, surface, image, &rest, out);
}

static void update_shadow(
	struct surface *surface, const struct image *image, const struct rect *rect)
{
	for (int32_t y = rect->y; y < rect->y + rect->height; y++) {
		memcpy(shadow_at(surface, rect->x, y), image_row(image, rect->x, y),
			(size_t)rect->width * 4);
	}
}

/* A call's state: where to, and how far. */
struct sending {
	struct encoder *encoder;
	struct surface *surface;
	const struct image *image;
	struct bytes *out;
	size_t end; // of the budget, in out
};

/* Neighbours are alike and yet not the same: neither text nor controls, and no noise either. */
static bool looks_like_a_photograph(const struct image *image, const struct rect *rect)
{
	enum {
		SAMPLES = 1024,
		ALIKE = 32
	};
	int64_t pixels = (int64_t)(rect->width - 1) * rect->height, step = pixels / SAMPLES | 1;
	int64_t seen = 0, alike = 0;
	for (int64_t i = 0; i < pixels; i += step, seen++) {
		const uint8_t *at = (const uint8_t *)image_row(image,
			rect->x + (int32_t)(i % (rect->width - 1)),
			rect->y + (int32_t)(i / (rect->width - 1)));
		int most = 0;
		for (int k = 0; k < 3; k++) {
			int difference = abs(at[k] - at[k + 4]);
			most = difference > most ? difference : most;
		}
		alike += most > 0 && most <= ALIKE;
	}
	return alike * 2 > seen;
}

static bool is_video(
	const struct sending *sending, const struct image *image, const struct rect *rect)
{
	return sending->encoder->lossy != NULL && !sending->surface->alpha &&
	       (int64_t)rect->width * rect->height >= ENCODER_LOSSY_PIXELS &&
	       rough_is_hot(&sending->surface->rough, rect) && looks_like_a_photograph(image, rect);
}

static bool send_video(struct sending *sending, const struct image *shadow, const struct rect *rect)
{
	struct encoder *encoder = sending->encoder;
	struct surface *surface = sending->surface;
	if (!is_video(sending, shadow, rect) ||
		!encoder->lossy(encoder->lossy_data, surface->id, shadow, rect, sending->out)) {
		return false;
	}
	rough_mark(&surface->rough, rect);
	return true;
}

/*
 * The application may draw while we read. So the pixels are read once, into the shadow, and the
 * client gets what is there.
 */
static void send_chunk(struct sending *sending, const struct rect *rect)
{
	struct image shadow = shadow_image(sending->surface);
	update_shadow(sending->surface, sending->image, rect);
	if (send_video(sending, &shadow, rect)) {
		return;
	}
	send_rect(sending->encoder, sending->surface, &shadow, rect, sending->out);
	if (sending->surface->alpha) {
		send_alpha(sending->surface, &shadow, rect, sending->out);
	}
}

static void send_refined(struct sending *sending, const struct refined *refined)
{
	for (size_t i = 0; i < refined->count; i++) {
		send_chunk(sending, &refined->rects[i]);
	}
}

static void find_changes(struct refined *refined, const struct surface *surface,
	const struct image *image, const struct rect *damage, size_t count)
{
	struct rect whole = {0, 0, surface->width, surface->height}, clipped;
	struct image before = shadow_image(surface);
	refined->count = 0;
	if (!surface->known) {
		refined_add(refined, &whole);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		if (clip(surface, &damage[i], &clipped)) {
			refine(refined, image, &before, &clipped);
		}
	}
}

/* What was sent roughly and is still now, as it is. */
static void send_exact(struct sending *sending)
{
	struct image shadow = shadow_image(sending->surface);
	struct rect rect;
	while (sending->out->length < sending->end &&
		rough_take(&sending->surface->rough, sending->encoder->now, &rect)) {
		send_rect(sending->encoder, sending->surface, &shadow, &rect, sending->out);
	}
}

/* How many pixels there is room for: a pixel takes three bytes at worst, unless it is video. */
static int64_t room(const struct sending *sending)
{
	const struct surface *surface = sending->surface;
	int64_t bytes = (int64_t)(sending->end - sending->out->length);
	int32_t top = behind_next(&surface->behind), left = surface->height - top;
	struct rect next = {
		0, top, surface->width, left < ENCODER_LOSSY_ROWS ? left : ENCODER_LOSSY_ROWS};
	int64_t pixels = bytes / 3;
	if (top >= 0 && is_video(sending, sending->image, &next)) {
		int64_t tiles = (int64_t)surface->width * ENCODER_LOSSY_ROWS;
		int64_t rows = bytes * ENCODER_LOSSY_GAIN / tiles;
		pixels = (rows > 0 ? rows : 1) * tiles;
	}
	return pixels < ENCODER_CHUNK_PIXELS ? pixels : ENCODER_CHUNK_PIXELS;
}

static void catch_up(struct sending *sending)
{
	struct refined *refined = &sending->encoder->refined;
	struct image before = shadow_image(sending->surface);
	struct rect rect;
	while (sending->out->length < sending->end &&
		behind_take(&sending->surface->behind, room(sending), &rect)) {
		refined->count = 0;
		refine(refined, sending->image, &before, &rect);
		if (refined->count > 1 && is_video(sending, sending->image, &rect)) {
			/* Its tiles overlap many of the pieces: once instead. */
			rect = refined_hull(refined);
			refined->count = 0;
			refined_add(refined, &rect);
		}
		send_refined(sending, refined);
	}
}

/* The client has nothing: it gets one colour to begin with, so that all of it is known. */
static void make_known(struct surface *surface, const struct image *image, struct bytes *out)
{
	struct rect whole = {0, 0, surface->width, surface->height};
	uint32_t colour = *image_row(image, 0, 0) | OPAQUE;
	gfx_pdu_solid_fill(out, surface->id, colour, &whole);
	fill_shadow(surface, colour);
	surface->known = true;
}

void encoder_update(struct encoder *encoder, struct surface *surface, const struct image *image,
	const struct rect *damage, size_t count, size_t budget, struct bytes *out)
{
	struct sending sending = {encoder, surface, image, out, out->length + budget};
	struct refined *refined = &encoder->refined;
	if (!surface->known) {
		make_known(surface, image, out);
	}
	find_changes(refined, surface, image, damage, count);
	if (refined_pixels(refined) >= ENCODER_MOTION_PIXELS) {
		send_moves(encoder, surface, image, out);
	}
	for (size_t i = 0; i < refined->count; i++) {
		rough_touch(&surface->rough, &refined->rects[i], encoder->now);
	}
	if (refined_pixels(refined) <= ENCODER_SMALL_PIXELS) {
		send_refined(&sending, refined);
	} else {
		for (size_t i = 0; i < refined->count; i++) {
			behind_mark(&surface->behind, &refined->rects[i]);
		}
	}
	catch_up(&sending);
	send_exact(&sending);
}
