// SPDX-License-Identifier: MIT
#include "init/ctl/report.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "init/ctl/json.h"

#define TEXT_MAX 192
#define UNITS_MAX 32
#define USEC_PER_SEC INT64_C(1000000)

const char *span_text(int64_t usec, char to[static SPAN_TEXT_MAX])
{
	if (usec < USEC_PER_SEC) {
		snprintf(to, SPAN_TEXT_MAX, "%" PRId64 " ms", usec / 1000);
	} else if (usec < 60 * USEC_PER_SEC) {
		snprintf(to, SPAN_TEXT_MAX, "%" PRId64 ".%" PRId64 " s", usec / USEC_PER_SEC,
			usec % USEC_PER_SEC / 100000);
	} else if (usec < 7200 * USEC_PER_SEC) {
		snprintf(to, SPAN_TEXT_MAX, "%" PRId64 " min", usec / (60 * USEC_PER_SEC));
	} else {
		snprintf(to, SPAN_TEXT_MAX, "%" PRId64 " h", usec / (3600 * USEC_PER_SEC));
	}
	return to;
}

static const char *memory_text(int64_t bytes, char to[static SPAN_TEXT_MAX])
{
	if (bytes <= 0) {
		return "-";
	}
	snprintf(to, SPAN_TEXT_MAX, "%.1f M", (double)bytes / 1048576);
	return to;
}

/* The services of a status, and which of them have been shown. */
struct tree {
	const char *units[UNITS_MAX];
	bool is_shown[UNITS_MAX];
	size_t count;
	int64_t now_usec;
};

static struct tree read_tree(const char *status)
{
	struct tree tree = {.now_usec = json_number(json_member(status, "uptime_usec"), 0)};
	const char *unit = json_first(json_member(status, "units"));
	for (; unit != NULL && tree.count < UNITS_MAX; unit = json_next(unit)) {
		tree.units[tree.count++] = unit;
	}
	return tree;
}

static void print_row(const struct tree *tree, const char *unit, int depth)
{
	char name[TEXT_MAX], label[TEXT_MAX], state[32], last[32], status[TEXT_MAX];
	char since[SPAN_TEXT_MAX], memory[SPAN_TEXT_MAX], pid[16] = "-";
	json_text(json_member(unit, "name"), name, sizeof(name));
	name[strcspn(name, ".")] = '\0';
	snprintf(label, sizeof(label), "%*s%s%.100s", depth > 0 ? 2 * (depth - 1) : 0, "",
		depth > 0 ? "`-" : "", name);
	int64_t since_usec = tree->now_usec - json_number(json_member(unit, "since_usec"), 0);
	if (json_number(json_member(unit, "pid"), 0) != 0) {
		snprintf(pid, sizeof(pid), "%d", (int)json_number(json_member(unit, "pid"), 0));
	}
	json_text(json_member(unit, "status"), status, sizeof(status));
	if (status[0] == '\0') {
		json_text(json_member(unit, "description"), status, sizeof(status));
	}
	json_text(json_member(unit, "last_exit"), last, sizeof(last));
	printf("%-20s %-10s %7s %8s %8s %8d  %-10s %s\n", label,
		json_text(json_member(unit, "state"), state, sizeof(state)), pid,
		span_text(since_usec, since),
		memory_text(json_number(json_member(unit, "memory_bytes"), 0), memory),
		(int)json_number(json_member(unit, "restarts"), 0), last[0] != '\0' ? last : "-",
		status);
}

static bool comes_after(const char *unit, const char *name)
{
	char text[TEXT_MAX];
	const char *item = json_first(json_member(unit, "after"));
	for (; item != NULL; item = json_next(item)) {
		if (strcmp(json_text(item, text, sizeof(text)), name) == 0) {
			return true;
		}
	}
	return false;
}

/* Each service once, below the first that it comes after. */
static void print_below(struct tree *tree, size_t at, int depth)
{
	char name[TEXT_MAX];
	json_text(json_member(tree->units[at], "name"), name, sizeof(name));
	tree->is_shown[at] = true;
	print_row(tree, tree->units[at], depth);
	for (size_t i = 0; i < tree->count; i++) {
		if (!tree->is_shown[i] && comes_after(tree->units[i], name)) {
			print_below(tree, i, depth + 1);
		}
	}
}

void report_status(const char *status)
{
	char state[32], up[SPAN_TEXT_MAX], boot[SPAN_TEXT_MAX];
	struct tree tree = read_tree(status);
	int64_t started = json_number(json_member(json_member(status, "boot"), "started_usec"), -1);
	printf("%s, up %s", json_text(json_member(status, "state"), state, sizeof(state)),
		span_text(tree.now_usec, up));
	if (started >= 0) {
		printf(", started in %s", span_text(started, boot));
	}
	printf("\n%-20s %-10s %7s %8s %8s %8s  %-10s %s\n", "SERVICE", "STATE", "PID", "SINCE",
		"MEMORY", "RESTARTS", "LAST EXIT", "STATUS");
	for (size_t i = 0; i < tree.count; i++) {
		if (json_first(json_member(tree.units[i], "after")) == NULL) {
			print_below(&tree, i, 0);
		}
	}
}

void report_event(const char *event)
{
	char unit[TEXT_MAX], state[32], last[32];
	int64_t usec = json_number(json_member(event, "time_usec"), 0);
	int pid = (int)json_number(json_member(event, "pid"), 0);
	json_text(json_member(event, "last_exit"), last, sizeof(last));
	printf("%6" PRId64 ".%06" PRId64 " %-24s %s", usec / USEC_PER_SEC, usec % USEC_PER_SEC,
		json_text(json_member(event, "unit"), unit, sizeof(unit)),
		json_text(json_member(event, "state"), state, sizeof(state)));
	if (pid != 0) {
		printf(", pid %d", pid);
	}
	printf("%s%s\n", last[0] != '\0' ? ", last " : "", last);
	fflush(stdout);
}

void report_change(const char *answer)
{
	char unit[TEXT_MAX], state[32];
	json_text(json_member(answer, "unit"), unit, sizeof(unit));
	printf("%s%s%s\n", unit, unit[0] != '\0' ? ": " : "",
		json_text(json_member(answer, "state"), state, sizeof(state)));
}
