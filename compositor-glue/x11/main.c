// SPDX-License-Identifier: MIT
/*
 * sill-x11 DISPLAY: what X11 applications and the compositor would not learn of each other from
 * Weston: how large to draw, and what windows say in their properties. Started beside Xwayland,
 * begins anew when it dies itself, ends with Xwayland, and does not keep it alive.
 */
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "compositor-glue/x11/compositor.h"
#include "compositor-glue/x11/connection.h"
#include "compositor-glue/x11/keeper.h"
#include "compositor-glue/x11/record.h"
#include "compositor-glue/x11/settings.h"
#include "compositor-glue/x11/windows.h"

struct program {
	xcb_connection_t *x11;
	struct compositor compositor;
	struct settings settings;
	struct windows windows;
	struct record record;
};

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool start(struct program *program, const char *display)
{
	if (!compositor_connect(&program->compositor)) {
		return false;
	}
	program->x11 = connection_open(display);
	if (program->x11 == NULL) {
		fprintf(stderr, "sill-x11: %s: no X server there\n", display);
		return false;
	}
	/* First: of what is there before, the properties are read. */
	if (!record_begin(&program->record, display)) {
		fprintf(stderr, "sill-x11: %s: the X server does not record\n", display);
		return false;
	}
	windows_init(&program->windows, program->x11, &program->compositor);
	settings_init(&program->settings, program->x11, program->compositor.scale);
	return true;
}

static bool dispatch_x11(struct program *program)
{
	xcb_generic_event_t *event;
	while ((event = xcb_poll_for_event(program->x11)) != NULL) {
		settings_handle(&program->settings, event);
		windows_handle(&program->windows, event);
		free(event);
	}
	return !xcb_connection_has_error(program->x11) &&
	       record_dispatch(&program->record, &windows_listener, &program->windows);
}

/* Until there is something to read, or windows have to be looked at. */
static bool wait_for_news(struct program *program, int64_t due)
{
	struct wl_display *wayland = program->compositor.wayland;
	struct pollfd fds[] = {
		{.fd = wl_display_get_fd(wayland), .events = POLLIN},
		{.fd = xcb_get_file_descriptor(program->x11), .events = POLLIN},
		{.fd = xcb_get_file_descriptor(program->record.x11), .events = POLLIN},
	};
	int64_t left = due != WINDOWS_NEVER ? due - now_ms() : -1;
	int timeout = due == WINDOWS_NEVER ? -1 : left > 0 ? (int)left : 0;
	if (poll(fds, sizeof(fds) / sizeof(fds[0]), timeout) < 0) {
		return false;
	}
	return fds[0].revents == 0 || wl_display_dispatch(wayland) >= 0;
}

static bool dispatch(struct program *program)
{
	struct wl_display *wayland = program->compositor.wayland;
	if (!dispatch_x11(program) || wl_display_dispatch_pending(wayland) < 0) {
		return false;
	}
	int64_t due = windows_look(&program->windows, now_ms());
	if (settings_tell(&program->settings, program->compositor.scale)) {
		due = 0; // what came in beside a reply is nothing that poll tells of
	}
	if (wl_display_flush(wayland) < 0 || xcb_flush(program->x11) <= 0) {
		return false;
	}
	return wait_for_news(program, due);
}

/* Until a connection is lost. */
static int work(const char *display)
{
	static struct program program;
	if (start(&program, display)) {
		while (dispatch(&program)) {
		}
	}
	return 1;
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fputs("usage: sill-x11 DISPLAY\n", stderr);
		return 2;
	}
	/* What is Xwayland's was inherited: its connection to the compositor, for one. */
	unsetenv("WAYLAND_SOCKET");
	if (close_range(STDERR_FILENO + 1, ~0U, 0) < 0) {
		perror("sill-x11: close_range");
		return 1;
	}
	keeper_run(work, argv[1]);
	return 0;
}
