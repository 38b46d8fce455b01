// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_SEAT_H
#define COMPOSITOR_GLUE_SHELL_SEAT_H

#include <libweston/libweston.h>
#include <linux/input-event-codes.h>
#include <stdbool.h>
#include <stdint.h>

#include "compositor-glue/shell/wheel.h"

#define SEAT_KEY_WORDS (KEY_CNT / 64)
#define SEAT_NAME_MAX 128 // bytes of each of a keymap's names

struct shell;

/* The one seat: the client's keyboard and pointer. */
struct seat {
	struct shell *shell;
	struct weston_seat weston;
	uint64_t held[SEAT_KEY_WORDS]; // keys and buttons share one numbering
	struct wheel wheel[2]; // by wl_pointer axis
	struct wl_resource *resource; // the sill_seat_v1 that is listened to, may be NULL
};

bool seat_init(struct seat *seat, struct shell *shell);
void seat_finish(struct seat *seat);
void seat_bind(struct seat *seat, struct wl_client *client, uint32_t version, uint32_t id);
void seat_release_buttons(struct seat *seat);
void seat_release_all(struct seat *seat);
// The bridge it belongs to is no longer the one that is served
void seat_detach(struct seat *seat);

#endif
