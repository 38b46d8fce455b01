// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_GFX_PDU_H
#define COMPOSITOR_GLUE_RDP_GFX_PDU_H

#include <stddef.h>
#include <stdint.h>

struct bytes;
struct rect;

/*
 * The graphics pipeline's messages to the client, MS-RDPEGFX 2.2.2, as bytes. PURE. Rectangles are
 * in the surface, whose sides are at most GFX_SIDE_LIMIT.
 */

#define GFX_SIDE_LIMIT 32766
#define GFX_HEADER_SIZE 8
#define GFX_START_FRAME_SIZE 16

/* 2.2.1.4 */
enum gfx_format {
	GFX_FORMAT_XRGB = 0x20,
	GFX_FORMAT_ARGB = 0x21,
};

enum gfx_codec {
	GFX_CODEC_UNCOMPRESSED = 0x0000,
	GFX_CODEC_CLEARCODEC = 0x0008,
	GFX_CODEC_ALPHA = 0x000c,
};

struct gfx_monitor {
	int32_t left, top, right, bottom; // inclusive
	uint32_t flags;
};

/* As the client advertised them: size bytes, which begin with the flags. */
void gfx_pdu_caps_confirm(struct bytes *out, uint32_t version, uint32_t flags, uint32_t size);
void gfx_pdu_reset(struct bytes *out, uint32_t width, uint32_t height,
	const struct gfx_monitor *monitors, size_t count);
void gfx_pdu_cache_import_none(struct bytes *out);

void gfx_pdu_create_surface(struct bytes *out, uint16_t surface, uint16_t width, uint16_t height,
	enum gfx_format format);
void gfx_pdu_delete_surface(struct bytes *out, uint16_t surface);
/* From the output's corner on. */
void gfx_pdu_map_output(struct bytes *out, uint16_t surface);
void gfx_pdu_map_window(
	struct bytes *out, uint16_t surface, uint64_t window, uint32_t width, uint32_t height);
void gfx_pdu_map_scaled_window(
	struct bytes *out, uint16_t surface, uint64_t window, uint32_t width, uint32_t height);

void gfx_pdu_start_frame(struct bytes *out, uint32_t frame, uint32_t timestamp);
void gfx_pdu_end_frame(struct bytes *out, uint32_t frame);

/* XRGB; the alpha byte goes along. */
void gfx_pdu_solid_fill(
	struct bytes *out, uint16_t surface, uint32_t colour, const struct rect *rect);
void gfx_pdu_copy(struct bytes *out, uint16_t from, uint16_t to, const struct rect *source,
	int32_t x, int32_t y);
void gfx_pdu_to_cache(struct bytes *out, uint16_t surface, uint64_t key, uint16_t slot,
	const struct rect *source);
void gfx_pdu_from_cache(struct bytes *out, uint16_t surface, uint16_t slot, int32_t x, int32_t y);

/* Around the codec's bytes, which are written in between. */
size_t gfx_pdu_begin_bitmap(struct bytes *out, uint16_t surface, enum gfx_codec codec,
	enum gfx_format format, const struct rect *rect);
void gfx_pdu_end_bitmap(struct bytes *out, size_t begun);

/* A whole message of the progressive codec, which tells its own rectangles. */
void gfx_pdu_progressive(
	struct bytes *out, uint16_t surface, enum gfx_format format, const void *data, size_t size);

#endif
