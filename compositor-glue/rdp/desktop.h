// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_DESKTOP_H
#define COMPOSITOR_GLUE_RDP_DESKTOP_H

#include "compositor-glue/rdp/desktop_drag.h"
#include "compositor-glue/rdp/desktop_scene.h"
#include "compositor-glue/rdp/tally.h"

#include <stdbool.h>
#include <stdint.h>

struct loop;
struct paint;
struct session;
struct surface;
struct window;

/* A client whose monitors have more pixels together is sent away: each costs eight bytes. */
#define DESKTOP_PIXELS_LIMIT (64 * 1024 * 1024)

/*
 * For a client without RemoteApp: the same windows, composed into one picture, with what a person
 * does to windows done here instead of at the client.
 */
struct desktop {
	bool on;
	struct surface *surface; // NULL until the first frame; the painter's while that is busy
	int64_t rest_at; /* LOOP_NEVER when nothing was painted since it was tried */
	struct buffer canvas; // what is on it, as of the last frame
	struct scene_damage damage;
	struct drag drag;
	uint32_t held; // buttons, a bit each from BTN_LEFT
	bool alt; /* the left Alt key is held */
	struct tally total; /* how the picture was sent so far */
};

/* Before the client's monitors are known. */
void desktop_start(struct session *session);
void desktop_finish(struct session *session);

/* The client's monitors are others. */
void desktop_resize(struct session *session);

/* The client has forgotten what it was sent. */
void desktop_forget_surface(struct session *session);

/* Takes over what the compositor changed. */
void desktop_update(struct session *session);

/* Begins a frame with what changed, if anything did. The painter has nothing under way. */
void desktop_paint(struct session *session, struct loop *loop);

/* Has the loop come back when there is something left to paint. */
void desktop_wake(const struct session *session, struct loop *loop);

/* That frame is on its way. */
void desktop_painted(struct session *session, const struct paint *paint);

/* Lets the picture rest when it is still, while the painter is not busy. */
void desktop_rest(struct session *session, struct loop *loop);

void desktop_remove(struct session *session, const struct window *window);

/* The picture's coordinates, whose origin is its corner, to those of the windows. */
void desktop_to_windows(const struct session *session, int32_t *x, int32_t *y);

/*
 * What the person does, before applications hear of it. True when it was about windows, and nobody
 * else's business.
 */
void desktop_motion(struct session *session);
bool desktop_button(struct session *session, uint32_t button, bool pressed);
bool desktop_key(struct session *session, uint32_t key, bool pressed);
void desktop_release(struct session *session);

/* The application asked to be moved or resized by the pointer. */
void desktop_begin_drag(struct session *session, struct window *window);

#endif
