// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/worker.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "compositor-glue/x11/clock.h"
#include "compositor-glue/x11/compositor.h"
#include "compositor-glue/x11/connection.h"
#include "compositor-glue/x11/manager.h"
#include "compositor-glue/x11/selection.h"
#include "compositor-glue/x11/settings.h"

/* Of those that are polled, and what comes after them is the selection's */
enum {
	COMPOSITOR,
	X11,
	KEEPER,
	OWN_FDS,
};

#define EVENTS_AT_ONCE 256 // so that a flood of them does not keep the compositor waiting

struct worker {
	int keeper_fd;
	xcb_connection_t *x11;
	struct compositor compositor;
	struct settings settings;
	struct manager manager;
	struct selection selection;
	struct pollfd fds[OWN_FDS + SELECTION_FDS_MAX];
	size_t selection_fds; // of them; what poll said is the selection's to hear
};

static bool tell_keeper(const struct worker *worker)
{
	static const char byte = 0;
	return send(worker->keeper_fd, &byte, 1, MSG_NOSIGNAL) == 1;
}

static bool start(struct worker *worker, const char *display, int x11_fd)
{
	if (!compositor_connect(&worker->compositor)) {
		return false;
	}
	worker->x11 = connection_open(display, x11_fd);
	if (worker->x11 == NULL) {
		fprintf(stderr, "sill-x11: %s: no X server there\n", display);
		return false;
	}
	// Applications are let in by the last thing that the manager does, and read these then
	settings_init(&worker->settings, worker->x11, worker->compositor.scale);
	// Which lets its other connection in as well
	return manager_init(&worker->manager, worker->x11, &worker->compositor) &&
	       xcb_flush(worker->x11) > 0 &&
	       selection_init(&worker->selection, display, &worker->compositor) &&
	       tell_keeper(worker);
}

/* Who asks whether it lives is told so. */
static bool answer_keeper(const struct worker *worker)
{
	char bytes[16];
	ssize_t count = recv(worker->keeper_fd, bytes, sizeof(bytes), MSG_DONTWAIT);
	return count > 0 ? tell_keeper(worker) : count < 0 && errno == EAGAIN;
}

static void handle_event(struct worker *worker, xcb_generic_event_t *event)
{
	settings_handle(&worker->settings, event);
	manager_handle(&worker->manager, event);
	free(event);
}

static bool dispatch_x11(struct worker *worker)
{
	xcb_generic_event_t *event;
	for (int i = 0; i < EVENTS_AT_ONCE && (event = xcb_poll_for_event(worker->x11)) != NULL;
		i++) {
		handle_event(worker, event);
	}
	return !xcb_connection_has_error(worker->x11);
}

/*
 * What to wait for of the compositor. One that does not read for a while is no lost one: what is
 * left of what it was told goes when there is room again. 0 when it is lost.
 */
static short flush_wayland(struct wl_display *wayland)
{
	if (wl_display_flush(wayland) >= 0) {
		return POLLIN;
	}
	return errno == EAGAIN ? POLLIN | POLLOUT : 0;
}

/* Until there is something to read, or something is due. */
static bool wait_for_news(struct worker *worker, short wayland_events, int64_t due)
{
	struct wl_display *wayland = worker->compositor.wayland;
	struct pollfd *fds = worker->fds;
	fds[COMPOSITOR] =
		(struct pollfd){.fd = wl_display_get_fd(wayland), .events = wayland_events};
	fds[X11] = (struct pollfd){.fd = xcb_get_file_descriptor(worker->x11), .events = POLLIN};
	fds[KEEPER] = (struct pollfd){.fd = worker->keeper_fd, .events = POLLIN};
	worker->selection_fds =
		selection_poll(&worker->selection, fds + OWN_FDS, SELECTION_FDS_MAX);
	int64_t left = due != CLOCK_NEVER ? due - clock_ms() : -1;
	int timeout = due == CLOCK_NEVER ? -1 : left > 0 ? (int)left : 0;
	if (poll(fds, OWN_FDS + worker->selection_fds, timeout) < 0) {
		return false;
	}
	bool has_wayland_news = (fds[COMPOSITOR].revents & ~POLLOUT) != 0;
	return (!has_wayland_news || wl_display_dispatch(wayland) >= 0) &&
	       (fds[KEEPER].revents == 0 || answer_keeper(worker));
}

static int64_t earlier(int64_t one, int64_t other)
{
	return one < other ? one : other;
}

static bool dispatch(struct worker *worker)
{
	struct wl_display *wayland = worker->compositor.wayland;
	if (!dispatch_x11(worker) || wl_display_dispatch_pending(wayland) < 0 ||
		!selection_dispatch(
			&worker->selection, worker->fds + OWN_FDS, worker->selection_fds)) {
		return false;
	}
	int64_t due = manager_settle(&worker->manager, clock_ms());
	due = earlier(due, selection_due(&worker->selection));
	settings_tell(&worker->settings, worker->compositor.scale);
	short wayland_events = flush_wayland(wayland);
	if (wayland_events == 0 || xcb_flush(worker->x11) <= 0) {
		return false;
	}
	// libxcb reads while it waits for a reply, and while it writes; poll tells nothing of that
	xcb_generic_event_t *event = xcb_poll_for_queued_event(worker->x11);
	if (event != NULL) {
		handle_event(worker, event);
		due = 0;
	}
	return wait_for_news(worker, wayland_events, due);
}

int worker_run(const char *display, int x11_fd, int keeper_fd)
{
	static struct worker worker;
	worker.keeper_fd = keeper_fd;
	if (start(&worker, display, x11_fd)) {
		while (dispatch(&worker)) {
		}
	}
	return EXIT_FAILURE;
}
