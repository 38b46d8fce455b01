// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/keyboard_layout.h"
#include "tests/harness/test.h"

static const char *layout_of(uint32_t id)
{
	const struct keyboard_layout *found = keyboard_layout_find(id);
	return found != NULL ? found->layout : "none";
}

TEST(by_identifier)
{
	CHECK_STR(layout_of(0x00000409), "us");
	CHECK_STR(layout_of(0x00000407), "de");
	CHECK_STR(layout_of(0x0000100c), "ch");
	CHECK_STR(keyboard_layout_find(0x0000100c)->variant, "fr");
	CHECK_STR(keyboard_layout_find(0x00010409)->variant, "dvorak");
	CHECK_STR(layout_of(0x00000411), "jp");
}

TEST(by_language)
{
	CHECK_STR(layout_of(0xe0010411), "jp");
	CHECK_STR(layout_of(0xf0350407), "de");
	CHECK_STR(layout_of(0xd0010409), "us");
	/* German in a country that Windows has not thought of. */
	CHECK_STR(layout_of(0x00007c07), "de");
}

TEST(never_silently_american)
{
	CHECK_STR(layout_of(0), "none");
	CHECK_STR(layout_of(0x0000ffff), "none");
	CHECK_STR(layout_of(0x000003ff), "none");
}

TEST(every_identifier_once)
{
	size_t count;
	const struct keyboard_layout *table = keyboard_layout_table(&count);
	CHECK(count > 200);
	for (size_t i = 0; i < count; i++) {
		CHECK(keyboard_layout_find(table[i].id) == &table[i]);
	}
}

TEST_MAIN()
