// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/size_limits.h"

#include <string.h>
#include <wayland-server.h>

#include "compositor-glue/shell/shell.h"
#include "compositor-glue/shell/window.h"

// xdg_toplevel's requests, by their place in its XML
enum {
	SET_MAX_SIZE = 7,
	SET_MIN_SIZE = 8,
};

// One that no screen reaches is none
static int32_t limit(int32_t length)
{
	return length > MONITOR_SIZE_MAX ? MONITOR_SIZE_MAX : length;
}

static void overhear(void *data, enum wl_protocol_logger_type direction,
	const struct wl_protocol_logger_message *message)
{
	int opcode = message->message_opcode;
	// Nearly every message of every application comes by here
	if (direction != WL_PROTOCOL_LOGGER_REQUEST ||
		(opcode != SET_MAX_SIZE && opcode != SET_MIN_SIZE) ||
		strcmp(wl_resource_get_class(message->resource), "xdg_toplevel") != 0) {
		return;
	}
	struct window *window = window_from_resource(data, message->resource);
	int32_t width = message->arguments[0].i, height = message->arguments[1].i;
	if (window == NULL || width < 0 || height < 0) {
		return; // a negative one is a protocol error, which libweston-desktop sees to
	}
	struct weston_size *size = opcode == SET_MIN_SIZE ? &window->min_size : &window->max_size;
	*size = (struct weston_size){limit(width), limit(height)};
}

bool limits_init(struct shell *shell)
{
	shell->limits_logger =
		wl_display_add_protocol_logger(shell->compositor->wl_display, overhear, shell);
	return shell->limits_logger != NULL;
}

void limits_finish(struct shell *shell)
{
	wl_protocol_logger_destroy(shell->limits_logger);
}
