// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/text.h"

#include "tests/harness/test.h"

TEST(short_text_is_kept)
{
	char out[16];
	text_copy(out, sizeof(out), "caf\xc3\xa9");
	CHECK_STR(out, "caf\xc3\xa9");
	text_copy(out, sizeof(out), "");
	CHECK_STR(out, "");
}

TEST(text_is_cut_before_a_character_that_does_not_fit)
{
	char out[6];
	text_copy(out, sizeof(out), "abcd\xe2\x82\xac");
	CHECK_STR(out, "abcd");
	text_copy(out, sizeof(out), "ab\xe2\x82\xac");
	CHECK_STR(out, "ab\xe2\x82\xac");
	text_copy(out, sizeof(out), "ab\xe2\x82\xac!");
	CHECK_STR(out, "ab\xe2\x82\xac");
}

TEST(what_is_not_utf8_becomes_a_question_mark)
{
	char out[32];
	text_copy(out, sizeof(out), "a\xff\xc0\xaf\x80z");
	CHECK_STR(out, "a????z");
	text_copy(out, sizeof(out), "\xed\xa0\x80"); // a surrogate
	CHECK_STR(out, "???");
	text_copy(out, sizeof(out), "\xf4\x90\x80\x80"); // beyond U+10FFFF
	CHECK_STR(out, "????");
	text_copy(out, sizeof(out), "\xe2\x82"); // ends too early
	CHECK_STR(out, "??");
	text_copy(out, sizeof(out), "\xf0\x9f\x98\x80");
	CHECK_STR(out, "\xf0\x9f\x98\x80");
}

TEST_MAIN()
