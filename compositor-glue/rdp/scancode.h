// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_SCANCODE_H
#define COMPOSITOR_GLUE_RDP_SCANCODE_H

#include <stdbool.h>
#include <stdint.h>

enum scancode_set {
	SCANCODE_PLAIN,
	SCANCODE_E0, /* "extended" in RDP */
	SCANCODE_E1,
};

/* The Linux evdev code of a PC/AT set 1 scan code as RDP sends it; 0 when there is none. PURE. */
uint32_t scancode_to_evdev(enum scancode_set set, uint8_t code);

#endif
