// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_TOLD_H
#define COMPOSITOR_GLUE_X11_TOLD_H

#include <stdbool.h>
#include <stdint.h>

struct client;
struct picture;

/*
 * What the compositor is told of a window, and what it says of it (sill-x11-v1.xml). Nothing is
 * told of one that has no surface.
 */

/* The window has a surface, of that serial, and is to be shown. */
void told_begin(struct client *client, uint32_t serial_lo, uint32_t serial_hi);
void told_end(struct client *client);
/* What was read of its properties: enum news. */
void told_properties(const struct client *client, uint32_t news);
/* NULL when it has none. */
void told_icon(const struct client *client, const struct picture *picture);
void told_position(const struct client *client);
/* Its states that are ours, CLIENT_ABOVE and CLIENT_MODAL. */
void told_own_state(const struct client *client);
/* Asks for the others. */
void told_wanted_state(const struct client *client, uint32_t state);
/* The edges follow the pointer; 0 moves it. */
void told_move(const struct client *client, uint32_t edges);
void told_activate(const struct client *client);
/* Asks to be told, by sync_shown(), when its surface has its next content; false if it has none. */
bool told_await_commit(const struct client *client);
/* The X server has its frame elsewhere than before. */
void told_arrived(const struct client *client);

#endif
