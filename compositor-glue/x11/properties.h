// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_PROPERTIES_H
#define COMPOSITOR_GLUE_X11_PROPERTIES_H

#include <stddef.h>
#include <stdint.h>
#include <xcb/xcb.h>

struct atoms;
struct client;

/* Properties that have to be looked at. */
enum news {
	NEWS_TITLE = 1,
	NEWS_CLASS = 2,
	NEWS_SIZES = 4,
	NEWS_WM_HINTS = 8,
	NEWS_PROTOCOLS = 16,
	NEWS_DECORATION = 32,
	NEWS_OWNER = 64,
	NEWS_ICON = 128,
	NEWS_SYNC = 256,
	NEWS_ALL = 511,
};

/* Which of the news a change of this property is; 0 when it is none. */
uint32_t properties_news(const struct atoms *atoms, xcb_atom_t property);

/*
 * Reads those that are news into client->properties, asking the server for all of them at once. An
 * icon goes to the compositor right away, if the window has a surface.
 */
void properties_read(struct client *client, uint32_t news);

/* How many words of 32 bits there are; none when it is not made of those. */
size_t property_words(const xcb_get_property_reply_t *reply);

#endif
