// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_FRAME_H
#define COMPOSITOR_GLUE_X11_FRAME_H

#include <stdbool.h>
#include <xcb/xcb.h>

struct client;

/*
 * The window that an application's window is put into: nobody else draws a title for it, see
 * docs/decisions/0009. One that is to have no frame has one without margins.
 */

/* Around an unmapped window, and maps both. False if the window is gone. */
bool frame_create(struct client *client);
/* Gives the application's window back to the root, and destroys the frame. */
void frame_give_back(struct client *client);
/* Of a window that is not in it any more, or goes with it. */
void frame_destroy(struct client *client);
/* Puts both windows where client->place says, and tells the application. */
void frame_place(struct client *client);
void frame_draw(const struct client *client);
/* Whether what is drawn into it is shown (Xwayland's property). */
void frame_allow_commits(const struct client *client, bool allowed);
/* Tells the application how wide its frame is, or would be (EWMH). */
void frame_write_extents(const struct client *client);
/* Tells the application where its window is (ICCCM 4.1.5). */
void frame_notify(const struct client *client);

#endif
