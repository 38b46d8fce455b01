// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/properties.h"

#include <stdlib.h>

#include "compositor-glue/x11/compositor.h"
#include "compositor-glue/x11/hints.h"
#include "compositor-glue/x11/icon.h"
#include "compositor-glue/x11/picture.h"
#include "compositor-glue/x11/watched.h"
#include "sill-x11-v1-client.h"

#define CLASS_WORDS 256
#define HINTS_WORDS 18

xcb_get_property_reply_t *property_read(
	const struct windows *windows, xcb_window_t id, xcb_atom_t property, uint32_t words)
{
	return xcb_get_property_reply(windows->x11,
		xcb_get_property(
			windows->x11, 0, id, property, XCB_GET_PROPERTY_TYPE_ANY, 0, words),
		NULL);
}

size_t property_words(const xcb_get_property_reply_t *reply)
{
	return reply != NULL && reply->format == 32
		       ? (size_t)xcb_get_property_value_length(reply) / 4
		       : 0;
}

uint32_t properties_news(const struct windows *windows, xcb_atom_t property)
{
	return property == XCB_ATOM_WM_CLASS           ? NEWS_CLASS
	       : property == XCB_ATOM_WM_NORMAL_HINTS  ? NEWS_LIMITS
	       : property == XCB_ATOM_WM_TRANSIENT_FOR ? NEWS_OWNER
	       : property == windows->icon             ? NEWS_ICON
						       : 0;
}

static void tell_class(struct watched *watched, xcb_get_property_reply_t *reply)
{
	char class[HINTS_CLASS_MAX + 1], instance[HINTS_CLASS_MAX + 1];
	if (reply != NULL && reply->format == 8) {
		size_t size = (size_t)xcb_get_property_value_length(reply);
		hints_class(class, xcb_get_property_value(reply), size);
		hints_instance(instance, xcb_get_property_value(reply), size);
		sill_x11_window_v1_set_class(watched->told, class, instance);
	}
}

static void tell_limits(struct watched *watched, xcb_get_property_reply_t *reply)
{
	struct size_hints hints = hints_sizes(
		reply != NULL ? xcb_get_property_value(reply) : NULL, property_words(reply));
	sill_x11_window_v1_set_size_limits(watched->told, hints.min_width, hints.min_height,
		hints.max_width, hints.max_height);
}

static void tell_owner(
	const struct windows *windows, struct watched *watched, xcb_get_property_reply_t *reply)
{
	const struct watched *owner =
		property_words(reply) > 0
			? watched_find(
				  windows, *(const xcb_window_t *)xcb_get_property_value(reply))
			: NULL;
	sill_x11_window_v1_set_owner(watched->told, owner != NULL ? owner->told : NULL);
}

static void tell_icon(
	const struct windows *windows, struct watched *watched, xcb_get_property_reply_t *reply)
{
	struct picture picture;
	if (property_words(reply) > 0 &&
		picture_choose(&picture, xcb_get_property_value(reply), property_words(reply))) {
		icon_tell(watched->told, windows->compositor->shm, &picture);
	} else {
		sill_x11_window_v1_set_icon(watched->told, NULL);
	}
}

static void tell_property(const struct windows *windows, struct watched *watched, uint32_t news,
	xcb_get_property_reply_t *reply)
{
	if (news == NEWS_CLASS) {
		tell_class(watched, reply);
	} else if (news == NEWS_LIMITS) {
		tell_limits(watched, reply);
	} else if (news == NEWS_OWNER) {
		tell_owner(windows, watched, reply);
	} else {
		tell_icon(windows, watched, reply);
	}
}

void properties_tell(const struct windows *windows, struct watched *watched)
{
	const struct {
		uint32_t news;
		xcb_atom_t property;
		uint32_t words;
	} properties[] = {
		{NEWS_CLASS, XCB_ATOM_WM_CLASS, CLASS_WORDS},
		{NEWS_LIMITS, XCB_ATOM_WM_NORMAL_HINTS, HINTS_WORDS},
		{NEWS_OWNER, XCB_ATOM_WM_TRANSIENT_FOR, 1},
		{NEWS_ICON, windows->icon, PICTURE_WORDS_MAX},
	};
	for (size_t i = 0; i < sizeof(properties) / sizeof(properties[0]); i++) {
		if ((watched->news & properties[i].news) == 0) {
			continue;
		}
		xcb_get_property_reply_t *reply = property_read(
			windows, watched->id, properties[i].property, properties[i].words);
		tell_property(windows, watched, properties[i].news, reply);
		free(reply);
	}
	watched->news = 0;
}
