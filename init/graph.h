// SPDX-License-Identifier: MIT
#ifndef INIT_GRAPH_H
#define INIT_GRAPH_H

#include <assert.h>

#include "init/unit.h"

/* A set of units, one bit each by their place in the table. */
typedef uint32_t unit_set;
static_assert(UNIT_MAX <= 32, "a unit_set has a bit for every unit");

#define UNIT_NONE (-1)

struct graph {
	size_t count;
	unit_set after[UNIT_MAX]; // that come first
	unit_set wants[UNIT_MAX]; // that are started with it
	unit_set needs[UNIT_MAX]; // the same, and it fails when they fail
	unit_set sockets[UNIT_MAX]; // that a service gets
	int service[UNIT_MAX]; // of a socket, else UNIT_NONE
};

static inline unit_set unit_bit(size_t unit)
{
	return UINT32_C(1) << unit;
}

/* The unit of this name, or UNIT_NONE. */
int unit_find(const struct unit *units, size_t count, const char *name);

/* Ties the units together; unknown names and cycles are added to `diags`, false if there are. */
bool graph_build(
	struct graph *graph, const struct unit *units, size_t count, struct diag_list *diags);

/* `roots` and everything that starting them starts. */
unit_set graph_started_by(const struct graph *graph, unit_set roots);

/* The sockets that the services in `started` get, and those in it. */
unit_set graph_sockets_of(const struct graph *graph, unit_set started);

/* `roots` and everything that cannot stay when they are stopped. */
unit_set graph_stopped_by(const struct graph *graph, unit_set roots);

#endif
