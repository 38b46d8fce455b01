// SPDX-License-Identifier: MIT
#include "rootfs-manifest/pattern.h"

#include "tests/harness/test.h"

TEST(paths)
{
	CHECK(pattern_matches("usr/bin/weston", "usr/bin/weston"));
	CHECK(!pattern_matches("usr/bin/weston", "usr/bin/weston-flower"));
	CHECK(!pattern_matches("usr/bin/weston", "usr/bin"));
	CHECK(!pattern_matches("bin/weston", "usr/bin/weston"));
}

TEST(stars_stay_in_a_component)
{
	CHECK(pattern_matches("usr/lib/*/libEGL.so.1", "usr/lib/x86_64-linux-gnu/libEGL.so.1"));
	CHECK(!pattern_matches("usr/lib/*/libEGL.so.1", "usr/lib/a/b/libEGL.so.1"));
	CHECK(pattern_matches("*.ttf", "a.ttf"));
	CHECK(!pattern_matches("*.ttf", "a/b.ttf"));
	CHECK(pattern_matches("lib*", "lib"));
	CHECK(pattern_matches("a?c", "abc"));
	CHECK(!pattern_matches("a?c", "a/c"));
}

TEST(double_stars_cross_components)
{
	CHECK(pattern_matches("xkb/**", "xkb/symbols/us"));
	CHECK(pattern_matches("xkb/**", "xkb/rules"));
	CHECK(!pattern_matches("xkb/**", "xkb"));
	CHECK(pattern_matches("a/**/z", "a/z"));
	CHECK(pattern_matches("a/**/z", "a/b/c/z"));
	CHECK(!pattern_matches("a/**/z", "a/b/xz"));
	CHECK(pattern_matches("**/z", "z"));
}

TEST(braces)
{
	CHECK(pattern_matches("usr/{bin,sbin}/{a,b}*", "usr/sbin/b1"));
	CHECK(pattern_matches("x{,y}", "x"));
	CHECK(pattern_matches("x{,y}", "xy"));
	CHECK(!pattern_matches("usr/{bin,sbin}/a", "usr/lib/a"));
}

TEST(problems)
{
	CHECK(pattern_problem("usr/**/{a,b}*.so") == NULL);
	CHECK(pattern_problem("a**/b") != NULL);
	CHECK(pattern_problem("a/**b") != NULL);
	CHECK(pattern_problem("{a,{b}}") != NULL);
	CHECK(pattern_problem("{a") != NULL);
	CHECK(pattern_problem("a}") != NULL);
	CHECK(pattern_problem("*a*a*a*a*a*a*a*a*a") != NULL);
}

TEST_MAIN()
