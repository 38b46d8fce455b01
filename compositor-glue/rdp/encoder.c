// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/encoder.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "compositor-glue/rdp/alpha.h"
#include "compositor-glue/rdp/buffer.h"
#include "compositor-glue/rdp/gfx_pdu.h"
#include "compositor-glue/rdp/page.h"
#include "compositor-glue/rdp/picture.h"

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

/* What was written for the rectangle since then is counted. */
static void note(struct encoder *encoder, enum choice choice, enum reason why,
	const struct rect *rect, const struct bytes *out, size_t begun)
{
	tally_note(&encoder->tally, why == REASON_STILL ? CHOICE_REFINED : choice, why,
		(int64_t)rect->width * rect->height, out->length - begun);
}

/* movement */

static void send_moves(struct encoder *encoder, struct surface *surface, const struct image *image,
	struct bytes *out)
{
	struct image before = surface_image(surface);
	struct rect hull = refined_hull(&encoder->refined);
	motion_find(&encoder->motion, image, &before, &hull);
	if (encoder->motion.count == 0) {
		return;
	}
	for (size_t i = 0; i < encoder->motion.count; i++) {
		const struct move *move = &encoder->motion.moves[i];
		size_t begun = out->length;
		gfx_pdu_copy(out, surface->id, surface->id, &move->from, move->from.x + move->dx,
			move->from.y + move->dy);
		note(encoder, CHOICE_MOVE, REASON_MOVED, &move->from, out, begun);
		surface_got_move(surface, move);
	}
	encoder->refined.count = 0;
	refine(&encoder->refined, image, &before, &hull);
}

/* pixels */

static void send_bitmap(struct encoder *encoder, const struct surface *surface,
	const struct image *image, const struct rect *rect, enum reason why, struct bytes *out)
{
	size_t length = out->length;
	if (rect->height > 0) {
		size_t begun = gfx_pdu_begin_bitmap(
			out, surface->id, GFX_CODEC_CLEARCODEC, GFX_FORMAT_XRGB, rect);
		clearcodec_encode(&encoder->clear, out, image, rect);
		gfx_pdu_end_bitmap(out, begun);
		note(encoder, CHOICE_CLEAR, why, rect, out, length);
	}
}

static void send_fill(struct encoder *encoder, const struct surface *surface,
	const struct image *image, const struct rect *rect, enum reason why, struct bytes *out)
{
	size_t begun = out->length;
	gfx_pdu_solid_fill(out, surface->id, *image_row(image, rect->x, rect->y), rect);
	note(encoder, CHOICE_FILL, why == REASON_STILL ? why : REASON_ONE_COLOUR, rect, out, begun);
}

/* After the colours, which may leave what they paint opaque. */
static void send_alpha(struct encoder *encoder, const struct surface *surface,
	const struct image *image, const struct rect *rect, struct bytes *out)
{
	size_t length = out->length;
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
	note(encoder, CHOICE_ALPHA, REASON_TRANSLUCENT, rect, out, length);
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
	const struct image *image, const struct rect *rect, enum reason why, struct bytes *out)
{
	struct rect rest = {rect->x, rect->y, rect->width, 0};
	int32_t bottom = rect->y + rect->height;
	for (int32_t y = rect->y; y < bottom;) {
		int32_t rows = uniform_rows(image, rect, y);
		bool whole = rows == rect->height;
		if (whole || (int64_t)rows * rect->width >= ENCODER_FILL_PIXELS) {
			struct rect fill = {rect->x, y, rect->width, rows};
			send_bitmap(encoder, surface, image, &rest, why, out);
			send_fill(encoder, surface, image, &fill, why, out);
			rest.y = y + rows;
			rest.height = 0;
		} else {
			rows = rows > 0 ? rows : 1;
			rest.height += rows;
		}
		y += rows;
	}
	send_bitmap(encoder, surface, image, &rest, why, out);
}

/* A call's state: where to, and how far. */
struct sending {
	struct encoder *encoder;
	struct surface *surface;
	const struct image *image;
	struct bytes *out;
	size_t end; // of the budget, in out
	size_t tile_bytes; // for what is sent roughly
	bool slow; /* as it is, what is to be sent would take too long */
};

/* REASON_VIDEO or REASON_NOISE, or why it is neither. */
static enum reason video_reason(
	const struct sending *sending, const struct image *image, const struct rect *rect)
{
	if (sending->encoder->lossy == NULL) {
		return REASON_LOSSLESS_ONLY;
	}
	if ((int64_t)rect->width * rect->height < ENCODER_LOSSY_PIXELS) {
		return REASON_SMALL;
	}
	if (!rough_is_hot(&sending->surface->rough, rect)) {
		return REASON_RARE;
	}
	switch (picture_look(image, rect)) {
	case PICTURE_PHOTOGRAPH:
		return REASON_VIDEO;
	case PICTURE_NOISE:
		return REASON_NOISE;
	default:
		return REASON_DRAWN;
	}
}

static bool is_rough(enum reason why)
{
	return why == REASON_VIDEO || why == REASON_NOISE;
}

static bool is_opaque(
	const struct surface *surface, const struct image *image, const struct rect *rect)
{
	return !surface->alpha || alpha_is_opaque(image, rect);
}

/* About the same as send_chunk will say of it. */
static bool goes_roughly(
	const struct sending *sending, const struct image *image, const struct rect *rect)
{
	enum reason why = video_reason(sending, image, rect);
	bool page =
		why == REASON_RARE && sending->slow && picture_look(image, rect) != PICTURE_DRAWN;
	return (page || is_rough(why)) && is_opaque(sending->surface, image, rect);
}

static bool send_roughly(struct sending *sending, const struct image *shadow,
	const struct rect *rect, enum reason why)
{
	struct encoder *encoder = sending->encoder;
	struct surface *surface = sending->surface;
	size_t begun = sending->out->length;
	if (!encoder->lossy(encoder->lossy_data, surface->id, shadow, rect, sending->tile_bytes,
		    sending->out)) {
		return false;
	}
	note(encoder, CHOICE_ROUGH, why, rect, sending->out, begun);
	rough_mark(&surface->rough, rect);
	int64_t bytes = (int64_t)(sending->out->length - begun) + 1;
	encoder->gain = (int64_t)rect->width * rect->height / bytes;
	return true;
}

/* Text and controls as they are, photographs roughly. */
static void send_page(struct sending *sending, const struct image *shadow, const struct rect *rect)
{
	struct page page;
	struct part part;
	page_begin(&page, shadow, rect);
	while (page_next(&page, &part)) {
		enum reason why = REASON_RARE;
		if (part.photograph) {
			why = REASON_NO_MEMORY;
			if (send_roughly(sending, shadow, &part.rect, REASON_SLOW)) {
				continue;
			}
		}
		send_rect(
			sending->encoder, sending->surface, shadow, &part.rect, why, sending->out);
	}
}

/*
 * The application may draw while we read. So the pixels are read once, into the shadow, and the
 * client gets what is there. Clients differ in whether colours make a pixel opaque or leave it as
 * transparent as it is: where it was opaque and stays so, that is all the same.
 */
static void send_chunk(struct sending *sending, const struct rect *rect)
{
	struct surface *surface = sending->surface;
	struct image shadow = surface_image(surface);
	bool opaque = is_opaque(surface, &shadow, rect);
	surface_got_pixels(surface, sending->image, rect);
	opaque = opaque && is_opaque(surface, &shadow, rect);
	enum reason why = opaque ? video_reason(sending, &shadow, rect) : REASON_TRANSLUCENT;
	if (why == REASON_RARE && sending->slow) {
		send_page(sending, &shadow, rect);
		return;
	}
	if (is_rough(why) && send_roughly(sending, &shadow, rect, why)) {
		return;
	}
	why = is_rough(why) ? REASON_NO_MEMORY : why;
	send_rect(sending->encoder, surface, &shadow, rect, why, sending->out);
	if (!opaque) {
		send_alpha(sending->encoder, surface, &shadow, rect, sending->out);
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
	struct image before = surface_image(surface);
	refined->count = 0;
	if (!surface->known) {
		refined_add(refined, &whole);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		if (surface_clip(surface, &damage[i], &clipped)) {
			refine(refined, image, &before, &clipped);
		}
	}
}

/* What was sent roughly and is still now, as it is. */
static void send_exact(struct sending *sending)
{
	struct image shadow = surface_image(sending->surface);
	struct rect rect;
	while (sending->out->length < sending->end &&
		rough_take(&sending->surface->rough, sending->encoder->now,
			(int64_t)(sending->end - sending->out->length) / 3, &rect)) {
		send_rect(sending->encoder, sending->surface, &shadow, &rect, REASON_STILL,
			sending->out);
		/* The band may be wider than what was sent roughly. */
		if (!is_opaque(sending->surface, &shadow, &rect)) {
			send_alpha(
				sending->encoder, sending->surface, &shadow, &rect, sending->out);
		}
	}
}

/* How many pixels that are sent roughly take a byte, as those before. */
static int64_t gain(const struct encoder *encoder)
{
	int64_t gain = encoder->gain > 0 ? encoder->gain : ENCODER_LOSSY_GAIN;
	return gain < ENCODER_LOSSY_GAIN_MAX ? gain : ENCODER_LOSSY_GAIN_MAX;
}

/* Whether any of it will go roughly, as a part of a page. */
static bool has_photograph(const struct image *image, const struct rect *rect)
{
	struct page page;
	struct part part;
	page_begin(&page, image, rect);
	while (page_next(&page, &part)) {
		if (part.photograph) {
			return true;
		}
	}
	return false;
}

/* Takes what there is room for: a pixel takes three bytes at worst, unless it goes roughly. */
static bool take_behind(struct sending *sending, struct rect *rect)
{
	struct behind *behind = &sending->surface->behind;
	int64_t bytes = (int64_t)(sending->end - sending->out->length), pixels = bytes / 3;
	int32_t top = behind_next(behind), left = sending->surface->height - top;
	int32_t step = BEHIND_ROWS, rows = left < ENCODER_LOSSY_ROWS ? left : ENCODER_LOSSY_ROWS;
	struct rect next = {0, top, sending->surface->width, rows};
	if (top >= 0 && goes_roughly(sending, sending->image, &next)) {
		pixels = bytes * gain(sending->encoder);
		step = ENCODER_LOSSY_ROWS;
	} else if (top >= 0 && sending->slow && has_photograph(sending->image, &next)) {
		step = ENCODER_LOSSY_ROWS;
	}
	pixels = pixels < ENCODER_CHUNK_PIXELS ? pixels : ENCODER_CHUNK_PIXELS;
	return behind_take(behind, pixels, step, rect);
}

static void catch_up(struct sending *sending)
{
	struct refined *refined = &sending->encoder->refined;
	struct image before = surface_image(sending->surface);
	struct rect rect;
	while (sending->out->length < sending->end && take_behind(sending, &rect)) {
		refined->count = 0;
		refine(refined, sending->image, &before, &rect);
		if (refined->count > 1 && goes_roughly(sending, sending->image, &rect)) {
			/* Its tiles overlap many of the pieces: once instead. */
			rect = refined_hull(refined);
			refined->count = 0;
			refined_add(refined, &rect);
		}
		send_refined(sending, refined);
	}
}

/*
 * What the link allows. A picture that goes roughly may take half of the time after which a person
 * waits, so that a film goes on.
 */
static void heed_link(struct sending *sending, int64_t pixels)
{
	int64_t patience = (int64_t)sending->encoder->patience;
	sending->tile_bytes = ENCODER_TILE_BYTES;
	if (patience > 0 && pixels > 0) {
		int64_t tile = patience / 2 * ENCODER_LOSSY_ROWS * ENCODER_LOSSY_ROWS / pixels;
		sending->slow = pixels * 3 > patience;
		sending->tile_bytes = tile < ENCODER_TILE_BYTES ? (size_t)tile : ENCODER_TILE_BYTES;
	}
}

/* The client has nothing: it gets one colour to begin with, so that all of it is known. */
static void make_known(struct encoder *encoder, struct surface *surface, const struct image *image,
	struct bytes *out)
{
	size_t begun = out->length;
	struct rect whole = {0, 0, surface->width, surface->height};
	uint32_t colour = *image_row(image, 0, 0) | SURFACE_OPAQUE;
	gfx_pdu_solid_fill(out, surface->id, colour, &whole);
	note(encoder, CHOICE_FILL, REASON_ONE_COLOUR, &whole, out, begun);
	surface_got_colour(surface, colour);
	surface->known = true;
}

void encoder_update(struct encoder *encoder, struct surface *surface, const struct image *image,
	const struct rect *damage, size_t count, size_t budget, struct bytes *out)
{
	struct sending sending = {.encoder = encoder,
		.surface = surface,
		.image = image,
		.out = out,
		.end = out->length + budget};
	struct refined *refined = &encoder->refined;
	encoder->tally = (struct tally){0};
	if (!surface->known) {
		make_known(encoder, surface, image, out);
	}
	find_changes(refined, surface, image, damage, count);
	if (refined_pixels(refined) >= ENCODER_MOTION_PIXELS) {
		send_moves(encoder, surface, image, out);
	}
	for (size_t i = 0; i < refined->count; i++) {
		rough_touch(&surface->rough, &refined->rects[i], encoder->now);
	}
	heed_link(&sending, refined_pixels(refined) + behind_pixels(&surface->behind));
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
