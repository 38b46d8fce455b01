// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_AUDIO_CHANNEL_H
#define COMPOSITOR_GLUE_AUDIO_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <winpr/wtypes.h>

struct loop;
struct peer;

/* A message beyond this is not sound. */
#define CHANNEL_MESSAGE_LIMIT (256 * 1024)

enum channel_state {
	CHANNEL_CLOSED,
	CHANNEL_OPENING, /* the client was asked */
	CHANNEL_OPEN,
	CHANNEL_REFUSED,
};

/* A virtual channel of the connection. FreeRDP queues what is written; the session sends it. */
struct channel {
	HANDLE handle; // NULL unless OPENING or OPEN
	HANDLE event; // FreeRDP's
	enum channel_state state;
	size_t watched; // loop key
	uint8_t *message; // owned, CHANNEL_MESSAGE_LIMIT
};

void channel_init(struct channel *channel);
void channel_finish(struct channel *channel);

/* Both leave the channel REFUSED when it cannot be had. */
void channel_open_dynamic(struct channel *channel, struct peer *peer, const char *name);
void channel_open_static(struct channel *channel, struct peer *peer, const char *name);
void channel_close(struct channel *channel);

void channel_watch(struct channel *channel, struct loop *loop);
bool channel_ready(const struct channel *channel, const struct loop *loop);

/* Learns whether the client has opened it. */
enum channel_state channel_check(struct channel *channel);

/* The size of the next message, in channel->message; 0 when there is none, -1 when it is broken. */
ssize_t channel_read(struct channel *channel);
bool channel_write(struct channel *channel, const uint8_t *data, size_t size);

#endif
