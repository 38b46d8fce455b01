// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_FRAME_POINTER_H
#define COMPOSITOR_GLUE_X11_FRAME_POINTER_H

#include <xcb/xcb.h>

struct client;

/* What a person does with a frame. The coordinates are the frame's. */
void frame_press(struct client *client, const xcb_button_press_event_t *event);
void frame_release(struct client *client, const xcb_button_release_event_t *event);
void frame_motion(struct client *client, const xcb_motion_notify_event_t *event);
void frame_leave(struct client *client);

#endif
