// SPDX-License-Identifier: MIT
#include "init/graph.h"

#include "tests/harness/test.h"

static struct unit units[8];
static size_t count;
static struct graph graph;
static struct diag_list diags;

static struct unit *add(const char *name)
{
	struct unit *unit = &units[count++];
	*unit = (struct unit){.name = name, .file = name};
	(void)unit_kind_of(name, &unit->kind);
	return unit;
}

static void reset(void)
{
	count = 0;
	memset(&diags, 0, sizeof(diags));
}

static void refer(struct unit *unit, enum unit_ref_kind kind, const char *name)
{
	static struct unit_ref refs[64];
	static size_t used;
	struct unit_ref **end = &unit->refs;
	struct position at = {2, 7};
	for (; *end != NULL; end = &(*end)->next) {
		at.line++;
	}
	*end = &refs[used++];
	**end = (struct unit_ref){NULL, kind, {name, at}};
}

TEST(a_target_starts_its_services_and_their_sockets)
{
	reset();
	add("a.service");
	add("b.service");
	struct unit *a_socket = add("a.socket");
	a_socket->socket.service.text = "a.service";
	struct unit *target = add("t.target");
	refer(target, UNIT_REF_WANTS, "a.service");
	CHECK(graph_build(&graph, units, count, &diags));
	CHECK_INT(graph_started_by(&graph, unit_bit(3)), 1 | 8);
	CHECK_INT(graph_started_by(&graph, unit_bit(2)), 1 | 4);
	CHECK_INT(graph_sockets_of(&graph, 1 | 8) & 4, 4);
	CHECK_INT(graph_sockets_of(&graph, 2 | 8) & 4, 0);
	CHECK_INT(graph.service[2], 0);
	CHECK_INT(graph.service[0], UNIT_NONE);
}

TEST(a_socket_may_be_shared)
{
	reset();
	add("a.service");
	refer(add("b.service"), UNIT_REF_SOCKETS, "a.socket");
	struct unit *a_socket = add("a.socket");
	a_socket->socket.service.text = "a.service";
	CHECK(graph_build(&graph, units, count, &diags));
	CHECK_INT(graph.sockets[0], 4);
	CHECK_INT(graph.sockets[1], 4);
	CHECK_INT(graph_started_by(&graph, unit_bit(1)), 2); // not the other one that has it
	refer(&units[1], UNIT_REF_SOCKETS, "a.service");
	CHECK(!graph_build(&graph, units, count, &diags));
	CHECK_STR(diags.items[0].text, "Sockets= takes sockets");
}

TEST(stopping_takes_along_what_requires_it)
{
	reset();
	add("a.service");
	refer(add("b.service"), UNIT_REF_REQUIRES, "a.service");
	refer(add("c.service"), UNIT_REF_REQUIRES, "b.service");
	refer(add("d.service"), UNIT_REF_WANTS, "a.service");
	CHECK(graph_build(&graph, units, count, &diags));
	CHECK_INT(graph_stopped_by(&graph, unit_bit(0)), 1 | 2 | 4);
	CHECK_INT(graph_stopped_by(&graph, unit_bit(3)), 8);
}

TEST(an_unknown_name_is_told_where_it_stands)
{
	reset();
	struct unit *a = add("a.service");
	refer(a, UNIT_REF_WANTS, "nope.service");
	CHECK(!graph_build(&graph, units, count, &diags));
	CHECK_INT(diags.count, 1);
	CHECK_STR(diags.items[0].text, "there is no unit nope.service");
	CHECK_STR(diags.items[0].file, "a.service");
	CHECK_INT(diags.items[0].at.line, 2);
	CHECK_INT(diags.items[0].at.column, 7);
}

TEST(a_socket_without_its_service)
{
	reset();
	add("a.socket")->socket.service.text = "a.service";
	CHECK(!graph_build(&graph, units, count, &diags));
	CHECK_STR(diags.items[0].text, "there is no unit a.service");
}

TEST(a_circle_of_after)
{
	reset();
	struct unit *a = add("a.service"), *b = add("b.service"), *c = add("c.service");
	refer(a, UNIT_REF_WANTS, "c.service");
	refer(a, UNIT_REF_AFTER, "b.service");
	refer(b, UNIT_REF_AFTER, "c.service");
	refer(c, UNIT_REF_AFTER, "a.service");
	CHECK(!graph_build(&graph, units, count, &diags));
	CHECK_INT(diags.count, 1);
	CHECK_STR(diags.items[0].text,
		"After= goes in a circle: a.service -> b.service -> c.service -> a.service");
	CHECK_INT(diags.items[0].at.line, 3);
}

TEST(a_unit_after_itself)
{
	reset();
	refer(add("a.service"), UNIT_REF_REQUIRES, "a.service");
	CHECK(!graph_build(&graph, units, count, &diags));
	CHECK_STR(diags.items[0].text, "Requires= goes in a circle: a.service -> a.service");
}

TEST(requiring_what_comes_after_is_no_circle)
{
	reset();
	struct unit *a = add("a.service"), *b = add("b.service");
	refer(a, UNIT_REF_REQUIRES, "b.service");
	refer(b, UNIT_REF_AFTER, "a.service");
	CHECK(graph_build(&graph, units, count, &diags));
}

TEST(after_a_target_is_refused)
{
	reset();
	refer(add("a.service"), UNIT_REF_AFTER, "t.target");
	add("t.target");
	CHECK(!graph_build(&graph, units, count, &diags));
	CHECK_STR(diags.items[0].text, "After= a target is not supported, name its services");
}

TEST_MAIN()
