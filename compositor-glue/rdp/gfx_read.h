// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_GFX_READ_H
#define COMPOSITOR_GLUE_RDP_GFX_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The graphics pipeline's messages from the client, MS-RDPEGFX 2.2.2: what is in them of interest.
 * PURE.
 */

/* One that is longer is no message of the protocol. */
#define GFX_READ_LIMIT 65536

#define GFX_VERSION_8 UINT32_C(0x00080004)
#define GFX_VERSION_107 UINT32_C(0x000a0701)
#define GFX_FLAG_SCALED_MAP_DISABLE 0x80

/* Version 10.1 has the longest capabilities, all reserved. */
#define GFX_CAPS_SIZE_LIMIT 16

#define GFX_ACKNOWLEDGE_SUSPEND UINT32_C(0xffffffff)

enum gfx_message_kind {
	GFX_MESSAGE_OTHER,
	GFX_MESSAGE_CAPS,
	GFX_MESSAGE_ACKNOWLEDGE,
	GFX_MESSAGE_CACHE_OFFER,
};

struct gfx_message {
	enum gfx_message_kind kind;
	size_t size;
	/* capabilities: the best version that we know, 0 when there is none */
	uint32_t version, flags;
	uint32_t caps_size; // of what follows the version
	/* an acknowledgement */
	uint32_t frame, queue_depth;
};

/* The message that the data begins with. False when it is not one. */
bool gfx_read(struct gfx_message *message, const uint8_t *data, size_t size);

#endif
