// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_INPUT_H
#define COMPOSITOR_GLUE_RDP_INPUT_H

#include <stdbool.h>
#include <stdint.h>

struct peer;
struct session;

/* What the client's keyboard and pointer did so far. */
struct input {
	int32_t x, y;
	bool pause_begun; /* the first half of the Pause key came */
	bool unicode_heard; /* and was logged */
	bool swapped; /* the user is left-handed: the right button is the first */
};

/* Routes the connection's input events; they are dropped until it has a session. */
void input_connect(struct peer *peer);

/* The client's keyboard layout and lock keys, once it is in. */
void input_start(struct session *session);

/* The client sends what was pressed, and says which of the two is the first. */
void input_swap_buttons(struct session *session, bool swapped);

/* The scroll of a wheel event: 120 is a detent, the sign as RDP has it (up is positive). PURE. */
int32_t input_wheel_rotation(uint16_t flags);

#endif
