// SPDX-License-Identifier: MIT
#include "compositor-glue/audio/pulse_link.h"

#include <string.h>

#include "compositor-glue/rdp/log.h"
#include "compositor-glue/rdp/loop.h"

/* libpulse runs what became due; more than so many rounds of it mean that it never ends. */
#define ROUNDS_LIMIT 64

void pulse_link_forget(pa_operation *operation)
{
	if (operation != NULL) {
		pa_operation_unref(operation);
	}
}

static void retry_later(struct pulse_link *link)
{
	link->retry_at = loop_now() + link->retry_after;
	link->retry_after *= 2;
	if (link->retry_after > PULSE_RETRY_MAX_MS) {
		link->retry_after = PULSE_RETRY_MAX_MS;
	}
}

static void drop_context(struct pulse_link *link)
{
	pa_context *context = link->context;
	if (context == NULL) {
		return;
	}
	link->context = NULL;
	pa_context_set_state_callback(context, NULL, NULL);
	pa_context_set_subscribe_callback(context, NULL, NULL);
	if (link->ready) {
		link->ready = false;
		link->listener.lost(link->listener.data);
	}
	pa_context_disconnect(context);
	pa_context_unref(context);
}

static void on_event(
	pa_context *context, pa_subscription_event_type_t event, uint32_t index, void *data)
{
	struct pulse_link *link = data;
	link->listener.changed(link->listener.data, event, index);
}

static void on_server(pa_context *context, const pa_server_info *info, void *data)
{
	struct pulse_link *link = data;
	/* "PulseAudio (on PipeWire 1.4.2)" */
	link->is_pipewire = info != NULL && strstr(info->server_name, "PipeWire") != NULL;
	link->ready = true;
	link->listener.ready(link->listener.data);
}

static void on_connected(struct pulse_link *link)
{
	link->retry_after = PULSE_RETRY_MIN_MS;
	pa_context_set_subscribe_callback(link->context, on_event, link);
	pulse_link_forget(pa_context_subscribe(link->context,
		PA_SUBSCRIPTION_MASK_SINK | PA_SUBSCRIPTION_MASK_SOURCE |
			PA_SUBSCRIPTION_MASK_SERVER,
		NULL, NULL));
	pulse_link_forget(pa_context_get_server_info(link->context, on_server, link));
}

static void on_state(pa_context *context, void *data)
{
	struct pulse_link *link = data;
	pa_context_state_t state = pa_context_get_state(context);
	if (state == PA_CONTEXT_READY) {
		on_connected(link);
	} else if (!PA_CONTEXT_IS_GOOD(state)) {
		if (link->ready) {
			log_line("the sound server is gone: %s",
				pa_strerror(pa_context_errno(context)));
		}
		/* libpulse still uses the context here: it is dropped before the next wait. */
		retry_later(link);
	}
}

static void connect_server(struct pulse_link *link)
{
	drop_context(link);
	link->retry_at = LOOP_NEVER;
	link->context = pa_context_new(pa_mainloop_get_api(link->mainloop), "sill-rdp");
	if (link->context == NULL) {
		retry_later(link);
		return;
	}
	pa_context_set_state_callback(link->context, on_state, link);
	if (pa_context_connect(link->context, link->server, PA_CONTEXT_NOAUTOSPAWN, NULL) < 0) {
		drop_context(link);
		retry_later(link);
	}
}

/*
 * libpulse's loop is run in two halves. Before ours waits, it is asked what it would wait for; when
 * that came to pass, it is run without waiting.
 */
static int tell(struct pulse_link *link, const struct pollfd *fds, unsigned long count, int timeout)
{
	link->watched_count = 0;
	for (unsigned long i = 0; i < count && i < PULSE_FDS; i++) {
		link->watched[link->watched_count++] =
			loop_watch(link->loop, fds[i].fd, fds[i].events);
	}
	link->deadline = timeout < 0 ? LOOP_NEVER : loop_now() + timeout;
	loop_wake_at(link->loop, link->deadline);
	return 0;
}

static int poll_for_pulse(struct pollfd *fds, unsigned long count, int timeout, void *data)
{
	struct pulse_link *link = data;
	return link->loop != NULL ? tell(link, fds, count, timeout) : poll(fds, count, timeout);
}

static void run_due(struct pulse_link *link)
{
	for (int i = 0; i < ROUNDS_LIMIT && pa_mainloop_iterate(link->mainloop, 0, NULL) > 0; i++) {
	}
	if (link->retry_at <= loop_now()) {
		connect_server(link);
	} else if (link->retry_at != LOOP_NEVER) {
		drop_context(link);
	}
}

bool pulse_link_init(
	struct pulse_link *link, const char *server, const struct pulse_listener *listener)
{
	*link = (struct pulse_link){
		.server = server,
		.listener = *listener,
		.retry_after = PULSE_RETRY_MIN_MS,
		.deadline = LOOP_NEVER,
		.mainloop = pa_mainloop_new(),
	};
	if (link->mainloop == NULL) {
		return false;
	}
	pa_mainloop_set_poll_func(link->mainloop, poll_for_pulse, link);
	return true;
}

void pulse_link_finish(struct pulse_link *link)
{
	drop_context(link);
	if (link->mainloop != NULL) {
		pa_mainloop_free(link->mainloop);
		link->mainloop = NULL;
	}
}

void pulse_link_prepare(struct pulse_link *link, struct loop *loop)
{
	run_due(link);
	link->loop = loop;
	link->watched_count = 0;
	link->deadline = loop_now();
	if (pa_mainloop_prepare(link->mainloop, -1) < 0 || pa_mainloop_poll(link->mainloop) < 0 ||
		pa_mainloop_dispatch(link->mainloop) > 0) {
		link->deadline = loop_now();
		loop_wake_at(loop, link->deadline);
	}
	link->loop = NULL;
	loop_wake_at(loop, link->retry_at);
}

static bool is_due(const struct pulse_link *link, const struct loop *loop)
{
	for (size_t i = 0; i < link->watched_count; i++) {
		if (loop_ready(loop, link->watched[i]) != 0) {
			return true;
		}
	}
	int64_t now = loop_now();
	return link->deadline <= now || link->retry_at <= now;
}

void pulse_link_dispatch(struct pulse_link *link, const struct loop *loop)
{
	if (is_due(link, loop)) {
		run_due(link);
	}
}
