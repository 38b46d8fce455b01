// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_SELECTION_H
#define COMPOSITOR_GLUE_RDP_SELECTION_H

#include <stdbool.h>

struct sill_bridge_v1;
struct sill_clipboard_v1;

#define SELECTION_TEXT "text/plain;charset=utf-8"

/* An application pastes what the client copied; the descriptor is the callee's. */
typedef void (*selection_send_fn)(void *data, int fd);

/* What applications copy and paste, seen through the private protocol. */
struct selection {
	struct sill_clipboard_v1 *proxy;
	bool has_text; /* an application copied text */
	bool coming_has_text; /* what is being told has it */
	bool changed; /* since the client was last told */
	selection_send_fn on_send; // may be NULL
	void *on_send_data;
};

void selection_init(struct selection *selection, struct sill_bridge_v1 *bridge);
void selection_finish(struct selection *selection);

/* The client copied text, or nothing that applications could paste. */
void selection_offer(struct selection *selection, bool text);

/* A pipe's end to read the application's text from; -1 when there is none. */
int selection_receive(struct selection *selection);

#endif
