// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/progressive.h"

#include <stdlib.h>

#include "compositor-glue/rdp/gfx_pdu.h"

#define MAGIC UINT32_C(0xcaccacca)
#define VERSION 0x0100
#define TILE_HEADER 22

enum block {
	SYNC = 0xccc0,
	FRAME_BEGIN = 0xccc1,
	FRAME_END = 0xccc2,
	CONTEXT = 0xccc3,
	REGION = 0xccc4,
	TILE_SIMPLE = 0xccc5,
};

/* The tiles that the rectangle has a part of: [left, right), [top, bottom). */
struct tiles {
	int32_t left, top, right, bottom;
};

void progressive_finish(struct progressive *progressive)
{
	bytes_finish(&progressive->message);
	free(progressive->tile);
	progressive->tile = NULL;
}

static void put_block(struct bytes *out, enum block type, uint32_t size)
{
	bytes_u16(out, type);
	bytes_u32(out, size);
}

static void put_start(struct bytes *out, uint32_t frame)
{
	put_block(out, SYNC, 12);
	bytes_u32(out, MAGIC);
	bytes_u16(out, VERSION);
	put_block(out, CONTEXT, 10);
	bytes_u8(out, 0);
	bytes_u16(out, REMOTEFX_TILE);
	bytes_u8(out, 0);
	put_block(out, FRAME_BEGIN, 12);
	bytes_u32(out, frame);
	bytes_u16(out, 1); /* region */
}

/* Its size, and that of its tiles, are not known yet. */
static void put_region(struct bytes *out, const struct rect *rect, const struct tiles *tiles)
{
	int32_t count = (tiles->right - tiles->left) * (tiles->bottom - tiles->top);
	put_block(out, REGION, 0);
	bytes_u8(out, REMOTEFX_TILE);
	bytes_u16(out, 1); /* rectangle */
	bytes_u8(out, REMOTEFX_GRADES); /* tables of what is rounded */
	bytes_u8(out, 0);
	bytes_u8(out, 0);
	bytes_u16(out, (unsigned)count);
	bytes_u32(out, 0);
	bytes_u16(out, (unsigned)rect->x);
	bytes_u16(out, (unsigned)rect->y);
	bytes_u16(out, (unsigned)rect->width);
	bytes_u16(out, (unsigned)rect->height);
	for (size_t grade = 0; grade < REMOTEFX_GRADES; grade++) {
		const uint8_t *quants = remotefx_quants[grade];
		for (size_t i = 0; i < REMOTEFX_BANDS; i += 2) {
			bytes_u8(out, quants[i] | (unsigned)quants[i + 1] << 4);
		}
	}
}

static void put_tile(struct bytes *out, const struct remotefx_tile *tile, int32_t x, int32_t y)
{
	const size_t *sizes = tile->sizes;
	size_t size = sizes[REMOTEFX_Y] + sizes[REMOTEFX_CB] + sizes[REMOTEFX_CR];
	put_block(out, TILE_SIMPLE, (uint32_t)(TILE_HEADER + size));
	for (int i = 0; i < REMOTEFX_COMPONENTS; i++) {
		bytes_u8(out, tile->grade);
	}
	bytes_u16(out, (unsigned)x);
	bytes_u16(out, (unsigned)y);
	bytes_u8(out, 0);
	for (int i = 0; i < REMOTEFX_COMPONENTS; i++) {
		bytes_u16(out, (unsigned)sizes[i]);
	}
	bytes_u16(out, 0);
	for (int i = 0; i < REMOTEFX_COMPONENTS; i++) {
		bytes_append(out, tile->data[i], sizes[i]);
	}
}

static bool put_tiles(struct progressive *progressive, const struct image *image,
	const struct tiles *tiles, size_t tile_bytes)
{
	for (int32_t y = tiles->top; y < tiles->bottom; y++) {
		for (int32_t x = tiles->left; x < tiles->right; x++) {
			if (!remotefx_encode(progressive->tile, image, x * REMOTEFX_TILE,
				    y * REMOTEFX_TILE, tile_bytes)) {
				return false;
			}
			put_tile(&progressive->message, progressive->tile, x, y);
		}
	}
	return true;
}

static bool put_message(struct progressive *progressive, const struct image *image,
	const struct rect *rect, size_t tile_bytes)
{
	enum {
		SIZE_AT = 2,
		TILES_SIZE_AT = 14,
		LAST = REMOTEFX_TILE - 1
	};
	struct bytes *out = &progressive->message;
	struct tiles tiles = {rect->x / REMOTEFX_TILE, rect->y / REMOTEFX_TILE,
		(rect->x + rect->width + LAST) / REMOTEFX_TILE,
		(rect->y + rect->height + LAST) / REMOTEFX_TILE};
	put_start(out, progressive->frame++);
	size_t region = out->length;
	put_region(out, rect, &tiles);
	size_t begun = out->length;
	if (!put_tiles(progressive, image, &tiles, tile_bytes) || out->failed) {
		return false;
	}
	bytes_patch_u32(out, region + SIZE_AT, (uint32_t)(out->length - region));
	bytes_patch_u32(out, region + TILES_SIZE_AT, (uint32_t)(out->length - begun));
	put_block(out, FRAME_END, 6);
	return !out->failed;
}

bool progressive_encode(void *data, uint16_t surface, const struct image *image,
	const struct rect *rect, size_t tile_bytes, struct bytes *out)
{
	struct progressive *progressive = data;
	struct bytes *message = &progressive->message;
	if (progressive->tile == NULL) {
		progressive->tile = malloc(sizeof(*progressive->tile));
	}
	bool done = progressive->tile != NULL && put_message(progressive, image, rect, tile_bytes);
	if (done) {
		gfx_pdu_progressive(out, surface, GFX_FORMAT_XRGB, message->data, message->length);
	}
	bytes_clear(message);
	return done;
}
