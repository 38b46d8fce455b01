// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/title.h"

#include "tests/harness/test.h"

static char title[TITLE_MAX + 1];

static const char *utf8(const char *text)
{
	title_from_utf8(title, text, strlen(text));
	return title;
}

TEST(what_is_utf8_stays)
{
	CHECK_STR(utf8("na\xc3\xafve \xe2\x82\xac \xf0\x9f\x98\x80"),
		"na\xc3\xafve \xe2\x82\xac \xf0\x9f\x98\x80");
	CHECK_STR(utf8(""), "");
}

TEST(what_is_not_is_replaced)
{
	CHECK_STR(utf8("a\xff"
		       "b"),
		"a\xef\xbf\xbd"
		"b");
	CHECK_STR(utf8("\xe2\x82"), "\xef\xbf\xbd\xef\xbf\xbd");
	CHECK_STR(utf8("\xc0\xaf"), "\xef\xbf\xbd\xef\xbf\xbd"); // longer than it has to be
	CHECK_STR(utf8("\xed\xa0\x80"), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"); // half a pair
}

TEST(control_characters_are_spaces)
{
	CHECK_STR(utf8("a\nb\x1b[0m"), "a b [0m");
}

TEST(it_ends_with_the_property_or_a_nul)
{
	title_from_utf8(title, "abcdef", 3);
	CHECK_STR(title, "abc");
	title_from_utf8(title, "ab\0cd", 5);
	CHECK_STR(title, "ab");
}

TEST(a_long_title_is_cut_at_a_character)
{
	static char text[2 * TITLE_MAX];
	memset(text, 'a', sizeof(text));
	memcpy(text + TITLE_MAX - 1, "\xc3\xaf", 2);
	title_from_utf8(title, text, sizeof(text));
	CHECK_INT(strlen(title), TITLE_MAX - 1);
}

TEST(older_titles_are_latin1)
{
	title_from_latin1(title, "na\xefve", 5);
	CHECK_STR(title, "na\xc3\xafve");
}

TEST_MAIN()
