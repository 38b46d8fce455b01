// SPDX-License-Identifier: MIT
#include "init/graph.h"

#include <string.h>

#include "init/format.h"

int unit_find(const struct unit *units, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(units[i].name, name) == 0) {
			return (int)i;
		}
	}
	return UNIT_NONE;
}

static int resolve(const struct unit *units, size_t count, const struct unit *from,
	const struct named *name, struct diag_list *diags)
{
	int found = unit_find(units, count, name->text);
	if (found == UNIT_NONE) {
		struct position at = name->at.line != 0 ? name->at : (struct position){1, 1};
		diag_add(diags, from->file, at, "there is no unit %.64s", name->text);
	}
	return found;
}

static unit_set *edges_of(struct graph *graph, enum unit_ref_kind kind)
{
	switch (kind) {
	case UNIT_REF_AFTER:
		return graph->after;
	case UNIT_REF_WANTS:
		return graph->wants;
	case UNIT_REF_SOCKETS:
		return graph->sockets;
	case UNIT_REF_REQUIRES:
		break;
	}
	return graph->needs;
}

static void link_unit(
	struct graph *graph, const struct unit *units, size_t self, struct diag_list *diags)
{
	const struct unit *unit = &units[self];
	for (const struct unit_ref *ref = unit->refs; ref != NULL; ref = ref->next) {
		int found = resolve(units, graph->count, unit, &ref->name, diags);
		if (found == UNIT_NONE) {
			continue;
		}
		if (ref->kind == UNIT_REF_AFTER && units[found].kind == UNIT_TARGET) {
			diag_add(diags, unit->file, ref->name.at,
				"After= a target is not supported, name its services");
			continue;
		}
		if (ref->kind == UNIT_REF_SOCKETS && units[found].kind != UNIT_SOCKET) {
			diag_add(diags, unit->file, ref->name.at, "Sockets= takes sockets");
			continue;
		}
		edges_of(graph, ref->kind)[self] |= unit_bit((size_t)found);
	}
	if (unit->kind == UNIT_SOCKET) {
		int service = resolve(units, graph->count, unit, &unit->socket.service, diags);
		graph->service[self] = service;
		if (service != UNIT_NONE) {
			graph->sockets[service] |= unit_bit(self);
		}
	}
}

/* Where `unit` names `other`; there is such a place for every edge. */
static struct position place_of(const struct unit *unit, enum unit_ref_kind kind, const char *other)
{
	for (const struct unit_ref *ref = unit->refs; ref != NULL; ref = ref->next) {
		if (ref->kind == kind && strcmp(ref->name.text, other) == 0) {
			return ref->name.at;
		}
	}
	return (struct position){1, 1};
}

/* A walk along the edges of one kind. */
struct walk {
	const unit_set *edges;
	size_t count;
	unit_set done;
	unsigned char path[UNIT_MAX];
	size_t length;
};

/* Extends the path from `unit`; true when it bites its tail, which then starts at *ret_tail. */
static bool walk_finds_cycle(struct walk *walk, size_t unit, size_t *ret_tail)
{
	for (size_t i = 0; i < walk->length; i++) {
		if (walk->path[i] == unit) {
			*ret_tail = i;
			return true;
		}
	}
	if (walk->done & unit_bit(unit)) {
		return false;
	}
	walk->path[walk->length++] = (unsigned char)unit;
	for (size_t next = 0; next < walk->count; next++) {
		if ((walk->edges[unit] & unit_bit(next)) &&
			walk_finds_cycle(walk, next, ret_tail)) {
			return true;
		}
	}
	walk->length--;
	walk->done |= unit_bit(unit);
	return false;
}

static void report_cycle(const struct unit *units, const struct walk *walk, size_t tail,
	enum unit_ref_kind kind, struct diag_list *diags)
{
	const struct unit *first = &units[walk->path[tail]];
	size_t after_first = tail + 1 < walk->length ? tail + 1 : tail;
	char text[DIAG_TEXT_MAX];
	size_t used = 0;
	for (size_t i = tail; i < walk->length && used < sizeof(text); i++) {
		used += format_text(
			text + used, sizeof(text) - used, "%s -> ", units[walk->path[i]].name);
	}
	diag_add(diags, first->file, place_of(first, kind, units[walk->path[after_first]].name),
		"%s= goes in a circle: %s%s", kind == UNIT_REF_AFTER ? "After" : "Requires", text,
		first->name);
}

/* One circle is enough: mending it comes first anyway. */
static bool check_cycles(const struct graph *graph, const struct unit *units,
	enum unit_ref_kind kind, struct diag_list *diags)
{
	struct walk walk = {
		.edges = kind == UNIT_REF_AFTER ? graph->after : graph->needs,
		.count = graph->count,
	};
	size_t tail;
	for (size_t i = 0; i < graph->count; i++) {
		if (walk_finds_cycle(&walk, i, &tail)) {
			report_cycle(units, &walk, tail, kind, diags);
			return false;
		}
	}
	return true;
}

bool graph_build(
	struct graph *graph, const struct unit *units, size_t count, struct diag_list *diags)
{
	size_t before = diags->count + diags->dropped;
	*graph = (struct graph){.count = count};
	for (size_t i = 0; i < count; i++) {
		graph->service[i] = UNIT_NONE;
		link_unit(graph, units, i, diags);
	}
	check_cycles(graph, units, UNIT_REF_AFTER, diags);
	check_cycles(graph, units, UNIT_REF_REQUIRES, diags);
	return diags->count + diags->dropped == before;
}

unit_set graph_started_by(const struct graph *graph, unit_set roots)
{
	unit_set all = roots, before;
	do {
		before = all;
		for (size_t i = 0; i < graph->count; i++) {
			if (all & unit_bit(i)) {
				all |= graph->wants[i] | graph->needs[i];
			}
			if ((all & unit_bit(i)) && graph->service[i] != UNIT_NONE) {
				all |= unit_bit((size_t)graph->service[i]);
			}
		}
	} while (all != before);
	return all;
}

unit_set graph_sockets_of(const struct graph *graph, unit_set started)
{
	unit_set all = started;
	for (size_t i = 0; i < graph->count; i++) {
		if (started & unit_bit(i)) {
			all |= graph->sockets[i];
		}
	}
	return all;
}

unit_set graph_stopped_by(const struct graph *graph, unit_set roots)
{
	unit_set all = roots, before;
	do {
		before = all;
		for (size_t i = 0; i < graph->count; i++) {
			if (graph->needs[i] & all) {
				all |= unit_bit(i);
			}
		}
	} while (all != before);
	return all;
}
