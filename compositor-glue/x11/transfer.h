// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_TRANSFER_H
#define COMPOSITOR_GLUE_X11_TRANSFER_H

#include <stdint.h>
#include <xcb/xcb.h>

/* What both directions of a selection's content have in common. */

#define TRANSFERS_MAX 16 /* at a time, in each direction */
/* Bytes at a time; what is larger goes incrementally (ICCCM 2.7.2). */
#define TRANSFER_PIECE 65536
#define TRANSFER_SIZE_MAX (UINT64_C(128) << 20) /* bytes in all */
#define TRANSFER_IDLE_MS 15000 /* without any progress: given up */

enum transfer_atom {
	TRANSFER_CLIPBOARD,
	TRANSFER_TARGETS,
	TRANSFER_TIMESTAMP,
	TRANSFER_INCR,
	TRANSFER_CONTENT, /* the property that is ours to be written into */
	TRANSFER_ATOMS,
};

/* The X server, by a connection that only selections use. */
struct transfer_server {
	xcb_connection_t *x11;
	xcb_atom_t atoms[TRANSFER_ATOMS];
};

#endif
