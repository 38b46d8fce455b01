// SPDX-License-Identifier: MIT
#include <stdlib.h>
#include <string.h>

#include "init/graph.h"
#include "init/unit_parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const names[] = {"x.service", "x.socket", "x.target"};

static struct unit units[3];
static struct unit_lines lines;
static struct text_pool pool;
static struct diag_list diags;
static struct graph graph;

/* The input as each kind of unit; then the three together, which are full of circles. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > UNIT_FILE_MAX) {
		return 0;
	}
	pool.used = 0;
	diags.count = 0;
	diags.dropped = 0;
	for (size_t i = 0; i < 3; i++) {
		units[i] = (struct unit){.name = names[i], .file = names[i]};
		(void)unit_kind_of(names[i], &units[i].kind);
		memcpy(lines.text, data, size);
		unit_lines_init(&lines, size);
		(void)unit_parse(&units[i], &lines, &pool, &diags);
	}
	(void)graph_build(&graph, units, 3, &diags);
	for (size_t i = 0; i < diags.count; i++) {
		if (diags.items[i].at.line == 0 || diags.items[i].at.column == 0) {
			abort();
		}
	}
	return 0;
}
