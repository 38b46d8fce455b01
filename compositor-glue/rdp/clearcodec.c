// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/clearcodec.h"

#include <string.h>

#include "compositor-glue/rdp/rlex.h"

#define RGB UINT32_C(0xffffff)
#define BARS 32768
#define SHORT_BARS 16384
#define FLAG_CACHE_RESET 0x04
#define SUBCODEC_HEADER 13
#define BAND_HEADER 11
/* Columns that the client learns now, it need not be sent again: they may cost more this once. */
#define LEARNING 3

enum subcodec {
	SUBCODEC_RAW = 0,
	SUBCODEC_RLEX = 2,
};

enum bar {
	SHORT_BAR_MISS = 0x0000,
	SHORT_BAR_HIT = 0x4000,
	BAR_HIT = 0x8000,
};

/* A column of a band: its content, and where in it there is more than the background. */
struct column {
	struct vbar_key key;
	uint8_t on, off;
};

struct tile {
	const struct image *image;
	struct rect rect; // in the image
	uint32_t background;
	struct column columns[CLEARCODEC_TILE_WIDTH];
};

bool clearcodec_init(struct clearcodec *codec, struct vbar_key secret)
{
	*codec = (struct clearcodec){.secret = secret};
	return vbar_cache_init(&codec->bars, BARS) &&
	       vbar_cache_init(&codec->short_bars, SHORT_BARS);
}

void clearcodec_finish(struct clearcodec *codec)
{
	vbar_cache_finish(&codec->bars);
	vbar_cache_finish(&codec->short_bars);
	bytes_finish(&codec->residual);
	bytes_finish(&codec->bands);
	bytes_finish(&codec->subcodecs);
}

void clearcodec_reset(struct clearcodec *codec)
{
	vbar_cache_reset(&codec->bars);
	vbar_cache_reset(&codec->short_bars);
	codec->forget = true;
}

static uint32_t pixel(const struct tile *tile, int32_t x, int32_t y)
{
	return *image_row(tile->image, tile->rect.x + x, tile->rect.y + y) & RGB;
}

/* bands */

static void look_at_columns(const struct clearcodec *codec, struct tile *tile)
{
	for (int32_t x = 0; x < tile->rect.width; x++) {
		struct vbar_key key = vbar_key_mix(codec->secret, (uint32_t)tile->rect.height);
		tile->columns[x] = (struct column){key, 0, 0};
	}
	for (int32_t y = 0; y < tile->rect.height; y++) {
		const uint32_t *row = image_row(tile->image, tile->rect.x, tile->rect.y + y);
		for (int32_t x = 0; x < tile->rect.width; x++) {
			struct column *column = &tile->columns[x];
			uint32_t colour = row[x] & RGB;
			column->key = vbar_key_mix(column->key, colour);
			if (colour != tile->background) {
				column->on = column->off == 0 ? (uint8_t)y : column->on;
				column->off = (uint8_t)(y + 1);
			}
		}
	}
}

static size_t bands_cost(const struct clearcodec *codec, const struct tile *tile)
{
	size_t cost = BAND_HEADER, fresh = 0;
	const struct column *columns = tile->columns;
	for (int32_t x = 0; x < tile->rect.width; x++) {
		cost += 2;
		if (vbar_cache_find(&codec->bars, columns[x].key) == VBAR_NONE) {
			fresh += 3 * (size_t)(columns[x].off - columns[x].on);
		}
	}
	return cost + fresh / LEARNING;
}

static void put_short_bar(struct clearcodec *codec, const struct tile *tile, int32_t x)
{
	const struct column *column = &tile->columns[x];
	struct vbar_key key = vbar_key_mix(codec->secret, (uint32_t)(column->off - column->on));
	for (int32_t y = column->on; y < column->off; y++) {
		key = vbar_key_mix(key, pixel(tile, x, y));
	}
	size_t slot = vbar_cache_find(&codec->short_bars, key);
	if (slot != VBAR_NONE) {
		bytes_u16(&codec->bands, SHORT_BAR_HIT | (unsigned)slot);
		bytes_u8(&codec->bands, column->on);
		return;
	}
	bytes_u16(&codec->bands, SHORT_BAR_MISS | (unsigned)column->off << 8 | column->on);
	for (int32_t y = column->on; y < column->off; y++) {
		bytes_u24(&codec->bands, pixel(tile, x, y));
	}
	vbar_cache_add(&codec->short_bars, key);
}

/* Where the tile is, is counted from the bitmap's corner. */
static void put_band(struct clearcodec *codec, const struct tile *tile, int32_t left, int32_t top)
{
	struct bytes *out = &codec->bands;
	bytes_u16(out, (unsigned)left);
	bytes_u16(out, (unsigned)(left + tile->rect.width - 1));
	bytes_u16(out, (unsigned)top);
	bytes_u16(out, (unsigned)(top + tile->rect.height - 1));
	bytes_u24(out, tile->background);
	for (int32_t x = 0; x < tile->rect.width; x++) {
		struct vbar_key key = tile->columns[x].key;
		size_t slot = vbar_cache_find(&codec->bars, key);
		if (slot != VBAR_NONE) {
			bytes_u16(out, BAR_HIT | (unsigned)slot);
		} else {
			put_short_bar(codec, tile, x);
			vbar_cache_add(&codec->bars, key);
		}
	}
}

/* subcodecs */

static void put_raw(struct bytes *out, const struct tile *tile)
{
	size_t row = (size_t)tile->rect.width * 3;
	uint8_t *to = bytes_reserve(out, row * (size_t)tile->rect.height);
	if (to == NULL) {
		return;
	}
	for (int32_t y = 0; y < tile->rect.height; y++) {
		const uint32_t *from = image_row(tile->image, tile->rect.x, tile->rect.y + y);
		for (int32_t x = 0; x < tile->rect.width; x++, to += 3) {
			to[0] = (uint8_t)from[x];
			to[1] = (uint8_t)(from[x] >> 8);
			to[2] = (uint8_t)(from[x] >> 16);
		}
	}
	out->length += row * (size_t)tile->rect.height;
}

static size_t begin_subcodec(struct bytes *out, const struct tile *tile, int32_t left, int32_t top)
{
	size_t begun = out->length;
	bytes_u16(out, (unsigned)left);
	bytes_u16(out, (unsigned)top);
	bytes_u16(out, (unsigned)tile->rect.width);
	bytes_u16(out, (unsigned)tile->rect.height);
	bytes_u32(out, 0);
	bytes_u8(out, SUBCODEC_RLEX);
	return begun;
}

static void end_subcodec(struct bytes *out, size_t begun, enum subcodec subcodec)
{
	if (!out->failed) {
		bytes_patch_u32(out, begun + 8, (uint32_t)(out->length - begun - SUBCODEC_HEADER));
		out->data[begun + 12] = (uint8_t)subcodec;
	}
}

/* tiles */

/* Looking at columns takes time; only text repays it, and text is mostly background. */
static bool looks_like_text(const struct tile *tile)
{
	enum {
		STEP = 7
	};
	int32_t seen = 0, background = 0;
	for (int32_t y = 0; y < tile->rect.height; y++) {
		for (int32_t x = y % STEP; x < tile->rect.width; x += STEP, seen++) {
			background += pixel(tile, x, y) == tile->background;
		}
	}
	return background * 4 > seen;
}

static void encode_tile(struct clearcodec *codec, struct tile *tile, int32_t left, int32_t top)
{
	struct bytes *out = &codec->subcodecs;
	size_t raw = (size_t)tile->rect.width * (size_t)tile->rect.height * 3;
	size_t begun = begin_subcodec(out, tile, left, top);
	bool rlex = rlex_encode(out, tile->image, &tile->rect, raw);
	size_t cost = rlex ? out->length - begun : raw;
	if (cost > BAND_HEADER + 2 * (size_t)tile->rect.width && looks_like_text(tile)) {
		look_at_columns(codec, tile);
		if (bands_cost(codec, tile) < cost) {
			out->length = begun;
			put_band(codec, tile, left, top);
			return;
		}
	}
	if (!rlex) {
		put_raw(out, tile);
	}
	end_subcodec(out, begun, rlex ? SUBCODEC_RLEX : SUBCODEC_RAW);
}

static bool is_background(const struct tile *strip, int32_t y)
{
	const uint32_t *row = image_row(strip->image, strip->rect.x, y);
	for (int32_t x = 0; x < strip->rect.width; x++) {
		if ((row[x] & RGB) != strip->background) {
			return false;
		}
	}
	return true;
}

/* One strip from the top down. True when it left rows to the background. */
static bool encode_strip(struct clearcodec *codec, struct tile *strip, const struct rect *bitmap)
{
	bool left_out = false;
	int32_t bottom = bitmap->y + bitmap->height;
	for (int32_t y = bitmap->y; y < bottom;) {
		int32_t end = y;
		while (end < bottom && end - y < CLEARCODEC_TILE_HEIGHT &&
			!is_background(strip, end)) {
			end++;
		}
		if (end == y) {
			left_out = true;
			y++;
			continue;
		}
		strip->rect.y = y;
		strip->rect.height = end - y;
		encode_tile(codec, strip, strip->rect.x - bitmap->x, y - bitmap->y);
		y = end;
	}
	return left_out;
}

/* The colour that most often meets itself, as far as a sample tells. */
static uint32_t guess_background(const struct image *image, const struct rect *rect)
{
	enum {
		PLACES = 64,
		SAMPLES = 1024
	};
	struct {
		uint32_t colour, count;
	} seen[PLACES] = {0}, best = {0};
	int64_t pixels = (int64_t)rect->width * rect->height;
	int64_t step = pixels / SAMPLES | 1;
	for (int64_t i = 0; i < pixels; i += step) {
		uint32_t colour = *image_row(image, rect->x + (int32_t)(i % rect->width),
					  rect->y + (int32_t)(i / rect->width)) &
				  RGB;
		size_t place = colour * UINT32_C(0x9e3779b1) >> 26;
		if (seen[place].colour != colour) {
			seen[place].colour = colour;
			seen[place].count = 0;
		}
		seen[place].count++;
		if (seen[place].count > best.count) {
			best.colour = colour;
			best.count = seen[place].count;
		}
	}
	return best.colour;
}

static void put_residual(struct bytes *out, uint32_t colour, uint32_t pixels)
{
	bytes_u24(out, colour);
	if (pixels < 0xff) {
		bytes_u8(out, pixels);
		return;
	}
	bytes_u8(out, 0xff);
	if (pixels < 0xffff) {
		bytes_u16(out, pixels);
	} else {
		bytes_u16(out, 0xffff);
		bytes_u32(out, pixels);
	}
}

static void put_bitmap(struct clearcodec *codec, struct bytes *out)
{
	const struct bytes *parts[] = {&codec->residual, &codec->bands, &codec->subcodecs};
	bytes_u8(out, codec->forget ? FLAG_CACHE_RESET : 0);
	bytes_u8(out, codec->sequence++);
	codec->forget = false;
	for (size_t i = 0; i < 3; i++) {
		out->failed |= parts[i]->failed;
		bytes_u32(out, (uint32_t)parts[i]->length);
	}
	for (size_t i = 0; i < 3; i++) {
		bytes_append(out, parts[i]->data, parts[i]->length);
	}
}

void clearcodec_encode(struct clearcodec *codec, struct bytes *out, const struct image *image,
	const struct rect *rect)
{
	struct tile strip = {.image = image, .background = guess_background(image, rect)};
	bool left_out = false;
	for (int32_t x = 0; x < rect->width; x += CLEARCODEC_TILE_WIDTH) {
		int32_t width = rect->width - x;
		strip.rect.x = rect->x + x;
		strip.rect.width = width < CLEARCODEC_TILE_WIDTH ? width : CLEARCODEC_TILE_WIDTH;
		left_out |= encode_strip(codec, &strip, rect);
	}
	if (left_out) {
		put_residual(&codec->residual, strip.background,
			(uint32_t)rect->width * (uint32_t)rect->height);
	}
	put_bitmap(codec, out);
	bytes_clear(&codec->residual);
	bytes_clear(&codec->bands);
	bytes_clear(&codec->subcodecs);
}
