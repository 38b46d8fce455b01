// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/pointer.h"

#include <freerdp/freerdp.h>
#include <freerdp/pointer.h>
#include <stdlib.h>
#include <string.h>

#include "compositor-glue/rdp/bridge.h"
#include "compositor-glue/rdp/peer.h"
#include "compositor-glue/rdp/session.h"

#define FNV_OFFSET 0xcbf29ce484222325
#define FNV_PRIME 0x100000001b3

static const uint8_t *row(const struct buffer *picture, int32_t y)
{
	return picture->pixels + (size_t)y * (size_t)picture->stride;
}

static struct pointer_entry entry_of(const struct cursor *cursor)
{
	const struct buffer *picture = &cursor->picture;
	uint64_t hash = FNV_OFFSET;
	for (int32_t y = 0; y < picture->height; y++) {
		const uint8_t *at = row(picture, y);
		for (int32_t i = 0; i < picture->width * 4; i++) {
			hash = (hash ^ at[i]) * FNV_PRIME;
		}
	}
	return (struct pointer_entry){
		hash, picture->width, picture->height, cursor->hot_x, cursor->hot_y};
}

static bool entry_equal(const struct pointer_entry *a, const struct pointer_entry *b)
{
	return a->hash == b->hash && a->width == b->width && a->height == b->height &&
	       a->hot_x == b->hot_x && a->hot_y == b->hot_y;
}

static size_t cache_size(const rdpSettings *settings)
{
	size_t size = freerdp_settings_get_uint32(settings, FreeRDP_PointerCacheSize);
	return size < 1 ? 1 : size < POINTER_CACHE_LIMIT ? size : POINTER_CACHE_LIMIT;
}

static int32_t largest_size(const rdpSettings *settings)
{
	UINT32 flags = freerdp_settings_get_uint32(settings, FreeRDP_LargePointerFlag);
	if (flags & LARGE_POINTER_FLAG_384x384) {
		return POINTER_SIZE_LARGE;
	}
	return flags & LARGE_POINTER_FLAG_96x96 ? POINTER_SIZE_NEW : POINTER_SIZE_SMALL;
}

static bool send_system(rdpUpdate *update, UINT32 type)
{
	POINTER_SYSTEM_UPDATE system = {type};
	return update->pointer->PointerSystem(update->context, &system);
}

static bool send_cached(rdpUpdate *update, size_t index)
{
	POINTER_CACHED_UPDATE cached = {(UINT32)index};
	return update->pointer->PointerCached(update->context, &cached);
}

/* Bottom row first, as RDP wants it. */
static uint8_t *flip(const struct buffer *picture)
{
	size_t length = (size_t)picture->width * 4;
	uint8_t *flipped = malloc(length * (size_t)picture->height);
	for (int32_t y = 0; flipped != NULL && y < picture->height; y++) {
		memcpy(flipped + (size_t)y * length, row(picture, picture->height - 1 - y), length);
	}
	return flipped;
}

static bool send_picture(rdpUpdate *update, const struct cursor *cursor, size_t index)
{
	UINT16 width = (UINT16)cursor->picture.width, height = (UINT16)cursor->picture.height;
	uint32_t xor_size = (uint32_t)width * height * 4;
	/* One bit a pixel, rows padded to 16 bits; all 0: the alpha channel decides. */
	uint32_t and_size = (uint32_t)(width + 15) / 16 * 2 * height;
	uint8_t *xor_mask = flip(&cursor->picture);
	uint8_t *and_mask = calloc(1, and_size);
	bool sent = false;
	if (xor_mask != NULL && and_mask != NULL && width <= POINTER_SIZE_NEW &&
		height <= POINTER_SIZE_NEW) {
		POINTER_NEW_UPDATE new = {32,
			{(UINT16)index, (UINT16)cursor->hot_x, (UINT16)cursor->hot_y, width, height,
				(UINT16)and_size, (UINT16)xor_size, xor_mask, and_mask}};
		sent = update->pointer->PointerNew(update->context, &new);
	} else if (xor_mask != NULL && and_mask != NULL) {
		POINTER_LARGE_UPDATE large = {32, (UINT16)index, (UINT16)cursor->hot_x,
			(UINT16)cursor->hot_y, width, height, and_size, xor_size, xor_mask,
			and_mask};
		sent = update->pointer->PointerLarge(update->context, &large);
	}
	free(xor_mask);
	free(and_mask);
	return sent;
}

static bool send_cursor(struct session *session, rdpUpdate *update, const struct cursor *cursor)
{
	struct pointer *pointer = &session->pointer;
	const rdpSettings *settings = session->peer->base.settings;
	int32_t largest = largest_size(settings);
	if (cursor->picture.width > largest || cursor->picture.height > largest) {
		return send_system(update, SYSPTR_DEFAULT);
	}
	struct pointer_entry entry = entry_of(cursor);
	for (size_t i = 0; i < pointer->count; i++) {
		if (entry_equal(&pointer->entries[i], &entry)) {
			return send_cached(update, i);
		}
	}
	size_t index = pointer->next;
	pointer->next = (pointer->next + 1) % cache_size(settings);
	pointer->count = index + 1 > pointer->count ? index + 1 : pointer->count;
	pointer->entries[index] = entry;
	return send_picture(update, cursor, index);
}

void pointer_send(struct session *session)
{
	const struct cursor *cursor = &session->bridge->cursor;
	rdpUpdate *update = session->peer->base.update;
	bool sent = false;
	update->BeginPaint(update->context);
	switch (cursor->kind) {
	case CURSOR_DEFAULT:
		sent = send_system(update, SYSPTR_DEFAULT);
		break;
	case CURSOR_HIDDEN:
		sent = send_system(update, SYSPTR_NULL);
		break;
	case CURSOR_PICTURE:
		sent = send_cursor(session, update, cursor);
		break;
	}
	update->EndPaint(update->context);
	if (!sent) {
		session->failed = true;
	}
}
