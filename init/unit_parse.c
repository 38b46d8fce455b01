// SPDX-License-Identifier: MIT
#include "init/unit_parse.h"

#include <signal.h>
#include <string.h>

#include "init/unit_keys.h"
#include "init/values.h"

#define START_TIMEOUT_USEC (90 * USEC_PER_SEC)
#define STOP_TIMEOUT_USEC (5 * USEC_PER_SEC)
#define RESTART_USEC (100 * USEC_PER_MSEC)
#define BACKLOG 4096

/* The section of a kind beside [Unit]; NULL: it has none. */
static const char *const own_sections[] = {
	[UNIT_SERVICE] = "Service",
	[UNIT_SOCKET] = "Socket",
	[UNIT_TARGET] = NULL,
};

static void set_defaults(struct unit *unit)
{
	if (unit->kind == UNIT_SERVICE) {
		unit->service = (struct service_config){
			.stop_timeout_usec = STOP_TIMEOUT_USEC,
			.restart_delay.first_usec = RESTART_USEC,
			.kill_signal = SIGTERM,
			.notify_access = NOTIFY_MAIN,
			.capabilities = CAPABILITIES_ALL,
			.memory_max = UINT64_MAX,
			.tasks_max = UINT64_MAX,
			.oom_score = NUMBER_UNSET,
			.nice = NUMBER_UNSET,
			.cpu_priority = NUMBER_UNSET,
		};
	} else if (unit->kind == UNIT_SOCKET) {
		unit->socket = (struct socket_config){
			.mode = 0666,
			.directory_mode = 0755,
			.backlog = BACKLOG,
		};
	}
}

/* What the file leaves out and follows from its name or another key. */
static void set_derived(struct unit *unit, struct unit_reader *reader)
{
	if (unit->description == NULL) {
		unit->description = unit->name;
	}
	if (unit->kind == UNIT_SERVICE && unit->service.start_timeout_usec == 0) {
		bool has_none = unit->service.type == SERVICE_ONESHOT;
		unit->service.start_timeout_usec = has_none ? USEC_INFINITY : START_TIMEOUT_USEC;
	}
	if (unit->kind != UNIT_SOCKET) {
		return;
	}
	struct socket_config *socket = &unit->socket;
	if (socket->service.text == NULL) {
		char name[UNIT_NAME_MAX + sizeof(".service")];
		size_t stem = (size_t)(strrchr(unit->name, '.') - unit->name);
		memcpy(name, unit->name, stem);
		memcpy(name + stem, ".service", sizeof(".service"));
		socket->service.text = unit_reader_keep(reader, name);
	}
	if (socket->fd_name == NULL) {
		socket->fd_name = unit->name;
	}
}

/* What no single line can be blamed for. */
static void check_whole(const struct unit *unit, struct diag_list *diags)
{
	const struct position file = {1, 1};
	const struct service_config *service = &unit->service;
	if (unit->kind == UNIT_SOCKET && unit->socket.listen == NULL) {
		diag_add(diags, unit->file, file,
			"no ListenStream= or ListenSequentialPacket= in [Socket]");
	}
	if (unit->kind != UNIT_SERVICE) {
		return;
	}
	if (service->exec_start.count == 0) {
		diag_add(diags, unit->file, file, "no ExecStart= in [Service]");
	}
	if (service->type == SERVICE_ONESHOT && service->restart == RESTART_ALWAYS) {
		diag_add(diags, unit->file, file, "Type=oneshot cannot have Restart=always");
	}
	if (service->type == SERVICE_ONESHOT && service->restart == RESTART_ON_SUCCESS) {
		diag_add(diags, unit->file, file, "Type=oneshot cannot have Restart=on-success");
	}
	if ((service->restart_delay.steps != 0) != (service->restart_delay.max_usec != 0)) {
		diag_add(diags, unit->file, file,
			"RestartSteps= and RestartMaxDelaySec= need each other");
	}
}

static bool is_section_of(const char *section, enum unit_kind kind)
{
	const char *own = own_sections[kind];
	return strcmp(section, "Unit") == 0 || (own != NULL && strcmp(section, own) == 0);
}

/* The section that a header opens, or NULL when its settings are to be skipped. */
static const char *open_section(struct unit_reader *reader, const struct unit_line *line)
{
	if (!is_section_of(line->name, reader->unit->kind)) {
		unit_reader_fault(reader, line->name, "unknown section [%.40s]", line->name);
		return NULL;
	}
	return strcmp(line->name, "Unit") == 0 ? "Unit" : own_sections[reader->unit->kind];
}

bool unit_parse(struct unit *unit, struct unit_lines *lines, struct text_pool *pool,
	struct diag_list *diags)
{
	struct unit_reader reader = {unit, lines, pool, diags};
	size_t before = diags->count + diags->dropped;
	const char *section = NULL;
	bool has_section = false;
	set_defaults(unit);
	struct unit_line line;
	while (unit_lines_next(lines, &line)) {
		if (line.kind == UNIT_LINE_BAD) {
			unit_reader_fault(&reader, line.name, "%s", line.problem);
		} else if (line.kind == UNIT_LINE_SECTION) {
			has_section = true;
			section = open_section(&reader, &line);
		} else if (section != NULL) {
			unit_keys_apply(&reader, section, &line);
		} else if (!has_section) {
			unit_reader_fault(&reader, line.name, "a key before the first [Section]");
		}
	}
	set_derived(unit, &reader);
	if (diags->count + diags->dropped == before) {
		check_whole(unit, diags);
	}
	return diags->count + diags->dropped == before;
}
