// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/selection.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "sill-bridge-v1-client.h"

/* What applications call the same: toolkits ask for the first, X11 applications for the others. */
static const char *const text_types[] = {
	SELECTION_TEXT, "UTF8_STRING", "text/plain", "TEXT", "STRING"};

static bool is_text(const char *type)
{
	return strcmp(type, SELECTION_TEXT) == 0;
}

static void handle_selection_type(void *data, struct sill_clipboard_v1 *proxy, const char *type)
{
	struct selection *selection = data;
	selection->coming_has_text |= is_text(type);
}

static void handle_selection(void *data, struct sill_clipboard_v1 *proxy)
{
	struct selection *selection = data;
	selection->has_text = selection->coming_has_text;
	selection->coming_has_text = false;
	selection->changed = true;
}

static void handle_send(void *data, struct sill_clipboard_v1 *proxy, const char *type, int32_t fd)
{
	struct selection *selection = data;
	if (selection->on_send != NULL) {
		selection->on_send(selection->on_send_data, fd);
	} else {
		close(fd);
	}
}

static const struct sill_clipboard_v1_listener clipboard_listener = {
	.selection_type = handle_selection_type,
	.selection = handle_selection,
	.send = handle_send,
};

void selection_init(struct selection *selection, struct sill_bridge_v1 *bridge)
{
	*selection = (struct selection){.proxy = sill_bridge_v1_get_clipboard(bridge)};
	sill_clipboard_v1_add_listener(selection->proxy, &clipboard_listener, selection);
}

void selection_finish(struct selection *selection)
{
	if (selection->proxy != NULL) {
		sill_clipboard_v1_destroy(selection->proxy);
	}
}

void selection_offer(struct selection *selection, bool text)
{
	for (size_t i = 0; text && i < sizeof(text_types) / sizeof(text_types[0]); i++) {
		sill_clipboard_v1_offer(selection->proxy, text_types[i]);
	}
	sill_clipboard_v1_set_selection(selection->proxy);
}

int selection_receive(struct selection *selection)
{
	int ends[2];
	if (!selection->has_text || pipe2(ends, O_CLOEXEC) < 0) {
		return -1;
	}
	/* Only ours: the application's end stays as it expects it. */
	if (fcntl(ends[0], F_SETFL, O_NONBLOCK) < 0) {
		close(ends[0]);
		close(ends[1]);
		return -1;
	}
	sill_clipboard_v1_receive(selection->proxy, SELECTION_TEXT, ends[1]);
	close(ends[1]);
	return ends[0];
}
