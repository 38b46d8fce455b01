// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_PROTOCOL_SILL_ICONS_V1_H
#define COMPOSITOR_GLUE_PROTOCOL_SILL_ICONS_V1_H

#include <stdint.h>

/*
 * Between sill-shell, which asks for icons of applications, and sill-icons, which reads their
 * files: a SOCK_SEQPACKET connection to /run/sill/icons. Each request is one message, in this
 * machine's byte order, and has one answer, in the order of the requests. Both ends are built
 * together.
 *
 * It is no Wayland: who reads what anybody may have written is to be nobody's client, and the
 * compositor is to take nothing from it but pixels in a message of one size (docs/decisions/0014).
 * A list of the applications there are, for start menus, would be another kind of request.
 */

#define SILL_ICONS_SIDE 64 /* pixels in each direction */
#define SILL_ICONS_NAME_SIZE 260 /* bytes, with the NUL */

enum sill_icons_kind {
	SILL_ICONS_OF_APP_ID = 1, /* name: app_id of xdg-shell */
	SILL_ICONS_OF_CLASS = 2, /* name: the class in WM_CLASS; other: the instance, may be "" */
	SILL_ICONS_OF_THEME = 3, /* name: an icon of the icon theme */
};

struct sill_icons_request {
	uint32_t kind; /* enum sill_icons_kind */
	char name[SILL_ICONS_NAME_SIZE];
	char other[SILL_ICONS_NAME_SIZE];
};

/* Where there is no icon the message ends behind `found`. */
struct sill_icons_answer {
	uint32_t found; /* 1 or 0 */
	uint32_t pixels[SILL_ICONS_SIDE *
			SILL_ICONS_SIDE]; /* premultiplied ARGB8888, top to bottom */
};

#endif
