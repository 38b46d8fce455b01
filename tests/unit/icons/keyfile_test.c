// SPDX-License-Identifier: MIT
#include "compositor-glue/icons/keyfile.h"

#include "tests/harness/test.h"

static struct keyfile_text text(const char *word)
{
	return (struct keyfile_text){word, strlen(word)};
}

TEST(lines_are_groups_values_or_bad)
{
	static const char content[] =
		"# a comment\n\n[Group]\r\n name = a value \nnothing\n[open\nlast=x";
	struct keyfile file;
	struct keyfile_line line;
	keyfile_init(&file, content, sizeof(content) - 1);
	CHECK(keyfile_next(&file, &line));
	CHECK(line.kind == KEYFILE_GROUP && keyfile_is(line.name, "Group"));
	CHECK_INT(line.number, 3);
	CHECK(keyfile_next(&file, &line));
	CHECK(line.kind == KEYFILE_VALUE && keyfile_is(line.name, "name"));
	CHECK(keyfile_is(line.value, "a value"));
	CHECK(keyfile_next(&file, &line) && line.kind == KEYFILE_BAD);
	CHECK_INT(line.number, 5);
	CHECK(keyfile_next(&file, &line) && line.kind == KEYFILE_BAD);
	CHECK(keyfile_next(&file, &line) && line.kind == KEYFILE_VALUE);
	CHECK(keyfile_is(line.name, "last") && keyfile_is(line.value, "x"));
	CHECK(!keyfile_next(&file, &line));
}

TEST(nothing_has_no_lines)
{
	struct keyfile file;
	struct keyfile_line line;
	keyfile_init(&file, "", 0);
	CHECK(!keyfile_next(&file, &line));
}

TEST(escapes_are_replaced)
{
	char string[16];
	CHECK(keyfile_string(string, sizeof(string), text("a\\sb\\tc\\\\d\\")));
	CHECK_STR(string, "a b\tc\\d\\");
}

TEST(what_is_too_long_is_nothing)
{
	char string[4];
	CHECK(keyfile_string(string, sizeof(string), text("abc")));
	CHECK_STR(string, "abc");
	CHECK(!keyfile_string(string, sizeof(string), text("abcd")));
	CHECK_STR(string, "");
}

TEST(a_nul_is_no_string)
{
	char string[8];
	CHECK(!keyfile_string(string, sizeof(string), (struct keyfile_text){"a\0b", 3}));
	CHECK_STR(string, "");
}

TEST(numbers_have_a_limit)
{
	CHECK_INT(keyfile_number(text("48"), 4096, -1), 48);
	CHECK_INT(keyfile_number(text("4096"), 4096, -1), 4096);
	CHECK_INT(keyfile_number(text("4097"), 4096, -1), -1);
	CHECK_INT(keyfile_number(text("99999999999999999999"), 4096, -1), -1);
	CHECK_INT(keyfile_number(text("4x"), 4096, -1), -1);
	CHECK_INT(keyfile_number(text("-4"), 4096, 7), 7);
	CHECK_INT(keyfile_number(text(""), 4096, 7), 7);
}

TEST_MAIN()
