// SPDX-License-Identifier: MIT
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "init/ctl/json.h"
#include "init/ctl/report.h"

#define PHASE_NAME_MAX 64
#define BAR_WIDTH 48
#define SVG_WIDTH 720
#define SVG_LABEL 160
#define SVG_ROW 22

/* When a service was wanted, started and ready during the boot; -1: never. */
struct phase {
	char name[PHASE_NAME_MAX];
	int64_t wanted, started, ready;
};

/* The span that the picture shows: until everything was started, or now. */
static int64_t whole_of(const char *status)
{
	int64_t up = json_number(json_member(status, "uptime_usec"), 1);
	int64_t whole = json_number(json_member(json_member(status, "boot"), "started_usec"), up);
	return whole > 0 ? whole : 1;
}

static struct phase phase_of(const char *unit)
{
	struct phase phase = {
		.wanted = json_number(json_member(unit, "first_wanted_usec"), -1),
		.started = json_number(json_member(unit, "first_started_usec"), -1),
		.ready = json_number(json_member(unit, "first_ready_usec"), -1),
	};
	json_text(json_member(unit, "name"), phase.name, sizeof(phase.name));
	return phase;
}

/* Where a time stands on a line of `width`; one that has not come is at its end. */
static int place(int64_t usec, int64_t whole, int width)
{
	int64_t at = usec < 0 || usec > whole ? width : usec * width / whole;
	return (int)at;
}

static void print_step(const char *name, int64_t from, int64_t to)
{
	if (to >= 0) {
		printf("  %-28s %8.3f ms\n", name, (double)(to - from) / 1000);
	}
}

static void print_bar(const struct phase *phase, int64_t whole)
{
	char bar[BAR_WIDTH + 1];
	int start = place(phase->started, whole, BAR_WIDTH);
	int ready = place(phase->ready, whole, BAR_WIDTH);
	for (int i = 0; i < BAR_WIDTH; i++) {
		bool is_first = i == start && i < BAR_WIDTH;
		bar[i] = i < place(phase->wanted, whole, BAR_WIDTH) ? ' '
			 : i < start                                ? '.'
			 : is_first || i < ready                    ? '#'
								    : ' ';
	}
	bar[BAR_WIDTH] = '\0';
	printf("%-24s |%s| ", phase->name, bar);
	if (phase->started < 0) {
		printf("not started\n");
	} else if (phase->ready < 0) {
		printf("at %.1f ms, not ready yet\n", (double)phase->started / 1000);
	} else {
		printf("at %.1f ms, ready in %.1f ms\n", (double)phase->started / 1000,
			(double)(phase->ready - phase->started) / 1000);
	}
}

void report_timeline(const char *status)
{
	const char *boot = json_member(status, "boot");
	int64_t whole = whole_of(status);
	int64_t loaded = json_number(json_member(boot, "loaded_usec"), 0);
	int64_t opened = json_number(json_member(boot, "sockets_usec"), -1);
	printf("started in %.3f ms\n", (double)whole / 1000);
	print_step("unit files read", 0, loaded);
	print_step("sockets open", loaded, opened);
	print_step("services ready", opened, json_number(json_member(boot, "started_usec"), -1));
	printf("\n%-24s |%-*s| . waits, # starts\n", "", BAR_WIDTH, "0");
	for (const char *unit = json_first(json_member(status, "units")); unit != NULL;
		unit = json_next(unit)) {
		struct phase phase = phase_of(unit);
		if (phase.wanted >= 0) {
			print_bar(&phase, whole);
		}
	}
}

static void print_rectangle(int from, int to, int y, const char *colour)
{
	printf("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n",
		SVG_LABEL + from, y, to > from ? to - from : 1, SVG_ROW - 6, colour);
}

static void print_svg_row(const struct phase *phase, int64_t whole, int row)
{
	int y = SVG_ROW * (row + 1);
	int started = place(phase->started, whole, SVG_WIDTH);
	int ready = place(phase->ready, whole, SVG_WIDTH);
	printf("<text x=\"4\" y=\"%d\">", y + SVG_ROW - 10);
	for (const char *c = phase->name; *c != '\0'; c++) {
		putchar(strchr("<>&\"", *c) != NULL ? '?' : *c);
	}
	printf("</text>\n");
	print_rectangle(place(phase->wanted, whole, SVG_WIDTH), started, y, "#ddd");
	print_rectangle(started, ready, y, "#d95");
	print_rectangle(ready, SVG_WIDTH, y, "#6a6");
}

void report_timeline_svg(const char *status)
{
	int64_t whole = whole_of(status);
	int rows = 0;
	const char *units = json_member(status, "units");
	for (const char *unit = json_first(units); unit != NULL; unit = json_next(unit)) {
		rows += phase_of(unit).wanted >= 0;
	}
	printf("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
	       "font-family=\"sans-serif\" font-size=\"12\">\n"
	       "<text x=\"4\" y=\"14\">started in %.1f ms: grey waits, orange starts, green is "
	       "ready</text>\n",
		SVG_LABEL + SVG_WIDTH + 8, SVG_ROW * (rows + 2), (double)whole / 1000);
	rows = 0;
	for (const char *unit = json_first(units); unit != NULL; unit = json_next(unit)) {
		struct phase phase = phase_of(unit);
		if (phase.wanted >= 0) {
			print_svg_row(&phase, whole, rows++);
		}
	}
	printf("</svg>\n");
}
