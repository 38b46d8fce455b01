// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/window.h"

#include <stdlib.h>

#include "sill-bridge-v1-client.h"

struct window *window_create(struct bridge *bridge, struct sill_window_v1 *proxy, uint32_t number)
{
	struct window *window = calloc(1, sizeof(*window));
	if (window == NULL) {
		return NULL;
	}
	window->bridge = bridge;
	window->proxy = proxy;
	window->number = number;
	wl_list_init(&window->link);
	return window;
}

void window_destroy(struct window *window)
{
	if (window == NULL) {
		return;
	}
	buffer_unmap(&window->buffers[0]);
	buffer_unmap(&window->buffers[1]);
	buffer_unmap(&window->icon);
	wl_list_remove(&window->link);
	sill_window_v1_destroy(window->proxy);
	free(window);
}

void window_add_damage(struct window *window, const struct rect *rect)
{
	if (window->damage_count == WINDOW_DAMAGE_LIMIT) {
		window->damage_all = true;
		return;
	}
	window->damage[window->damage_count++] = *rect;
}

void window_rest(struct window *window)
{
	buffer_unmap(&window->buffers[0]);
	buffer_unmap(&window->buffers[1]);
	window->has_shown_slot = false;
	window->rests = true;
	sill_window_v1_rest(window->proxy);
}

void window_refresh(struct window *window)
{
	window->rests = false;
	sill_window_v1_refresh(window->proxy);
}

void window_frame_done(struct window *window)
{
	if (!window->frame_pending) {
		return;
	}
	window->frame_pending = false;
	window->has_shown_slot = true;
	window->shown_slot = window->frame_slot;
	window->damage_count = 0;
	window->damage_all = false;
	sill_window_v1_frame_done(window->proxy, window->frame_serial);
}
