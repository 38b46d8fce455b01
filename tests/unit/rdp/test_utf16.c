// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/utf16.h"
#include "tests/harness/test.h"

TEST(plain_and_wide_characters)
{
	uint16_t units[16];
	CHECK_INT(utf16_from_utf8(units, 16, ""), 0);
	CHECK_INT(utf16_from_utf8(units, 16, "a\xc3\xa9\xe2\x82\xac"), 3);
	CHECK_INT(units[1], 0xe9);
	CHECK_INT(units[2], 0x20ac);
	CHECK_INT(utf16_from_utf8(units, 16, "\xf0\x9f\x98\x80"), 2);
	CHECK_INT(units[0], 0xd83d);
	CHECK_INT(units[1], 0xde00);
}

TEST(cut_between_characters)
{
	uint16_t units[4];
	CHECK_INT(utf16_from_utf8(units, 4, "abcd\xc3\xa9"), 4);
	CHECK_INT(utf16_from_utf8(units, 4, "abc\xf0\x9f\x98\x80"), 3);
	CHECK_INT(utf16_from_utf8(units, 0, "abc"), 0);
}

TEST(broken_input_is_replaced)
{
	static const char *const broken[] = {
		"\x80",
		"\xc3",
		"\xe2\x82",
		"\xf0\x9f\x98",
		"\xc0\x80",
		"\xed\xa0\x80",
		"\xf5\x80\x80\x80",
		"\xff",
	};
	uint16_t units[8];
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
		size_t count = utf16_from_utf8(units, 8, broken[i]);
		CHECK_INT(count, strlen(broken[i]));
		CHECK_INT(units[0], 0xfffd);
	}
}

TEST_MAIN()
