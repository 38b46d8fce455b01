// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/stack.h"

#include "compositor-glue/shell/shell.h"
#include "compositor-glue/shell/window.h"
#include "sill-bridge-v1-server.h"

static void add_layer(struct wl_array *numbers, struct weston_layer *layer)
{
	struct weston_view *view;
	wl_list_for_each(view, &layer->view_list.link, layer_link.link)
	{
		struct window *window = window_from_weston(view->surface);
		if (window == NULL || window->resource == NULL) {
			continue;
		}
		uint32_t *number = wl_array_add(numbers, sizeof(*number));
		if (number != NULL) {
			*number = window->number;
		}
	}
}

static void send_stacking(struct shell *shell, struct wl_resource *bridge)
{
	struct wl_array numbers;
	struct weston_layer *layer;
	wl_array_init(&numbers);
	wl_list_for_each(layer, &shell->compositor->layer_list, link)
	{
		add_layer(&numbers, layer);
	}
	add_layer(&numbers, &shell->minimized_layer);
	sill_bridge_v1_send_stacking(bridge, &numbers);
	wl_array_release(&numbers);
}

void stack_send(struct shell *shell, struct wl_resource *bridge)
{
	if (shell->stacking_changed) {
		shell->stacking_changed = false;
		send_stacking(shell, bridge);
	}
	if (shell->focus_changed) {
		shell->focus_changed = false;
		sill_bridge_v1_send_focus(
			bridge, shell->active != NULL ? shell->active->number : 0);
	}
}
