// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_STATE_H
#define COMPOSITOR_GLUE_X11_STATE_H

#include <stdint.h>

struct client;

/* What a window is to be, and is: as the compositor and the window's properties have it. */

/* What the property asks for before the window is mapped. */
void state_read(struct client *client);
/* Asked for by the application, or by a person at the frame. */
void state_want(struct client *client, uint32_t state);
/* The compositor's word on its part. */
void state_take(struct client *client, uint32_t state);
/* Writes down what it is. */
void state_write(const struct client *client);
/* Nothing, since it is not mapped any more. */
void state_withdraw(struct client *client);

#endif
