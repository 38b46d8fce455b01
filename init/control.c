// SPDX-License-Identifier: MIT
#include "init/control.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "init/address.h"
#include "init/status.h"

#define ANSWER_PART 4096 // what is sent at once
#define CONTROL_BACKLOG 64
#define EVENT_MAX 1024

/* An answer on its way to a client. */
struct answer {
	struct text_out out;
	int fd;
	bool is_lost; // the client does not keep up: the rest is left out
};

/* A peer that cannot take at once what its socket has no room for does without. */
static bool send_all(int fd, const char *data, size_t size)
{
	return send(fd, data, size, MSG_DONTWAIT | MSG_NOSIGNAL) == (ssize_t)size;
}

static void flush(struct text_out *out)
{
	struct answer *answer = (struct answer *)out; // its first member
	answer->is_lost = answer->is_lost || !send_all(answer->fd, out->data, out->length);
	out->length = 0;
}

static void answer_fault(struct text_out *out, int code, const char *fault)
{
	text_out_print(out, "{\"exit\":%d,\"error\":\"%s\"}\n", code, fault);
}

/* The first reader of a log that nobody follows yet makes its output tell us. */
static void publish_log(const struct output *output, const char *data, size_t size)
{
	struct control *control = output->follow_data;
	for (size_t i = 0; i < CONTROL_CLIENTS_MAX; i++) {
		struct control_client *client = &control->clients[i];
		if (client->source.fd >= 0 && client->following == FOLLOWING_LOGS &&
			client->output == output && !send_all(client->source.fd, data, size)) {
			loop_close(control->supervisor->host.loop, &client->source);
		}
	}
}

static void answer_logs(struct control_client *client, const struct request *request, size_t unit,
	struct text_out *out)
{
	struct supervisor *supervisor = client->control->supervisor;
	if (supervisor_service(supervisor, unit) == NULL) {
		answer_fault(out, 2, "only services have logs");
		return;
	}
	struct output *output = &supervisor->services[unit].output;
	/* What a service writes may look like an answer: this one comes first. */
	text_out_print(out, "{\"unit\":\"%s\"}\n", supervisor->units[unit].name);
	log_ring_print(&output->store->ring, out);
	if (request->wants_more) {
		output->follow = publish_log;
		output->follow_data = client->control;
		client->following = FOLLOWING_LOGS;
		client->output = output;
	}
}

static const char *change(struct supervisor *supervisor, enum request_verb verb, size_t unit)
{
	const struct graph *graph = supervisor->graph;
	unit_set named = unit_bit(unit);
	if (supervisor->is_shutting_down) {
		return "init is stopping";
	}
	if (verb == REQUEST_START) {
		supervisor_start(supervisor, graph_started_by(graph, named));
	} else if (verb == REQUEST_RESTART) {
		supervisor_restart(supervisor, named);
	} else if (verb == REQUEST_STOP) {
		supervisor_stop(supervisor, graph_stopped_by(graph, named));
	} else {
		const struct unit *which = &supervisor->units[unit];
		if (which->kind != UNIT_SERVICE || which->service.exec_reload.count == 0) {
			return "it has no ExecReload=";
		}
		if (supervisor->services[unit].state != SERVICE_RUNNING) {
			return "it is not running";
		}
		supervisor_reload(supervisor, named);
	}
	return NULL;
}

static void answer_unit(
	struct control_client *client, const struct request *request, struct text_out *out)
{
	struct supervisor *supervisor = client->control->supervisor;
	int unit = unit_find(supervisor->units, supervisor->graph->count, request->unit);
	if (unit == UNIT_NONE) {
		answer_fault(out, 2, "there is no such unit");
		return;
	}
	if (request->verb == REQUEST_LOGS) {
		answer_logs(client, request, (size_t)unit, out);
		return;
	}
	const char *fault = change(supervisor, request->verb, (size_t)unit);
	if (fault != NULL) {
		answer_fault(out, 1, fault);
		return;
	}
	const struct service *service = supervisor_service(supervisor, (size_t)unit);
	text_out_print(out, "{\"unit\":\"%s\",\"state\":\"%s\"}\n", request->unit,
		service != NULL ? service_state_name(service->state) : "accepted");
}

static void answer_end(struct supervisor *supervisor, enum request_verb verb, struct text_out *out)
{
	supervisor_shut_down(supervisor, verb == REQUEST_POWEROFF ? END_POWEROFF
					 : verb == REQUEST_REBOOT ? END_REBOOT
								  : END_EXIT);
	text_out_print(out, "{\"state\":\"stopping\"}\n");
}

/* Everyone may know how things are; the rest is for root and init's own user. */
static bool may_ask(int fd, enum request_verb verb)
{
	struct ucred peer;
	socklen_t size = sizeof(peer);
	return verb == REQUEST_STATUS ||
	       (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
		       (peer.uid == 0 || peer.uid == geteuid()));
}

static void answer_line(struct control_client *client, struct text_out *out)
{
	struct supervisor *supervisor = client->control->supervisor;
	struct request request;
	const char *fault = request_parse(client->line, &request);
	if (fault != NULL) {
		answer_fault(out, 2, fault);
	} else if (!may_ask(client->source.fd, request.verb)) {
		answer_fault(out, 1, "only root and init's own user may do that");
	} else if (request.verb == REQUEST_STATUS) {
		status_json(supervisor, clock_usec(), out);
	} else if (request.verb == REQUEST_EVENTS) {
		client->following = FOLLOWING_EVENTS;
	} else if (request.verb >= REQUEST_START) {
		answer_unit(client, &request, out);
	} else {
		answer_end(supervisor, request.verb, out);
	}
}

/* Whether the client stays for more. */
static bool answer_client(struct control_client *client)
{
	char data[ANSWER_PART];
	struct answer answer = {
		.out = {.data = data, .size = sizeof(data), .flush = flush},
		.fd = client->source.fd,
	};
	answer_line(client, &answer.out);
	flush(&answer.out);
	return client->following != FOLLOWING_NOTHING && !answer.is_lost;
}

static void handle_client(struct loop_source *source)
{
	struct control_client *client = source->data;
	size_t room = sizeof(client->line) - client->length;
	ssize_t got = recv(source->fd, client->line + client->length, room, MSG_DONTWAIT);
	if (got > 0 && client->following == FOLLOWING_NOTHING) {
		char *end = memchr(client->line + client->length, '\n', (size_t)got);
		client->length += (size_t)got;
		if (end == NULL && client->length < sizeof(client->line)) {
			return;
		}
		if (end != NULL) {
			*end = '\0';
			client->length = 0;
			if (answer_client(client)) {
				return;
			}
		}
	}
	loop_close(client->control->supervisor->host.loop, source);
}

void control_publish(struct control *control, const struct service *service)
{
	char data[EVENT_MAX];
	struct text_out out = {.data = data, .size = sizeof(data)};
	for (size_t i = 0; i < CONTROL_CLIENTS_MAX; i++) {
		struct control_client *client = &control->clients[i];
		if (client->source.fd < 0 || client->following != FOLLOWING_EVENTS) {
			continue;
		}
		if (out.length == 0) {
			status_event(control->supervisor, service, clock_usec(), &out);
		}
		if (!send_all(client->source.fd, data, out.length)) {
			loop_close(control->supervisor->host.loop, &client->source);
		}
	}
}

/* A free place, or that of the one who has kept us waiting longest. */
static struct control_client *take_place(struct control *control)
{
	for (size_t i = 0; i < CONTROL_CLIENTS_MAX; i++) {
		if (control->clients[i].source.fd < 0) {
			return &control->clients[i];
		}
	}
	struct control_client *client = &control->clients[control->next];
	control->next = (control->next + 1) % CONTROL_CLIENTS_MAX;
	loop_close(control->supervisor->host.loop, &client->source);
	return client;
}

static void handle_connection(struct loop_source *source)
{
	struct control *control = source->data;
	int fd = accept4(source->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	if (fd < 0) {
		return;
	}
	struct control_client *client = take_place(control);
	client->length = 0;
	client->following = FOLLOWING_NOTHING;
	client->source.fd = fd;
	if (loop_add(control->supervisor->host.loop, &client->source) < 0) {
		loop_close(control->supervisor->host.loop, &client->source);
	}
}

static int open_socket(const char *path)
{
	struct address address;
	if (!address_of_path(path, &address)) {
		return -ENAMETOOLONG;
	}
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0) {
		return -errno;
	}
	mode_t old = umask(0111);
	bool is_open = (unlink(path) == 0 || errno == ENOENT) &&
		       bind(fd, &address.any, address.size) == 0 &&
		       listen(fd, CONTROL_BACKLOG) == 0;
	int error = errno;
	(void)umask(old);
	if (!is_open) {
		close(fd);
		return -error;
	}
	return fd;
}

int control_init(struct control *control, struct supervisor *supervisor, const char *path)
{
	int fd = open_socket(path);
	if (fd < 0) {
		return fd;
	}
	control->supervisor = supervisor;
	control->source = (struct loop_source){fd, handle_connection, control};
	for (size_t i = 0; i < CONTROL_CLIENTS_MAX; i++) {
		struct control_client *client = &control->clients[i];
		client->source = (struct loop_source){-1, handle_client, client};
		client->control = control;
	}
	return loop_add(supervisor->host.loop, &control->source);
}
