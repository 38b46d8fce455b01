// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_X11_WINDOW_H
#define COMPOSITOR_GLUE_SHELL_X11_WINDOW_H

#include <libweston/libweston.h>
#include <stdbool.h>
#include <stdint.h>

#include "compositor-glue/shell/window.h"

struct x11;

#define X11_WINDOW_PATIENCE_NS INT64_C(200000000)

// What sill-x11 does not know yet
enum x11_news {
	X11_NEWS_STATE = 1,
	X11_NEWS_CONFIGURE = 2,
};

/* An X11 window: what sill-x11 tells of it, and the window that it is while it can be shown. */
struct x11_window {
	struct wl_list link; // x11.windows
	struct x11 *x11;
	struct wl_resource *resource; // sill_x11_window_v1
	uint64_t serial;
	struct window *window; // NULL while it is not shown

	bool is_mapped; // to be shown as soon as its surface has content
	bool is_menu; // override-redirect
	bool above, modal;
	bool tells_commit; // the next one
	bool has_position;
	int32_t x, y; // global
	uint32_t state; // enum window_state, until it is shown
	struct x11_window *parent; // may be NULL
	struct weston_size min_size, max_size;
	char title[WINDOW_TITLE_MAX + 1];
	char class[WINDOW_APP_ID_MAX + 1], instance[WINDOW_APP_ID_MAX + 1];
	struct icon *icon; // owned, may be NULL

	struct wl_list unsent_link; // x11.unsent, in it while there is news
	uint32_t news; // enum x11_news
	int32_t want_width, want_height; // 0 when it is to stay as it is
	bool wants_size; // that was not sent yet
	struct rect from; // the size that it had when it was asked for another one last
	int64_t size_due; // it has to have that one now, or is asked for the next one all the same
};

// Shows it, if it is time for that
void x11_window_update(struct x11_window *told);
// Its surface has other content
void x11_window_committed(struct x11_window *told);
void x11_window_hide(struct x11_window *told);
// What was told of it changed
void x11_window_apply(struct x11_window *told);
// False, and nothing is changed, when that would go round in a circle
bool x11_window_set_parent(struct x11_window *told, struct x11_window *parent);
void x11_window_set_position(struct x11_window *told, int32_t x, int32_t y);
// The X server has it where it was told to be
void x11_window_arrived(struct x11_window *told);
void x11_window_set_state(struct x11_window *told, uint32_t state);
void x11_window_start_drag(struct x11_window *told, uint32_t edges);
void x11_window_activate(struct x11_window *told);
// What is new, or later: returns when to come again, PACING_NEVER when all is sent
int64_t x11_window_send(struct x11_window *told, int64_t now);

#endif
