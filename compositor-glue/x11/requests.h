// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_REQUESTS_H
#define COMPOSITOR_GLUE_X11_REQUESTS_H

#include <stdint.h>
#include <xcb/xcb.h>

struct client;

/* What applications ask of the window manager. */

/* To be another size, or elsewhere. */
void requests_configure(struct client *client, const xcb_configure_request_event_t *event);
/* What it asked for while it had to wait. */
void requests_settle(struct client *client, int64_t now);
/* By message. */
void requests_message(struct client *client, const xcb_client_message_event_t *event);

#endif
