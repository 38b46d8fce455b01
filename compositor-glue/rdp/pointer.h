// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_POINTER_H
#define COMPOSITOR_GLUE_RDP_POINTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct session;

#define POINTER_CACHE_LIMIT 20
#define POINTER_SIZE_SMALL 32 /* what every client shows, MS-RDPBCGR 2.2.7.1.5 */
#define POINTER_SIZE_NEW 96
#define POINTER_SIZE_LARGE 384

struct pointer_entry {
	uint64_t hash;
	int32_t width, height, hot_x, hot_y;
};

/* The pictures that the client keeps for us. */
struct pointer {
	struct pointer_entry entries[POINTER_CACHE_LIMIT];
	size_t count;
	size_t next; /* the one to replace */
};

/* Shows the compositor's cursor. */
void pointer_send(struct session *session);

#endif
