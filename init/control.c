// SPDX-License-Identifier: MIT
#include "init/control.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "init/address.h"
#include "init/status.h"

#define ANSWER_MAX 98304 // a full log ring, or all units' status
#define CONTROL_BACKLOG 64

/* In text the first line of an answer is the exit code for sillctl, 0 unless there is a fault. */
static void answer_fault(struct text_out *out, bool wants_text, int code, const char *fault)
{
	out->length = 0;
	if (wants_text) {
		text_out_print(out, "%d\n%s\n", code, fault);
	} else {
		text_out_print(out, "{\"exit\":%d,\"error\":\"%s\"}\n", code, fault);
	}
}

static void answer_change(const struct supervisor *supervisor, const struct request *request,
	size_t unit, struct text_out *out)
{
	const struct service *service = supervisor_service(supervisor, unit);
	const char *state = service != NULL ? service_state_name(service->state) : "accepted";
	if (request->wants_text) {
		text_out_print(out, "%s: %s\n", request->unit, state);
	} else {
		text_out_print(out, "{\"unit\":\"%s\",\"state\":\"%s\"}\n", request->unit, state);
	}
}

static void answer_logs(const struct supervisor *supervisor, const struct request *request,
	size_t unit, struct text_out *out)
{
	const struct service *service = supervisor_service(supervisor, unit);
	if (service == NULL) {
		answer_fault(out, request->wants_text, 2, "only services have logs");
		return;
	}
	log_ring_print(&service->output.store->ring, out);
}

static void answer_unit(
	struct supervisor *supervisor, const struct request *request, struct text_out *out)
{
	const struct graph *graph = supervisor->graph;
	int unit = unit_find(supervisor->units, graph->count, request->unit);
	if (unit == UNIT_NONE) {
		answer_fault(out, request->wants_text, 2, "there is no such unit");
		return;
	}
	unit_set named = unit_bit((size_t)unit);
	if (request->verb == REQUEST_LOGS) {
		answer_logs(supervisor, request, (size_t)unit, out);
		return;
	}
	if (supervisor->is_shutting_down) {
		answer_fault(out, request->wants_text, 1, "init is stopping");
		return;
	}
	if (request->verb == REQUEST_START) {
		supervisor_start(supervisor, graph_started_by(graph, named));
	} else if (request->verb == REQUEST_RESTART) {
		supervisor_restart(supervisor, named);
	} else {
		supervisor_stop(supervisor, graph_stopped_by(graph, named));
	}
	answer_change(supervisor, request, (size_t)unit, out);
}

static void answer(struct supervisor *supervisor, char *line, struct text_out *out)
{
	struct request request;
	const char *fault = request_parse(line, &request);
	if (fault != NULL) {
		answer_fault(out, false, 2, fault);
		return;
	}
	if (request.wants_text) {
		text_out_print(out, "0\n");
	}
	if (request.verb != REQUEST_STATUS) {
		answer_unit(supervisor, &request, out);
	} else if (request.wants_text) {
		status_table(supervisor, clock_usec(), out);
	} else {
		status_json(supervisor, clock_usec(), out);
	}
}

/* One send: a peer that cannot take the answer at once does without. */
static void send_answer(struct control_client *client)
{
	static char data[ANSWER_MAX];
	struct text_out out = {.data = data, .size = sizeof(data)};
	answer(client->control->supervisor, client->line, &out);
	(void)send(client->source.fd, data, out.length, MSG_DONTWAIT | MSG_NOSIGNAL);
}

static void handle_client(struct loop_source *source)
{
	struct control_client *client = source->data;
	size_t room = sizeof(client->line) - client->length;
	ssize_t got = recv(source->fd, client->line + client->length, room, MSG_DONTWAIT);
	if (got > 0) {
		char *end = memchr(client->line + client->length, '\n', (size_t)got);
		client->length += (size_t)got;
		if (end == NULL && client->length < sizeof(client->line)) {
			return;
		}
		if (end != NULL) {
			*end = '\0';
			send_answer(client);
		}
	}
	loop_close(client->control->supervisor->host.loop, source);
}

static bool may_connect(int fd)
{
	struct ucred peer;
	socklen_t size = sizeof(peer);
	return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
	       (peer.uid == 0 || peer.uid == geteuid());
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
	if (!may_connect(fd)) {
		close(fd);
		return;
	}
	struct control_client *client = take_place(control);
	client->length = 0;
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
	mode_t old = umask(0177);
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
