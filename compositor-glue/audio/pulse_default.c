// SPDX-License-Identifier: MIT
#include "compositor-glue/audio/pulse_default.h"

#include "compositor-glue/audio/pulse_link.h"

void pulse_default_init(struct pulse_default *wish, struct pulse_link *link, const char *device,
	pulse_default_fn set)
{
	*wish = (struct pulse_default){.link = link, .device = device, .set = set};
}

static void on_answer(pa_context *context, int success, void *data)
{
	struct pulse_default *wish = data;
	wish->wished = wish->wished && success == 0;
}

void pulse_default_ask(struct pulse_default *wish)
{
	wish->wished = true;
	pulse_link_forget(wish->set(wish->link->context, wish->device, on_answer, wish));
}

void pulse_default_drop(struct pulse_default *wish)
{
	wish->wished = false;
}

void pulse_default_server_changed(struct pulse_default *wish)
{
	if (wish->wished) {
		pulse_default_ask(wish);
	}
}
