// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_CLIPBOARD_H
#define COMPOSITOR_GLUE_RDP_CLIPBOARD_H

#include <freerdp/server/cliprdr.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct loop;
struct session;

/* Text of more than so many bytes is not pasted. */
#define CLIPBOARD_SIZE_LIMIT (16 * 1024 * 1024)
/* So many applications may paste at the same time. */
#define CLIPBOARD_PASTES 16
/* An application that copied, and does not hand it over in this time, copied nothing. */
#define CLIPBOARD_WAIT_MS 5000

/* An application that pastes. */
struct clipboard_paste {
	int fd;
	size_t written;
};

/* The clipboard channel (MS-RDPECLIP): text, both ways. */
struct clipboard {
	CliprdrServerContext *context; // NULL until opened
	bool ready; /* the client answered */

	/* From an application to the client, which waits for it. */
	int copy_fd; /* -1 when nothing is being read */
	size_t copy_watched; // loop key
	int64_t copy_until;
	char *copy; // owned
	size_t copy_size;

	/* From the client to applications. */
	bool offered; /* what they would paste is the client's */
	char *text; // owned; NULL when it was not asked for yet
	size_t text_size;
	bool asked;
	struct clipboard_paste pastes[CLIPBOARD_PASTES];
	size_t paste_count;
};

/* False when the client broke the protocol. A client without the channel just has no clipboard. */
bool clipboard_open(struct session *session);
void clipboard_close(struct session *session);

/* Before and after the loop waits. */
void clipboard_prepare(struct session *session, struct loop *loop);
bool clipboard_dispatch(struct session *session, const struct loop *loop);

/* Tells the client what an application copied. */
void clipboard_flush(struct session *session);

#endif
