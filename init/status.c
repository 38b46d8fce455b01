// SPDX-License-Identifier: MIT
#include "init/status.h"

#include <sys/wait.h>

#include "init/cgroup.h"
#include "init/format.h"
#include "init/text_file.h"

#define PAGE_BYTES 4096 // of statm; there is no other on the machines that we run on

static const char *supervisor_state_name(enum supervisor_state state)
{
	static const char *const names[] = {
		[SUPERVISOR_RUNNING] = "running",
		[SUPERVISOR_STARTING] = "starting",
		[SUPERVISOR_DEGRADED] = "degraded",
		[SUPERVISOR_STOPPING] = "stopping",
	};
	return names[state];
}

/* A service that keeps dying says so, whatever it is doing this moment. */
static const char *shown_state(const struct service *service, uint64_t now_usec)
{
	bool is_degraded =
		service->state != SERVICE_FAILED && service_is_degraded(service, now_usec);
	return is_degraded ? "degraded" : service_state_name(service->state);
}

static void print_exit(const struct service *service, struct text_out *out)
{
	int status = service->last_exit;
	if (!service->has_exited) {
		text_out_print(out, "null");
	} else if (WIFSIGNALED(status)) {
		text_out_print(out, "\"signal %d\"", WTERMSIG(status));
	} else {
		text_out_print(out, "\"exit %d\"", WEXITSTATUS(status));
	}
}

/* Times are given from init's begin on; one that has not come yet is null. */
static void print_time(struct text_out *out, const char *name, uint64_t usec, uint64_t begun_usec)
{
	if (usec == 0) {
		text_out_print(out, ",\"%s\":null", name);
	} else {
		text_out_print(out, ",\"%s\":%lu", name, (unsigned long)(usec - begun_usec));
	}
}

/* What a service and an event about it have in common. */
static void print_state(const struct service *service, uint64_t now_usec, struct text_out *out)
{
	text_out_print(out,
		"\"state\":\"%s\",\"pid\":%d,\"status\":", shown_state(service, now_usec),
		(int)service->pid);
	text_out_json(out, service->status);
	text_out_print(out, ",\"restarts\":%u,\"last_exit\":", service->restarts);
	print_exit(service, out);
}

/* Of its control group, or else what its main process has in memory. */
static uint64_t memory_of(const struct service *service)
{
	char path[32], text[128];
	const char *next = text;
	uint64_t bytes = cgroup_memory(service->host->cgroup, service->unit->name);
	format_text(path, sizeof(path), "/proc/%d/statm", (int)service->pid);
	if (bytes == 0 && service->pid != 0 && text_file_read(path, text, sizeof(text)) > 0) {
		(void)value_digits(text, &next);
		bytes = value_digits(next + (*next == ' '), &next) * PAGE_BYTES;
	}
	return bytes;
}

static void print_names(const struct supervisor *supervisor, unit_set units, struct text_out *out)
{
	const char *separator = "";
	for (size_t i = 0; i < supervisor->graph->count; i++) {
		if ((units & unit_bit(i)) && supervisor_service(supervisor, i) != NULL) {
			text_out_print(out, "%s\"%s\"", separator, supervisor->units[i].name);
			separator = ",";
		}
	}
}

static void print_service(
	const struct supervisor *supervisor, size_t unit, uint64_t now_usec, struct text_out *out)
{
	const struct service *service = &supervisor->services[unit];
	uint64_t begun = supervisor->begun_usec;
	text_out_print(out, "{\"name\":");
	text_out_json(out, service->unit->name);
	text_out_print(out, ",\"description\":");
	text_out_json(out, service->unit->description);
	text_out_print(out, ",");
	print_state(service, now_usec, out);
	text_out_print(out, ",\"memory_bytes\":%lu,\"after\":[", (unsigned long)memory_of(service));
	print_names(supervisor, supervisor->graph->after[unit], out);
	text_out_print(out, "]");
	print_time(out, "started_usec", service->spawned_usec, begun);
	print_time(out, "ready_usec", service->ready_usec, begun);
	print_time(out, "since_usec", service->since_usec, begun);
	print_time(out, "first_wanted_usec", service->first_wanted_usec, begun);
	print_time(out, "first_started_usec", service->first_spawned_usec, begun);
	print_time(out, "first_ready_usec", service->first_ready_usec, begun);
	text_out_print(out, "}");
}

void status_json(const struct supervisor *supervisor, uint64_t now_usec, struct text_out *out)
{
	uint64_t begun = supervisor->begun_usec;
	const char *separator = "";
	text_out_print(out, "{\"state\":\"%s\",\"units\":[",
		supervisor_state_name(supervisor_state(supervisor, now_usec)));
	for (size_t i = 0; i < supervisor->graph->count; i++) {
		if (supervisor_service(supervisor, i) != NULL) {
			text_out_print(out, "%s", separator);
			print_service(supervisor, i, now_usec, out);
			separator = ",";
		}
	}
	text_out_print(out, "],\"boot\":{\"loaded_usec\":%lu",
		(unsigned long)(supervisor->loaded_usec - begun));
	print_time(out, "sockets_usec", supervisor->opened_usec, begun);
	print_time(out, "started_usec", supervisor->settled_usec, begun);
	text_out_print(out, "},\"uptime_usec\":%lu}\n", (unsigned long)(now_usec - begun));
}

void status_event(const struct supervisor *supervisor, const struct service *service,
	uint64_t now_usec, struct text_out *out)
{
	text_out_print(out, "{\"time_usec\":%lu,\"unit\":\"%s\",",
		(unsigned long)(now_usec - supervisor->begun_usec), service->unit->name);
	print_state(service, now_usec, out);
	text_out_print(out, "}\n");
}
