// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_STATES_H
#define COMPOSITOR_GLUE_X11_STATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "compositor-glue/x11/atoms.h"

/* The states of windows, and their names in _NET_WM_STATE (EWMH). PURE. */

#define STATES_ATOMS_MAX 8

/* The first three are sill_x11_window_v1.state's. */
enum client_state {
	CLIENT_MAXIMIZED = 1,
	CLIENT_FULLSCREEN = 2,
	CLIENT_MINIMIZED = 4,
	CLIENT_ABOVE = 8,
	CLIENT_MODAL = 16,
};
#define CLIENT_COMPOSITORS (CLIENT_MAXIMIZED | CLIENT_FULLSCREEN | CLIENT_MINIMIZED)
#define CLIENT_BIG (CLIENT_MAXIMIZED | CLIENT_FULLSCREEN)

/* Those that the list names. */
uint32_t states_of_atoms(const struct atoms *atoms, const xcb_atom_t *list, size_t count);
/* What becomes of them by the action and the two atoms of a client message. */
uint32_t states_changed(const struct atoms *atoms, uint32_t now, const uint32_t words[3]);
/* How many atoms. */
uint32_t states_to_atoms(xcb_atom_t list[STATES_ATOMS_MAX], const struct atoms *atoms,
	uint32_t states, bool is_active);

#endif
