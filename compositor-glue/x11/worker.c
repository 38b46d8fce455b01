// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/worker.h"

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "compositor-glue/x11/compositor.h"
#include "compositor-glue/x11/connection.h"
#include "compositor-glue/x11/manager.h"
#include "compositor-glue/x11/settings.h"

struct worker {
	xcb_connection_t *x11;
	struct compositor compositor;
	struct settings settings;
	struct manager manager;
};

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool start(struct worker *worker, const char *display, int wm_fd)
{
	if (!compositor_connect(&worker->compositor)) {
		return false;
	}
	worker->x11 = connection_open(display, wm_fd);
	if (worker->x11 == NULL) {
		fprintf(stderr, "sill-x11: %s: no X server there\n", display);
		return false;
	}
	// Applications are let in by the last thing that the manager does, and read these then
	settings_init(&worker->settings, worker->x11, worker->compositor.scale);
	return manager_init(&worker->manager, worker->x11, &worker->compositor);
}

static bool dispatch_x11(struct worker *worker)
{
	xcb_generic_event_t *event;
	while ((event = xcb_poll_for_event(worker->x11)) != NULL) {
		settings_handle(&worker->settings, event);
		manager_handle(&worker->manager, event);
		free(event);
	}
	return !xcb_connection_has_error(worker->x11);
}

/* Until there is something to read, or something is due. */
static bool wait_for_news(struct worker *worker, int64_t due)
{
	struct wl_display *wayland = worker->compositor.wayland;
	struct pollfd fds[] = {
		{.fd = wl_display_get_fd(wayland), .events = POLLIN},
		{.fd = xcb_get_file_descriptor(worker->x11), .events = POLLIN},
	};
	int64_t left = due != MANAGER_NEVER ? due - now_ms() : -1;
	int timeout = due == MANAGER_NEVER ? -1 : left > 0 ? (int)left : 0;
	if (poll(fds, sizeof(fds) / sizeof(fds[0]), timeout) < 0) {
		return false;
	}
	return fds[0].revents == 0 || wl_display_dispatch(wayland) >= 0;
}

static bool dispatch(struct worker *worker)
{
	struct wl_display *wayland = worker->compositor.wayland;
	if (!dispatch_x11(worker) || wl_display_dispatch_pending(wayland) < 0) {
		return false;
	}
	int64_t due = manager_settle(&worker->manager, now_ms());
	if (settings_tell(&worker->settings, worker->compositor.scale)) {
		due = 0; // what came in beside a reply is nothing that poll tells of
	}
	if (wl_display_flush(wayland) < 0 || xcb_flush(worker->x11) <= 0) {
		return false;
	}
	return wait_for_news(worker, due);
}

int worker_run(const char *display, int wm_fd)
{
	static struct worker worker;
	if (start(&worker, display, wm_fd)) {
		while (dispatch(&worker)) {
		}
	}
	return EXIT_FAILURE;
}
