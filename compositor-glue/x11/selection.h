// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_SELECTION_H
#define COMPOSITOR_GLUE_X11_SELECTION_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "compositor-glue/x11/incoming.h"
#include "compositor-glue/x11/outgoing.h"
#include "compositor-glue/x11/selection_types.h"
#include "compositor-glue/x11/transfer.h"

struct compositor;
struct sill_clipboard_v1;
struct wl_callback;

#define SELECTION_FDS_MAX (1 + 2 * TRANSFERS_MAX)

enum selection_owner {
	SELECTION_NOBODY,
	SELECTION_APPLICATION, /* of X11 */
	SELECTION_OURS, /* for somebody else: of Wayland, or at the RDP client */
};

/*
 * The selection CLIPBOARD of X11 applications and the compositor's, made one. What others copied is
 * ours in X11; what an X11 application copied is the compositor's by sill_clipboard_v1.
 *
 * It has a connection of its own: incremental transfers select events of other clients' windows,
 * and a client has one set of events of a window, which is the window manager's.
 */
struct selection {
	struct transfer_server server;
	uint8_t xfixes_event; /* its first */
	xcb_window_t window; /* that owns it */
	enum selection_owner owner;
	xcb_timestamp_t since; /* it has the owner that it has */
	bool has_changed; /* it has another owner, of which nothing came yet */
	int64_t next_change; /* not before that something comes of one */

	/* Of an X11 application's */
	xcb_timestamp_t asked; /* since when what was asked for is there */
	struct selection_targets targets;
	bool is_told; /* the compositor's selection is the application's */

	/* Of others' */
	struct wl_display *wayland;
	struct sill_clipboard_v1 *clipboard;
	struct wl_callback *settling; /* until then, what is told is older than what we told */
	bool begins; /* or it is what was there before us */
	xcb_timestamp_t begun;
	struct selection_types coming; /* is being told */
	struct selection_types types; /* none while it is an X11 application's */
	struct selection_target offered[SELECTION_TARGETS_MAX]; /* names are in types */
	xcb_atom_t offered_atoms[SELECTION_TARGETS_MAX];
	size_t offered_count;

	struct incomings incomings;
	struct outgoings outgoings;
};

/* Connects once more to the X server; false, and said why, where it cannot. */
bool selection_init(
	struct selection *selection, const char *display, struct compositor *compositor);

/* What to wait for: at most SELECTION_FDS_MAX. In milliseconds of CLOCK_MONOTONIC, or
 * CLOCK_NEVER. */
size_t selection_poll(const struct selection *selection, struct pollfd *fds, size_t max);
int64_t selection_due(const struct selection *selection);

/*
 * Once in each turn of the loop, after what the compositor sent was dispatched and before what is
 * for it is flushed, with what poll said of what selection_poll told; false when the X server is
 * gone.
 */
bool selection_dispatch(struct selection *selection, const struct pollfd *fds, size_t count);

#endif
