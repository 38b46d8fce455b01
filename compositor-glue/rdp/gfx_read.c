// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/gfx_read.h"

#define HEADER_SIZE 8
#define CAPS_HEADER_SIZE 8
#define ACKNOWLEDGE_SIZE 12

enum command {
	FRAME_ACKNOWLEDGE = 0x000d,
	CACHE_IMPORT_OFFER = 0x0010,
	CAPS_ADVERTISE = 0x0012,
};

static uint32_t u16_at(const uint8_t *data)
{
	return data[0] | (uint32_t)data[1] << 8;
}

static uint32_t u32_at(const uint8_t *data)
{
	return u16_at(data) | u16_at(data + 2) << 16;
}

static bool read_caps(struct gfx_message *message, const uint8_t *data, size_t size)
{
	if (size < 2) {
		return false;
	}
	uint32_t count = u16_at(data);
	size_t at = 2;
	for (uint32_t i = 0; i < count; i++) {
		if (size - at < CAPS_HEADER_SIZE) {
			return false;
		}
		uint32_t version = u32_at(data + at), length = u32_at(data + at + 4);
		at += CAPS_HEADER_SIZE;
		if (length > size - at) {
			return false;
		}
		/* Versions above are not documented; below there is no ClearCodec. */
		if (version >= GFX_VERSION_8 && version <= GFX_VERSION_107 &&
			version > message->version && length >= 4 &&
			length <= GFX_CAPS_SIZE_LIMIT) {
			message->version = version;
			message->caps_size = length;
			message->flags = u32_at(data + at);
		}
		at += length;
	}
	return true;
}

static bool read_acknowledge(struct gfx_message *message, const uint8_t *data, size_t size)
{
	if (size < ACKNOWLEDGE_SIZE) {
		return false;
	}
	message->queue_depth = u32_at(data);
	message->frame = u32_at(data + 4);
	return true;
}

bool gfx_read(struct gfx_message *message, const uint8_t *data, size_t size)
{
	*message = (struct gfx_message){0};
	if (size < HEADER_SIZE) {
		return false;
	}
	message->size = u32_at(data + 4);
	if (message->size < HEADER_SIZE || message->size > size) {
		return false;
	}
	switch (u16_at(data)) {
	case CAPS_ADVERTISE:
		message->kind = GFX_MESSAGE_CAPS;
		return read_caps(message, data + HEADER_SIZE, message->size - HEADER_SIZE);
	case FRAME_ACKNOWLEDGE:
		message->kind = GFX_MESSAGE_ACKNOWLEDGE;
		return read_acknowledge(message, data + HEADER_SIZE, message->size - HEADER_SIZE);
	case CACHE_IMPORT_OFFER:
		message->kind = GFX_MESSAGE_CACHE_OFFER;
		return true;
	default:
		return true;
	}
}
