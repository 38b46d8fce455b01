// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_PROPERTIES_H
#define COMPOSITOR_GLUE_X11_PROPERTIES_H

#include <stddef.h>
#include <stdint.h>
#include <xcb/xcb.h>

struct watched;
struct windows;

/* Properties that have to be looked at. */
enum news {
	NEWS_CLASS = 1,
	NEWS_LIMITS = 2,
	NEWS_OWNER = 4,
	NEWS_ICON = 8,
	NEWS_ALL = 15,
};

/* Which of the news a change of this property is; 0 when it is none. */
uint32_t properties_news(const struct windows *windows, xcb_atom_t property);

/* Reads those that are news, asking the server for each, and tells the compositor. The window has a
 * surface. */
void properties_tell(const struct windows *windows, struct watched *watched);

/* At most so many words of 32 bits; to be freed. NULL when the window is gone. */
xcb_get_property_reply_t *property_read(
	const struct windows *windows, xcb_window_t id, xcb_atom_t property, uint32_t words);
/* How many there are; none when it is not made of those. */
size_t property_words(const xcb_get_property_reply_t *reply);

#endif
