// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/clipboard_text.h"
#include "tests/harness/test.h"

TEST(line_ends_become_windows_ones)
{
	static const uint16_t want[] = {'a', '\r', '\n', 0xe4, '\r', '\n', 0};
	size_t size = 0;
	uint16_t *units = clipboard_text_to_client("a\n\xc3\xa4\r\n", 6, &size);
	bool same = size == sizeof(want) && memcmp(units, want, sizeof(want)) == 0;
	free(units);
	CHECK(same);
}

TEST(line_ends_become_linux_ones)
{
	static const uint16_t from[] = {'a', '\r', '\n', 0xd83d, 0xde00, '\r', 0x20ac, 0, 'x'};
	size_t size = 0;
	char *text = clipboard_text_from_client((const uint8_t *)from, sizeof(from), &size);
	bool same = size == 10 && strcmp(text, "a\n\xf0\x9f\x98\x80\r\xe2\x82\xac") == 0;
	free(text);
	CHECK(same);
}

TEST(nothing_is_something)
{
	size_t size = 9;
	char *text = clipboard_text_from_client((const uint8_t *)"", 0, &size);
	CHECK_INT(size, 0);
	CHECK_STR(text, "");
	free(text);
	uint16_t *units = clipboard_text_to_client("", 0, &size);
	CHECK_INT(size, 2);
	CHECK_INT(units[0], 0);
	free(units);
}

TEST(half_a_pair_is_replaced)
{
	static const uint16_t from[] = {0xdc00, 'a', 0xd800};
	size_t size = 0;
	char *text = clipboard_text_from_client((const uint8_t *)from, sizeof(from), &size);
	bool same = strcmp(text, "\xef\xbf\xbd"
				 "a\xef\xbf\xbd") == 0;
	free(text);
	CHECK(same);
}

TEST_MAIN()
