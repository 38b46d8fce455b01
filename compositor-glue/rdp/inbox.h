// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_INBOX_H
#define COMPOSITOR_GLUE_RDP_INBOX_H

#include "compositor-glue/rdp/monitors.h"
#include "compositor-glue/rdp/rect.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What FreeRDP's channel threads (rail, disp) heard from the client, for the main loop. Nothing
 * else crosses threads once a client is in.
 */

#define INBOX_LIMIT 1024
#define INBOX_TEXT_LIMIT 520

enum inbox_type {
	INBOX_HANDSHAKE,
	INBOX_STATUS,
	INBOX_EXEC,
	INBOX_WORK_AREA,
	INBOX_BUTTON_SWAP,
	INBOX_ACTIVATE,
	INBOX_SYSCOMMAND,
	INBOX_MOVE,
	INBOX_APP_ID,
	INBOX_MONITORS,
};

struct inbox_item {
	enum inbox_type type;
	uint32_t window;
	uint32_t value;
	struct rect rect;
	char *text; // owned, may be NULL
	struct monitor_set *monitors; // owned, may be NULL
};

struct inbox {
	pthread_mutex_t lock;
	int wake_fd;
	struct inbox_item *items;
	size_t first, count;
	bool overflowed;
};

int inbox_init(struct inbox *inbox);
void inbox_finish(struct inbox *inbox);

/* Takes over what the item owns. False when the client is faster than it may be. */
bool inbox_put(struct inbox *inbox, struct inbox_item item);

/* The next item, which is then the caller's; false when there is none. */
bool inbox_take(struct inbox *inbox, struct inbox_item *item);
void inbox_item_finish(struct inbox_item *item);

#endif
