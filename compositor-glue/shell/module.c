// SPDX-License-Identifier: MIT
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "compositor-glue/shell/capture.h"
#include "compositor-glue/shell/desktop.h"
#include "compositor-glue/shell/fractional_scale.h"
#include "compositor-glue/shell/modal.h"
#include "compositor-glue/shell/positioner.h"
#include "compositor-glue/shell/remote.h"
#include "compositor-glue/shell/shell.h"
#include "compositor-glue/shell/size_limits.h"
#include "compositor-glue/shell/stack.h"
#include "compositor-glue/shell/surface.h"
#include "compositor-glue/shell/toplevel.h"
#include "compositor-glue/shell/toplevel_icon.h"
#include "compositor-glue/shell/window.h"
#include "compositor-glue/shell/window_kind.h"

// The one symbol of the module: Weston's frontend calls it
__attribute__((visibility("default"))) int wet_shell_init(
	struct weston_compositor *compositor, int *argc, char *argv[]);

int64_t shell_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static int64_t flush_window(struct window *window, int64_t now, bool *ready)
{
	struct wl_resource *bridge = bridge_resource(window->shell);
	if (!window_is_mapped(window)) {
		return PACING_NEVER;
	}
	if (window->frames.recompose) {
		capture_window(window, NULL);
	}
	if (*ready && window->news != 0) {
		remote_update(window, bridge);
		*ready = bridge_is_ready(window->shell);
	}
	int64_t due = frames_run(window, now, *ready);
	int64_t answer = (window->news & WINDOW_NEWS_GEOMETRY) != 0
				 ? window_awaits_size(window, now)
				 : PACING_NEVER;
	return answer < due ? answer : due;
}

static void flush(struct shell *shell)
{
	int64_t now = shell_now(), next = x11_send(&shell->x11, now);
	struct wl_resource *bridge = bridge_resource(shell);
	bool ready = bridge != NULL && bridge_is_ready(shell);
	struct window *window;
	wl_list_for_each(window, &shell->windows, link)
	{
		int64_t due = flush_window(window, now, &ready);
		if (due < next) {
			next = due;
		}
	}
	fractional_scale_update(shell);
	if (ready) {
		cursor_send(&shell->cursor, bridge);
		stack_send(shell, bridge);
		idle_inhibit_send(&shell->idle_inhibit, bridge);
	} else if (bridge != NULL && now + BRIDGE_RETRY_NS < next) {
		next = now + BRIDGE_RETRY_NS;
	}
	wl_event_source_timer_update(
		shell->flush_timer, next != PACING_NEVER ? pacing_wait_ms(next, now) : 0);
}

static void handle_flush_idle(void *data)
{
	struct shell *shell = data;
	shell->flush_idle = NULL;
	flush(shell);
}

static int handle_flush_timer(void *data)
{
	shell_schedule(data);
	return 0;
}

void shell_schedule(struct shell *shell)
{
	if (shell->flush_idle == NULL) {
		shell->flush_idle = wl_event_loop_add_idle(
			wl_display_get_event_loop(shell->compositor->wl_display), handle_flush_idle,
			shell);
	}
}

static bool filter(const struct wl_client *client, const struct wl_global *global, void *data)
{
	const struct shell *shell = data;
	return private_socket_shows(&shell->bridge.socket, client, global) &&
	       private_socket_shows(&shell->x11.socket, client, global);
}

static void handle_create_surface(struct wl_listener *listener, void *data)
{
	struct shell *shell = wl_container_of(listener, shell, create_surface);
	surface_watch(shell, data);
}

// A view moved: popups and override-redirect windows say so in no other way
static void handle_transform(struct wl_listener *listener, void *data)
{
	struct window *window = window_from_weston(data);
	if (window != NULL) {
		window_tell(window, WINDOW_NEWS_GEOMETRY);
	}
}

static void destroy_windows(struct shell *shell)
{
	struct window *window, *next;
	wl_list_for_each_safe(window, next, &shell->windows, link)
	{
		window->kind->release(window);
		window_destroy(window);
	}
}

static void handle_destroy(struct wl_listener *listener, void *data)
{
	struct shell *shell = wl_container_of(listener, shell, destroy);
	wl_list_remove(&shell->destroy.link);
	wl_list_remove(&shell->create_surface.link);
	wl_list_remove(&shell->transform.link);
	limits_finish(shell);
	positioners_finish(shell);
	decorations_finish(&shell->decorations);
	cursor_shape_finish(&shell->cursor_shape);
	wl_display_set_global_filter(shell->compositor->wl_display, NULL, NULL);
	bridge_global_finish(&shell->bridge);
	x11_finish(&shell->x11);
	xwayland_shell_finish(&shell->xwayland);
	desktop_icons_finish(&shell->desktop_icons);
	toplevel_icon_finish(shell);
	destroy_windows(shell);
	surface_unwatch_all(shell);
	if (shell->flush_idle != NULL) {
		wl_event_source_remove(shell->flush_idle);
	}
	wl_event_source_remove(shell->flush_timer);
	cursor_finish(&shell->cursor);
	clipboard_finish(&shell->clipboard);
	clipboard_finish(&shell->x11_clipboard);
	primary_selection_finish(&shell->primary_selection);
	seat_finish(&shell->seat);
	desktop_finish(shell);
	weston_layer_fini(&shell->normal_layer);
	weston_layer_fini(&shell->above_layer);
	weston_layer_fini(&shell->minimized_layer);
	free(shell);
}

// Takes OPTION=VALUE out of what Weston's frontend did not know
static const char *take_option(int *argc, char *argv[], const char *option, const char *value)
{
	int kept = 1;
	for (int i = 1; i < *argc; i++) {
		if (strncmp(argv[i], option, strlen(option)) == 0) {
			value = argv[i] + strlen(option);
		} else {
			argv[kept++] = argv[i];
		}
	}
	*argc = kept;
	return value;
}

static bool init_private_ways(struct shell *shell, int *argc, char *argv[])
{
	const char *bridge = take_option(argc, argv, BRIDGE_SOCKET_OPTION, BRIDGE_SOCKET_DEFAULT);
	const char *x11 = take_option(argc, argv, X11_SOCKET_OPTION, X11_SOCKET_DEFAULT);
	const char *icons = take_option(argc, argv, ICONS_SOCKET_OPTION, ICONS_SOCKET_DEFAULT);
	if (!bridge_global_init(&shell->bridge, shell, bridge) ||
		!x11_init(&shell->x11, shell, x11) ||
		!xwayland_shell_init(&shell->xwayland, shell) ||
		!desktop_icons_init(&shell->desktop_icons, shell, icons)) {
		return false;
	}
	wl_display_set_global_filter(shell->compositor->wl_display, filter, shell);
	return true;
}

static void init_layers(struct shell *shell)
{
	weston_layer_init(&shell->minimized_layer, shell->compositor);
	weston_layer_init(&shell->normal_layer, shell->compositor);
	weston_layer_set_position(&shell->normal_layer, WESTON_LAYER_POSITION_NORMAL);
	weston_layer_init(&shell->above_layer, shell->compositor);
	weston_layer_set_position(&shell->above_layer, WESTON_LAYER_POSITION_NORMAL + 1);
}

static void listen_to(struct shell *shell)
{
	struct weston_compositor *compositor = shell->compositor;
	shell->create_surface.notify = handle_create_surface;
	wl_signal_add(&compositor->create_surface_signal, &shell->create_surface);
	shell->transform.notify = handle_transform;
	wl_signal_add(&compositor->transform_signal, &shell->transform);
	weston_compositor_add_destroy_listener_once(compositor, &shell->destroy, handle_destroy);
}

int wet_shell_init(struct weston_compositor *compositor, int *argc, char *argv[])
{
	struct shell *shell = calloc(1, sizeof(*shell));
	if (shell == NULL) {
		return -1;
	}
	shell->compositor = compositor;
	wl_list_init(&shell->windows);
	wl_list_init(&shell->surfaces);
	init_layers(shell);
	shell->flush_timer = wl_event_loop_add_timer(
		wl_display_get_event_loop(compositor->wl_display), handle_flush_timer, shell);
	// Weston exits when this fails, so nothing is undone
	if (shell->flush_timer == NULL || !fractional_scale_init(shell) ||
		!seat_init(&shell->seat, shell) || !outputs_init(shell) || !desktop_init(shell) ||
		!limits_init(shell) || !positioners_init(shell) || !toplevel_icon_init(shell) ||
		!primary_selection_init(&shell->primary_selection, shell) ||
		!decorations_init(&shell->decorations, shell) || !modal_init(shell) ||
		!activation_init(&shell->activation, shell) ||
		!cursor_shape_init(&shell->cursor_shape, shell) ||
		!idle_inhibit_init(&shell->idle_inhibit, shell) ||
		!init_private_ways(shell, argc, argv)) {
		return -1;
	}
	cursor_init(&shell->cursor, shell);
	clipboard_init(&shell->clipboard, shell);
	clipboard_init(&shell->x11_clipboard, shell);
	listen_to(shell);
	shell_schedule(shell);
	return 0;
}
