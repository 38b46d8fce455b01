// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/latin1.h"

#include "tests/harness/test.h"

/* In pieces of so many bytes. */
static void from_utf8(char *latin1, const char *utf8, size_t piece)
{
	struct latin1_reader reader = {0};
	size_t size = strlen(utf8), count = 0;
	for (size_t i = 0; i < size; i += piece) {
		size_t left = size - i < piece ? size - i : piece;
		count += latin1_from_utf8(
			&reader, (uint8_t *)latin1 + count, (const uint8_t *)utf8 + i, left);
	}
	latin1[count] = '\0';
}

TEST(latin1_becomes_utf8)
{
	char utf8[16];
	size_t count = latin1_to_utf8((uint8_t *)utf8,
		(const uint8_t *)"Gr\xfc\xdf"
				 "e \x80",
		7);
	utf8[count] = '\0';
	CHECK_STR(utf8, "Grüße \xc2\x80");
}

TEST(utf8_becomes_latin1_wherever_it_is_cut)
{
	for (size_t piece = 1; piece < 8; piece++) {
		char latin1[32];
		from_utf8(latin1, "Gr\u00fc\u00dfe \u20ac \U0001f600 \u00ff\u0100", piece);
		CHECK_STR(latin1, "Gr\xfc\xdf"
				  "e ? ? \xff?");
	}
}

TEST(what_is_no_utf8_does_no_harm)
{
	char latin1[32];
	from_utf8(latin1, "a\x80z\xc3", 1);
	CHECK_STR(latin1, "a?z");
	from_utf8(latin1, "\xe2\x82q\xff\xfe", 1);
	CHECK_STR(latin1, "q");
}

TEST(a_text_can_be_converted_where_it_is)
{
	struct latin1_reader reader = {0};
	uint8_t text[] = "\xc3\xa4\xc3\xb6";
	CHECK_INT(latin1_from_utf8(&reader, text, text, 4), 2);
	CHECK(memcmp(text, "\xe4\xf6", 2) == 0);
}

TEST_MAIN()
