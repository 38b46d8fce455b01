// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/encoder.h"

#include <freerdp/codec/color.h>
#include <freerdp/codec/region.h>
#include <stdlib.h>
#include <string.h>

#include "compositor-glue/rdp/alpha.h"
#include "compositor-glue/rdp/window.h"

bool encoder_init(struct encoder *encoder)
{
	/* A progressive message of FreeRDP's encoder stands alone, so one serves all surfaces. */
	encoder->progressive = progressive_context_new(TRUE);
	return encoder->progressive != NULL;
}

void encoder_finish(struct encoder *encoder)
{
	progressive_context_free(encoder->progressive);
	encoder->progressive = NULL;
}

static bool clip(const struct buffer *buffer, const struct rect *rect, RECTANGLE_16 *clipped)
{
	int64_t right = (int64_t)rect->x + rect->width;
	int64_t bottom = (int64_t)rect->y + rect->height;
	int64_t left = rect->x > 0 ? rect->x : 0;
	int64_t top = rect->y > 0 ? rect->y : 0;
	right = right < buffer->width ? right : buffer->width;
	bottom = bottom < buffer->height ? bottom : buffer->height;
	if (left >= right || top >= bottom) {
		return false;
	}
	*clipped = (RECTANGLE_16){(UINT16)left, (UINT16)top, (UINT16)right, (UINT16)bottom};
	return true;
}

static bool send_raw(struct encoder *encoder, RdpgfxServerContext *gfx, uint16_t surface,
	const struct buffer *buffer, const RECTANGLE_16 *rect)
{
	size_t row = (size_t)(rect->right - rect->left) * 4;
	uint8_t *to = encoder->raw;
	for (UINT16 y = rect->top; y < rect->bottom; y++, to += row) {
		memcpy(to,
			buffer->pixels + (size_t)y * (size_t)buffer->stride +
				(size_t)rect->left * 4,
			row);
	}
	RDPGFX_SURFACE_COMMAND command = {
		.surfaceId = surface,
		.codecId = RDPGFX_CODECID_UNCOMPRESSED,
		.format = PIXEL_FORMAT_BGRX32,
		.left = rect->left,
		.top = rect->top,
		.right = rect->right,
		.bottom = rect->bottom,
		.width = (UINT32)(rect->right - rect->left),
		.height = (UINT32)(rect->bottom - rect->top),
		.length = (UINT32)(to - encoder->raw),
		.data = encoder->raw,
	};
	return gfx->SurfaceCommand(gfx, &command) == CHANNEL_RC_OK;
}

static bool send_progressive(struct encoder *encoder, RdpgfxServerContext *gfx, uint16_t surface,
	const struct buffer *buffer, const REGION16 *region)
{
	RDPGFX_SURFACE_COMMAND command = {
		.surfaceId = surface,
		.codecId = RDPGFX_CODECID_CAPROGRESSIVE,
		.format = PIXEL_FORMAT_BGRX32,
		.right = (UINT32)buffer->width,
		.bottom = (UINT32)buffer->height,
		.width = (UINT32)buffer->width,
		.height = (UINT32)buffer->height,
	};
	int result = progressive_compress(encoder->progressive, buffer->pixels,
		(UINT32)buffer->size, PIXEL_FORMAT_BGRX32, command.width, command.height,
		(UINT32)buffer->stride, region, &command.data, &command.length);
	return result > 0 && gfx->SurfaceCommand(gfx, &command) == CHANNEL_RC_OK;
}

static bool send_alpha(RdpgfxServerContext *gfx, uint16_t surface, const struct buffer *buffer,
	const RECTANGLE_16 *clipped)
{
	struct rect rect = {clipped->left, clipped->top, clipped->right - clipped->left,
		clipped->bottom - clipped->top};
	RDPGFX_SURFACE_COMMAND command = {
		.surfaceId = surface,
		.codecId = RDPGFX_CODECID_ALPHA,
		.format = PIXEL_FORMAT_BGRA32,
		.left = clipped->left,
		.top = clipped->top,
		.right = clipped->right,
		.bottom = clipped->bottom,
		.width = (UINT32)rect.width,
		.height = (UINT32)rect.height,
	};
	command.data = malloc(ALPHA_HEADER_SIZE + (size_t)rect.width * (size_t)rect.height);
	if (command.data == NULL) {
		return false;
	}
	command.length = (UINT32)alpha_encode(command.data, buffer, &rect);
	bool sent = gfx->SurfaceCommand(gfx, &command) == CHANNEL_RC_OK;
	free(command.data);
	return sent;
}

static bool send_colours(struct encoder *encoder, RdpgfxServerContext *gfx, uint16_t surface,
	const struct buffer *buffer, const struct rect *rects, size_t count)
{
	REGION16 region;
	bool sent = true;
	region16_init(&region);
	for (size_t i = 0; i < count && sent; i++) {
		RECTANGLE_16 rect;
		if (!clip(buffer, &rects[i], &rect)) {
			continue;
		}
		if ((rect.right - rect.left) * (rect.bottom - rect.top) <= ENCODER_RAW_PIXELS) {
			sent = send_raw(encoder, gfx, surface, buffer, &rect);
		} else {
			sent = region16_union_rect(&region, &region, &rect);
		}
	}
	if (sent && !region16_is_empty(&region)) {
		sent = send_progressive(encoder, gfx, surface, buffer, &region);
	}
	region16_uninit(&region);
	return sent;
}

bool encoder_send(struct encoder *encoder, RdpgfxServerContext *gfx, uint16_t surface,
	const struct buffer *buffer, bool alpha, const struct rect *rects, size_t count)
{
	bool sent = send_colours(encoder, gfx, surface, buffer, rects, count);
	/* After the colours, which leave what they paint opaque. */
	for (size_t i = 0; alpha && i < count && sent; i++) {
		RECTANGLE_16 rect;
		if (clip(buffer, &rects[i], &rect)) {
			sent = send_alpha(gfx, surface, buffer, &rect);
		}
	}
	return sent;
}
