// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/output.h"

#include <libweston/windowed-output-api.h>
#include <stdio.h>
#include <string.h>

#include "compositor-glue/shell/libweston_extra.h"
#include "compositor-glue/shell/scale.h"
#include "compositor-glue/shell/shell.h"
#include "compositor-glue/shell/toplevel.h"

#define OUTPUT_NAME_SIZE 16

static void output_name(char name[OUTPUT_NAME_SIZE], uint32_t index)
{
	snprintf(name, OUTPUT_NAME_SIZE, "sill-%u", index);
}

static struct weston_head *find_head(struct weston_compositor *compositor, const char *name)
{
	struct weston_head *head = NULL;
	while ((head = weston_compositor_iterate_heads(compositor, head)) != NULL) {
		if (strcmp(weston_head_get_name(head), name) == 0) {
			return head;
		}
	}
	return NULL;
}

static struct weston_head *get_head(struct weston_compositor *compositor, const char *name,
	const struct weston_windowed_output_api *api)
{
	struct weston_head *head = find_head(compositor, name);
	if (head == NULL && api->create_head(compositor->primary_backend, name) == 0) {
		head = find_head(compositor, name);
	}
	return head;
}

/*
 * Synchronously, because Weston's own handler enables a connected head that has no output with a
 * size of its choice, as soon as the event loop is idle.
 */
static struct weston_output *create_output(
	struct shell *shell, uint32_t index, const struct monitor *monitor, struct rect area)
{
	struct weston_compositor *compositor = shell->compositor;
	const struct weston_windowed_output_api *api =
		weston_windowed_output_get_api(compositor, WESTON_WINDOWED_OUTPUT_HEADLESS);
	char name[OUTPUT_NAME_SIZE];
	output_name(name, index);
	struct weston_head *head = api != NULL ? get_head(compositor, name, api) : NULL;
	struct weston_output *output =
		head != NULL ? weston_compositor_create_output(compositor, head, name) : NULL;
	if (output == NULL) {
		weston_log("sill-shell: no output %s: is this the headless backend?\n", name);
		return NULL;
	}
	weston_head_set_connection_status(head, true);
	weston_output_set_scale(output, scale_whole(monitor->scale));
	weston_output_set_transform(output, WL_OUTPUT_TRANSFORM_NORMAL);
	weston_output_set_position(
		output, (struct weston_coord_global){weston_coord(area.x, area.y)});
	if (api->output_set_size(output, area.width, area.height) < 0) {
		weston_output_destroy(output);
		return NULL;
	}
	output->current_mode->refresh = monitor->refresh != 0 ? monitor->refresh : 60000;
	if (weston_output_enable(output) < 0) {
		weston_output_destroy(output);
		return NULL;
	}
	return output;
}

static void remove_output(struct shell *shell, uint32_t index)
{
	char name[OUTPUT_NAME_SIZE];
	output_name(name, index);
	struct weston_head *head = find_head(shell->compositor, name);
	if (head != NULL) {
		weston_head_set_connection_status(head, false);
	}
	weston_output_destroy(shell->outputs.output[index]);
	shell->outputs.output[index] = NULL;
}

static bool same_mode(const struct monitor *a, const struct monitor *b)
{
	return a->area.width == b->area.width && a->area.height == b->area.height &&
	       a->refresh == b->refresh && scale_whole(a->scale) == scale_whole(b->scale);
}

static void apply_one(struct shell *shell, uint32_t index, const struct monitor *old,
	const struct monitor *monitor)
{
	struct outputs *outputs = &shell->outputs;
	struct rect area = outputs_to_global(outputs, monitor->area);
	if (outputs->output[index] != NULL && same_mode(old, monitor)) {
		weston_output_move(outputs->output[index],
			(struct weston_coord_global){weston_coord(area.x, area.y)});
		return;
	}
	if (outputs->output[index] != NULL) {
		weston_output_destroy(outputs->output[index]);
	}
	outputs->output[index] = create_output(shell, index, monitor, area);
}

static void keep_windows(struct shell *shell, int32_t dx, int32_t dy)
{
	struct window *window;
	wl_list_for_each(window, &shell->windows, link)
	{
		if (window->role != WINDOW_TOPLEVEL || !window_is_mapped(window)) {
			continue;
		}
		if (dx != 0 || dy != 0) {
			struct weston_coord_global pos =
				weston_view_get_pos_offset_global(window->view);
			pos.c = weston_coord_add(pos.c, weston_coord(dx, dy));
			window_set_position(window, pos);
		}
		toplevel_keep_reachable(window);
	}
}

void outputs_apply(struct shell *shell, const struct monitors *monitors)
{
	struct outputs *outputs = &shell->outputs;
	struct monitors old = outputs->monitors;
	int32_t old_x = outputs->origin_x, old_y = outputs->origin_y;
	outputs->monitors = *monitors;
	monitors_origin(monitors, &outputs->origin_x, &outputs->origin_y);
	for (uint32_t i = 0; i < monitors->count; i++) {
		apply_one(shell, i, &old.monitor[i], &monitors->monitor[i]);
	}
	for (uint32_t i = monitors->count; i < MONITORS_MAX; i++) {
		if (outputs->output[i] != NULL) {
			remove_output(shell, i);
		}
	}
	keep_windows(shell, outputs->origin_x - old_x, outputs->origin_y - old_y);
}

bool outputs_init(struct shell *shell)
{
	static const struct rect area = {0, 0, 1920, 1080};
	struct monitors monitors = {.count = 1};
	monitors.monitor[0] = (struct monitor){area, area, MONITOR_SCALE_MIN, 60000};
	if (!wl_list_empty(&shell->compositor->output_list)) {
		weston_log(
			"sill-shell: Weston has an output already: start it with --no-outputs\n");
		return false;
	}
	outputs_apply(shell, &monitors);
	return shell->outputs.output[0] != NULL;
}

struct rect outputs_to_client(const struct outputs *outputs, struct rect global)
{
	global.x -= outputs->origin_x;
	global.y -= outputs->origin_y;
	return global;
}

struct rect outputs_to_global(const struct outputs *outputs, struct rect client)
{
	client.x += outputs->origin_x;
	client.y += outputs->origin_y;
	return client;
}
