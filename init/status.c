// SPDX-License-Identifier: MIT
#include "init/status.h"

#include <inttypes.h>
#include <stdio.h>
#include <sys/wait.h>

#define EXIT_TEXT_MAX 24

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

static const char *exit_text(const struct service *service, char text[static EXIT_TEXT_MAX])
{
	int status = service->last_exit;
	if (!service->has_exited) {
		return NULL;
	}
	bool is_signal = WIFSIGNALED(status);
	snprintf(text, EXIT_TEXT_MAX, "%s %d", is_signal ? "signal" : "exit",
		is_signal ? WTERMSIG(status) : WEXITSTATUS(status));
	return text;
}

/* Times are given from init's begin on; one that has not come yet is null. */
static void print_time(struct text_out *out, const char *name, uint64_t usec, uint64_t begun_usec)
{
	if (usec == 0) {
		text_out_print(out, "\"%s\":null", name);
	} else {
		text_out_print(out, "\"%s\":%" PRIu64, name, usec - begun_usec);
	}
}

static void service_json(
	const struct service *service, uint64_t begun_usec, uint64_t now_usec, struct text_out *out)
{
	char exit[EXIT_TEXT_MAX];
	text_out_print(out, "{\"name\":");
	text_out_json(out, service->unit->name);
	text_out_print(out, ",\"description\":");
	text_out_json(out, service->unit->description);
	text_out_print(out,
		",\"state\":\"%s\",\"pid\":%d,\"status\":", shown_state(service, now_usec),
		(int)service->pid);
	text_out_json(out, service->status);
	text_out_print(out, ",\"restarts\":%u,\"last_exit\":", service->restarts);
	text_out_json(out, exit_text(service, exit));
	text_out_print(out, ",");
	print_time(out, "started_usec", service->spawned_usec, begun_usec);
	text_out_print(out, ",");
	print_time(out, "ready_usec", service->ready_usec, begun_usec);
	text_out_print(out, ",");
	print_time(out, "since_usec", service->since_usec, begun_usec);
	text_out_print(out, "}");
}

void status_json(const struct supervisor *supervisor, uint64_t now_usec, struct text_out *out)
{
	uint64_t begun = supervisor->begun_usec;
	const char *separator = "";
	text_out_print(out, "{\"state\":\"%s\",\"units\":[",
		supervisor_state_name(supervisor_state(supervisor, now_usec)));
	for (size_t i = 0; i < supervisor->graph->count; i++) {
		const struct service *service = supervisor_service(supervisor, i);
		if (service != NULL) {
			text_out_print(out, "%s", separator);
			service_json(service, begun, now_usec, out);
			separator = ",";
		}
	}
	text_out_print(out, "],\"boot\":{");
	print_time(out, "sockets_usec", supervisor->opened_usec, begun);
	text_out_print(out, ",");
	print_time(out, "started_usec", supervisor->settled_usec, begun);
	text_out_print(out, "},\"uptime_usec\":%" PRIu64 "}\n", now_usec - begun);
}

/* "12 ms", "3.4 s", "5 min", "2 h": two figures are enough for a person. */
static const char *span_text(uint64_t usec, char *text, size_t size)
{
	if (usec < USEC_PER_SEC) {
		snprintf(text, size, "%" PRIu64 " ms", usec / USEC_PER_MSEC);
	} else if (usec < 60 * USEC_PER_SEC) {
		snprintf(text, size, "%" PRIu64 ".%" PRIu64 " s", usec / USEC_PER_SEC,
			usec % USEC_PER_SEC / 100000);
	} else if (usec < 7200 * USEC_PER_SEC) {
		snprintf(text, size, "%" PRIu64 " min", usec / (60 * USEC_PER_SEC));
	} else {
		snprintf(text, size, "%" PRIu64 " h", usec / (3600 * USEC_PER_SEC));
	}
	return text;
}

static void service_row(const struct service *service, uint64_t now_usec, struct text_out *out)
{
	char since[24], exit[EXIT_TEXT_MAX], pid[16] = "-";
	const char *last = exit_text(service, exit);
	if (service->pid != 0) {
		snprintf(pid, sizeof(pid), "%d", (int)service->pid);
	}
	text_out_print(out, "%-20s %-10s %7s %8s %8u  %-10s %s\n", service->short_name,
		shown_state(service, now_usec), pid,
		span_text(now_usec - service->since_usec, since, sizeof(since)), service->restarts,
		last != NULL ? last : "-",
		service->status[0] != '\0' ? service->status : service->unit->description);
}

void status_table(const struct supervisor *supervisor, uint64_t now_usec, struct text_out *out)
{
	char up[24], boot[24];
	text_out_print(out, "%s, up %s",
		supervisor_state_name(supervisor_state(supervisor, now_usec)),
		span_text(now_usec - supervisor->begun_usec, up, sizeof(up)));
	if (supervisor->settled_usec != 0) {
		text_out_print(out, ", started in %s",
			span_text(supervisor->settled_usec - supervisor->begun_usec, boot,
				sizeof(boot)));
	}
	text_out_print(out, "\n%-20s %-10s %7s %8s %8s  %-10s %s\n", "SERVICE", "STATE", "PID",
		"SINCE", "RESTARTS", "LAST EXIT", "STATUS");
	for (size_t i = 0; i < supervisor->graph->count; i++) {
		const struct service *service = supervisor_service(supervisor, i);
		if (service != NULL) {
			service_row(service, now_usec, out);
		}
	}
}
