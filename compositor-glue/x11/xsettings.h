// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_XSETTINGS_H
#define COMPOSITOR_GLUE_X11_XSETTINGS_H

#include <stddef.h>
#include <stdint.h>

/*
 * How large X11 applications are to draw, in the words that they understand. Scales are in 120ths,
 * as in fractional-scale-v1. PURE.
 */

#define XSETTINGS_SIZE 256
#define RESOURCES_LIMIT 65536 /* of text, in bytes; a longer one is left alone */

/* The value of _XSETTINGS_SETTINGS (XSETTINGS 0.5), in this machine's byte order. Its length. */
size_t xsettings_write(uint8_t data[XSETTINGS_SIZE], uint32_t scale, uint32_t serial);

/*
 * The text of RESOURCE_MANAGER with our lines in place of those that it had, what else is in it as
 * it was. Its length, 0 when there is no room.
 */
size_t resources_write(
	char *text, size_t size, const char *before, size_t before_length, uint32_t scale);

#endif
