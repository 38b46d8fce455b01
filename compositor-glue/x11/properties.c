// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/properties.h"

#include <stdlib.h>

#include "compositor-glue/x11/client.h"
#include "compositor-glue/x11/manager.h"
#include "compositor-glue/x11/picture.h"
#include "compositor-glue/x11/told.h"

#define CLASS_WORDS 256
#define TITLE_WORDS (TITLE_MAX / 4)
#define PROTOCOLS_WORDS 64

size_t property_words(const xcb_get_property_reply_t *reply)
{
	return reply != NULL && reply->format == 32
		       ? (size_t)xcb_get_property_value_length(reply) / 4
		       : 0;
}

static size_t property_bytes(const xcb_get_property_reply_t *reply)
{
	return reply != NULL && reply->format == 8 ? (size_t)xcb_get_property_value_length(reply)
						   : 0;
}

static const uint32_t *words_of(const xcb_get_property_reply_t *reply)
{
	return reply != NULL ? xcb_get_property_value(reply) : NULL;
}

static void take_name(struct client *client, const xcb_get_property_reply_t *reply)
{
	client->properties.title[0] = '\0';
	if (property_bytes(reply) == 0) {
		return;
	}
	if (reply->type == client->manager->atoms.atom[ATOM_UTF8_STRING]) {
		title_from_utf8(client->properties.title, xcb_get_property_value(reply),
			property_bytes(reply));
	} else {
		title_from_latin1(client->properties.title, xcb_get_property_value(reply),
			property_bytes(reply));
	}
}

/* In place of WM_NAME, where there is one. */
static void take_net_name(struct client *client, const xcb_get_property_reply_t *reply)
{
	if (property_bytes(reply) > 0) {
		title_from_utf8(client->properties.title, xcb_get_property_value(reply),
			property_bytes(reply));
	}
}

static void take_class(struct client *client, const xcb_get_property_reply_t *reply)
{
	const char *text = reply != NULL ? xcb_get_property_value(reply) : NULL;
	size_t size = property_bytes(reply);
	struct client_properties *properties = &client->properties;
	properties->class[0] = properties->instance[0] = '\0';
	if (size > 0) {
		hints_class(properties->class, text, size);
		hints_instance(properties->instance, text, size);
	}
}

static void take_sizes(struct client *client, const xcb_get_property_reply_t *reply)
{
	client->properties.sizes = hints_sizes(words_of(reply), property_words(reply));
}

static void take_wm_hints(struct client *client, const xcb_get_property_reply_t *reply)
{
	client->properties.wm = hints_wm(words_of(reply), property_words(reply));
}

static void take_protocols(struct client *client, const xcb_get_property_reply_t *reply)
{
	const struct atoms *atoms = &client->manager->atoms;
	struct client_properties *properties = &client->properties;
	properties->can_be_closed = properties->takes_focus = properties->draws_in_sync = false;
	for (size_t i = 0; i < property_words(reply); i++) {
		enum atom atom = atoms_find(atoms, words_of(reply)[i]);
		properties->can_be_closed |= atom == ATOM_WM_DELETE_WINDOW;
		properties->takes_focus |= atom == ATOM_WM_TAKE_FOCUS;
		properties->draws_in_sync |= atom == ATOM__NET_WM_SYNC_REQUEST;
	}
}

static void take_motif(struct client *client, const xcb_get_property_reply_t *reply)
{
	client->properties.is_decorated = hints_decorated(words_of(reply), property_words(reply));
}

/* Those that are never moved by hand. */
static bool is_bare(enum atom type)
{
	switch (type) {
	case ATOM__NET_WM_WINDOW_TYPE_COMBO:
	case ATOM__NET_WM_WINDOW_TYPE_DND:
	case ATOM__NET_WM_WINDOW_TYPE_DOCK:
	case ATOM__NET_WM_WINDOW_TYPE_DROPDOWN_MENU:
	case ATOM__NET_WM_WINDOW_TYPE_NOTIFICATION:
	case ATOM__NET_WM_WINDOW_TYPE_POPUP_MENU:
	case ATOM__NET_WM_WINDOW_TYPE_SPLASH:
	case ATOM__NET_WM_WINDOW_TYPE_TOOLTIP:
		return true;
	default:
		return false;
	}
}

/* After _MOTIF_WM_HINTS. The first type is the one that it is most of all (EWMH). */
static void take_type(struct client *client, const xcb_get_property_reply_t *reply)
{
	if (property_words(reply) > 0 &&
		is_bare(atoms_find(&client->manager->atoms, words_of(reply)[0]))) {
		client->properties.is_decorated = false;
	}
}

static void take_owner(struct client *client, const xcb_get_property_reply_t *reply)
{
	client->properties.owner = property_words(reply) > 0 ? words_of(reply)[0] : XCB_NONE;
}

static void take_counter(struct client *client, const xcb_get_property_reply_t *reply)
{
	sync_set_counter(client, property_words(reply) > 0 ? words_of(reply)[0] : XCB_NONE);
}

static void take_icon(struct client *client, const xcb_get_property_reply_t *reply)
{
	struct picture picture;
	bool found = property_words(reply) > 0 &&
		     picture_choose(&picture, words_of(reply), property_words(reply));
	told_icon(client, found ? &picture : NULL);
}

/* Those of one kind in the order in which they are taken. */
static const struct {
	uint32_t news;
	enum atom atom; // ATOM_COUNT: predefined, and in the next field
	xcb_atom_t predefined;
	uint32_t words; // at most
	void (*take)(struct client *client, const xcb_get_property_reply_t *reply);
} table[] = {
	{NEWS_TITLE, ATOM_COUNT, XCB_ATOM_WM_NAME, TITLE_WORDS, take_name},
	{NEWS_TITLE, ATOM__NET_WM_NAME, 0, TITLE_WORDS, take_net_name},
	{NEWS_CLASS, ATOM_COUNT, XCB_ATOM_WM_CLASS, CLASS_WORDS, take_class},
	{NEWS_SIZES, ATOM_COUNT, XCB_ATOM_WM_NORMAL_HINTS, HINTS_SIZES_WORDS, take_sizes},
	{NEWS_WM_HINTS, ATOM_COUNT, XCB_ATOM_WM_HINTS, HINTS_WM_WORDS, take_wm_hints},
	{NEWS_PROTOCOLS, ATOM_WM_PROTOCOLS, 0, PROTOCOLS_WORDS, take_protocols},
	{NEWS_DECORATION, ATOM__MOTIF_WM_HINTS, 0, HINTS_MOTIF_WORDS, take_motif},
	{NEWS_DECORATION, ATOM__NET_WM_WINDOW_TYPE, 0, 1, take_type},
	{NEWS_OWNER, ATOM_COUNT, XCB_ATOM_WM_TRANSIENT_FOR, 1, take_owner},
	{NEWS_SYNC, ATOM__NET_WM_SYNC_REQUEST_COUNTER, 0, 1, take_counter},
	{NEWS_ICON, ATOM__NET_WM_ICON, 0, PICTURE_WORDS_MAX, take_icon},
};
#define TABLE_SIZE (sizeof(table) / sizeof(table[0]))

static xcb_atom_t atom_of(const struct atoms *atoms, size_t i)
{
	return table[i].atom != ATOM_COUNT ? atoms->atom[table[i].atom] : table[i].predefined;
}

uint32_t properties_news(const struct atoms *atoms, xcb_atom_t property)
{
	uint32_t news = 0;
	for (size_t i = 0; i < TABLE_SIZE; i++) {
		if (property != XCB_ATOM_NONE && atom_of(atoms, i) == property) {
			news |= table[i].news;
		}
	}
	return news;
}

void properties_read(struct client *client, uint32_t news)
{
	xcb_connection_t *x11 = client->manager->x11;
	xcb_get_property_cookie_t cookies[TABLE_SIZE];
	for (size_t i = 0; i < TABLE_SIZE; i++) {
		if ((news & table[i].news) != 0) {
			cookies[i] = xcb_get_property(x11, 0, client->id,
				atom_of(&client->manager->atoms, i), XCB_GET_PROPERTY_TYPE_ANY, 0,
				table[i].words);
		}
	}
	for (size_t i = 0; i < TABLE_SIZE; i++) {
		if ((news & table[i].news) != 0) {
			xcb_get_property_reply_t *reply =
				xcb_get_property_reply(x11, cookies[i], NULL);
			table[i].take(client, reply);
			free(reply);
		}
	}
}
