// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/gfx_pdu.h"

#include "compositor-glue/rdp/bytes.h"
#include "compositor-glue/rdp/rect.h"

#define RESET_SIZE 340
#define CODEC_PROGRESSIVE 0x0009
#define LENGTH_AT 4 /* in the header */
#define BITMAP_LENGTH_AT 21 /* in a WIRE_TO_SURFACE_1, header and all */

enum command {
	WIRE_TO_SURFACE_1 = 0x0001,
	WIRE_TO_SURFACE_2 = 0x0002,
	SOLID_FILL = 0x0004,
	SURFACE_TO_SURFACE = 0x0005,
	SURFACE_TO_CACHE = 0x0006,
	CACHE_TO_SURFACE = 0x0007,
	CREATE_SURFACE = 0x0009,
	DELETE_SURFACE = 0x000a,
	START_FRAME = 0x000b,
	END_FRAME = 0x000c,
	RESET_GRAPHICS = 0x000e,
	MAP_SURFACE_TO_OUTPUT = 0x000f,
	CACHE_IMPORT_REPLY = 0x0011,
	CAPS_CONFIRM = 0x0013,
	MAP_SURFACE_TO_WINDOW = 0x0015,
	MAP_SURFACE_TO_SCALED_WINDOW = 0x0018,
};

static void put_header(struct bytes *out, enum command command, size_t payload)
{
	bytes_u16(out, command);
	bytes_u16(out, 0);
	bytes_u32(out, (uint32_t)(GFX_HEADER_SIZE + payload));
}

static void put_rect(struct bytes *out, const struct rect *rect)
{
	bytes_u16(out, (uint16_t)rect->x);
	bytes_u16(out, (uint16_t)rect->y);
	bytes_u16(out, (uint16_t)(rect->x + rect->width));
	bytes_u16(out, (uint16_t)(rect->y + rect->height));
}

static void put_u64(struct bytes *out, uint64_t value)
{
	bytes_u32(out, (uint32_t)value);
	bytes_u32(out, (uint32_t)(value >> 32));
}

void gfx_pdu_caps_confirm(struct bytes *out, uint32_t version, uint32_t flags, uint32_t size)
{
	put_header(out, CAPS_CONFIRM, 8 + size);
	bytes_u32(out, version);
	bytes_u32(out, size);
	bytes_u32(out, flags);
	for (uint32_t i = 4; i < size; i++) {
		bytes_u8(out, 0);
	}
}

void gfx_pdu_reset(struct bytes *out, uint32_t width, uint32_t height,
	const struct gfx_monitor *monitors, size_t count)
{
	size_t start = out->length;
	put_header(out, RESET_GRAPHICS, RESET_SIZE - GFX_HEADER_SIZE);
	bytes_u32(out, width);
	bytes_u32(out, height);
	bytes_u32(out, (uint32_t)count);
	for (size_t i = 0; i < count; i++) {
		bytes_u32(out, (uint32_t)monitors[i].left);
		bytes_u32(out, (uint32_t)monitors[i].top);
		bytes_u32(out, (uint32_t)monitors[i].right);
		bytes_u32(out, (uint32_t)monitors[i].bottom);
		bytes_u32(out, monitors[i].flags);
	}
	while (!out->failed && out->length - start < RESET_SIZE) {
		bytes_u8(out, 0);
	}
}

void gfx_pdu_cache_import_none(struct bytes *out)
{
	put_header(out, CACHE_IMPORT_REPLY, 2);
	bytes_u16(out, 0);
}

void gfx_pdu_create_surface(struct bytes *out, uint16_t surface, uint16_t width, uint16_t height,
	enum gfx_format format)
{
	put_header(out, CREATE_SURFACE, 7);
	bytes_u16(out, surface);
	bytes_u16(out, width);
	bytes_u16(out, height);
	bytes_u8(out, format);
}

void gfx_pdu_delete_surface(struct bytes *out, uint16_t surface)
{
	put_header(out, DELETE_SURFACE, 2);
	bytes_u16(out, surface);
}

void gfx_pdu_map_output(struct bytes *out, uint16_t surface)
{
	put_header(out, MAP_SURFACE_TO_OUTPUT, 12);
	bytes_u16(out, surface);
	bytes_u16(out, 0);
	bytes_u32(out, 0);
	bytes_u32(out, 0);
}

static void put_mapping(
	struct bytes *out, uint16_t surface, uint64_t window, uint32_t width, uint32_t height)
{
	bytes_u16(out, surface);
	put_u64(out, window);
	bytes_u32(out, width);
	bytes_u32(out, height);
}

void gfx_pdu_map_window(
	struct bytes *out, uint16_t surface, uint64_t window, uint32_t width, uint32_t height)
{
	put_header(out, MAP_SURFACE_TO_WINDOW, 18);
	put_mapping(out, surface, window, width, height);
}

void gfx_pdu_map_scaled_window(
	struct bytes *out, uint16_t surface, uint64_t window, uint32_t width, uint32_t height)
{
	put_header(out, MAP_SURFACE_TO_SCALED_WINDOW, 26);
	put_mapping(out, surface, window, width, height);
	bytes_u32(out, width);
	bytes_u32(out, height);
}

void gfx_pdu_start_frame(struct bytes *out, uint32_t frame, uint32_t timestamp)
{
	put_header(out, START_FRAME, 8);
	bytes_u32(out, timestamp);
	bytes_u32(out, frame);
}

void gfx_pdu_end_frame(struct bytes *out, uint32_t frame)
{
	put_header(out, END_FRAME, 4);
	bytes_u32(out, frame);
}

void gfx_pdu_solid_fill(
	struct bytes *out, uint16_t surface, uint32_t colour, const struct rect *rect)
{
	put_header(out, SOLID_FILL, 16);
	bytes_u16(out, surface);
	bytes_u32(out, colour);
	bytes_u16(out, 1);
	put_rect(out, rect);
}

void gfx_pdu_copy(struct bytes *out, uint16_t from, uint16_t to, const struct rect *source,
	int32_t x, int32_t y)
{
	put_header(out, SURFACE_TO_SURFACE, 18);
	bytes_u16(out, from);
	bytes_u16(out, to);
	put_rect(out, source);
	bytes_u16(out, 1);
	bytes_u16(out, (uint16_t)x);
	bytes_u16(out, (uint16_t)y);
}

void gfx_pdu_to_cache(
	struct bytes *out, uint16_t surface, uint64_t key, uint16_t slot, const struct rect *source)
{
	put_header(out, SURFACE_TO_CACHE, 20);
	bytes_u16(out, surface);
	put_u64(out, key);
	bytes_u16(out, slot);
	put_rect(out, source);
}

void gfx_pdu_from_cache(struct bytes *out, uint16_t surface, uint16_t slot, int32_t x, int32_t y)
{
	put_header(out, CACHE_TO_SURFACE, 10);
	bytes_u16(out, slot);
	bytes_u16(out, surface);
	bytes_u16(out, 1);
	bytes_u16(out, (uint16_t)x);
	bytes_u16(out, (uint16_t)y);
}

size_t gfx_pdu_begin_bitmap(struct bytes *out, uint16_t surface, enum gfx_codec codec,
	enum gfx_format format, const struct rect *rect)
{
	size_t begun = out->length;
	put_header(out, WIRE_TO_SURFACE_1, 0);
	bytes_u16(out, surface);
	bytes_u16(out, codec);
	bytes_u8(out, format);
	put_rect(out, rect);
	bytes_u32(out, 0);
	return begun;
}

void gfx_pdu_end_bitmap(struct bytes *out, size_t begun)
{
	uint32_t length = (uint32_t)(out->length - begun);
	bytes_patch_u32(out, begun + LENGTH_AT, length);
	bytes_patch_u32(out, begun + BITMAP_LENGTH_AT, length - BITMAP_LENGTH_AT - 4);
}

void gfx_pdu_progressive(
	struct bytes *out, uint16_t surface, enum gfx_format format, const void *data, size_t size)
{
	put_header(out, WIRE_TO_SURFACE_2, 13 + size);
	bytes_u16(out, surface);
	bytes_u16(out, CODEC_PROGRESSIVE);
	bytes_u32(out, 0);
	bytes_u8(out, format);
	bytes_u32(out, (uint32_t)size);
	bytes_append(out, data, size);
}
