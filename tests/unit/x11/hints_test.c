// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/hints.h"

#include "tests/harness/test.h"

#define P_MIN (1 << 4)
#define P_MAX (1 << 5)
#define P_BASE (1 << 8)

static const uint32_t all[18] = {[5] = 10, 20, 300, 400, [15] = 30, 40};

static struct size_hints read_with(uint32_t flags, size_t count)
{
	uint32_t words[18];
	memcpy(words, all, sizeof(words));
	words[0] = flags;
	return hints_sizes(words, count);
}

TEST(limits_count_if_their_flag_is_set)
{
	struct size_hints hints = read_with(P_MIN | P_MAX | P_BASE, 18);
	CHECK_INT(hints.min_width, 10);
	CHECK_INT(hints.min_height, 20);
	CHECK_INT(hints.max_width, 300);
	CHECK_INT(hints.max_height, 400);
	hints = read_with(0, 18);
	CHECK_INT(hints.min_width + hints.min_height + hints.max_width + hints.max_height, 0);
}

TEST(the_base_size_is_the_smallest_where_no_other_is_given)
{
	CHECK_INT(read_with(P_BASE, 18).min_width, 30);
	CHECK_INT(read_with(P_BASE, 15).min_width, 0);
}

TEST(a_property_that_is_too_short_says_nothing)
{
	CHECK_INT(read_with(P_MIN, 14).min_width, 0);
	CHECK_INT(hints_sizes(NULL, 0).max_height, 0);
}

TEST(what_is_larger_than_any_screen_is_no_limit)
{
	uint32_t words[18] = {P_MAX, [7] = UINT32_MAX, 100};
	struct size_hints hints = hints_sizes(words, 18);
	CHECK_INT(hints.max_width, 0);
	CHECK_INT(hints.max_height, 100);
}

TEST(whoever_names_a_position_wants_it)
{
	CHECK(!read_with(P_MIN, 18).wants_position);
	CHECK(read_with(1 << 0, 18).wants_position);
	CHECK(read_with(1 << 2, 18).wants_position);
}

TEST(a_window_takes_input_unless_it_says_no)
{
	CHECK(hints_wm(NULL, 0).takes_input);
	CHECK(hints_wm((const uint32_t[9]){0, 0}, 9).takes_input);
	CHECK(!hints_wm((const uint32_t[9]){1, 0}, 9).takes_input);
	CHECK(hints_wm((const uint32_t[9]){1, 1}, 9).takes_input);
}

TEST(a_window_may_start_minimized)
{
	CHECK(!hints_wm((const uint32_t[9]){0, 0, 3}, 9).starts_minimized);
	CHECK(hints_wm((const uint32_t[9]){2, 0, 3}, 9).starts_minimized);
	CHECK(!hints_wm((const uint32_t[9]){2, 0, 1}, 9).starts_minimized);
}

TEST(a_window_has_a_frame_unless_it_says_no)
{
	CHECK(hints_decorated(NULL, 0));
	CHECK(hints_decorated((const uint32_t[5]){1, 0, 0}, 5));
	CHECK(!hints_decorated((const uint32_t[5]){2, 0, 0}, 5));
	CHECK(hints_decorated((const uint32_t[5]){2, 0, 1}, 5));
	CHECK(hints_decorated((const uint32_t[2]){2, 0}, 2));
}

TEST(the_class_comes_after_the_name)
{
	char class[HINTS_CLASS_MAX + 1];
	hints_class(class, "xterm\0XTerm", 12);
	CHECK_STR(class, "XTerm");
	hints_class(class, "xterm\0XTerm", 11);
	CHECK_STR(class, "XTerm");
	hints_class(class, "xterm\0", 7);
	CHECK_STR(class, "xterm");
	hints_class(class, "xterm", 5);
	CHECK_STR(class, "xterm");
	hints_class(class, "", 0);
	CHECK_STR(class, "");
}

TEST(the_instance_comes_before_the_class)
{
	char instance[HINTS_CLASS_MAX + 1];
	hints_instance(instance, "xterm\0XTerm", 12);
	CHECK_STR(instance, "xterm");
	hints_instance(instance, "xterm", 5);
	CHECK_STR(instance, "xterm");
	hints_instance(instance, "\0XTerm", 7);
	CHECK_STR(instance, "");
	hints_instance(instance, "", 0);
	CHECK_STR(instance, "");
}

TEST(a_long_class_is_cut)
{
	char class[HINTS_CLASS_MAX + 1], text[2 * HINTS_CLASS_MAX];
	memset(text, 'a', sizeof(text));
	hints_class(class, text, sizeof(text));
	CHECK_INT(strlen(class), HINTS_CLASS_MAX);
}

TEST_MAIN()
