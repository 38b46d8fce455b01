// SPDX-License-Identifier: MIT
#include "rootfs-manifest/unit_settings.h"

#include <string.h>

#include "tests/harness/test.h"

TEST(sections_keys_and_values)
{
	struct unit_settings settings;
	unit_settings_read("# no=thing\n; nor=this\n[Unit]\nAfter = a\nAfter=b \n\n[Service]\r\n"
			   "ExecStart=/x \\\n  -y=z\nnothing\nLast=",
		&settings);
	CHECK(settings.count == 3);
	CHECK(strcmp(settings.items[0].section, "Unit") == 0);
	CHECK(strcmp(settings.items[0].key, "After") == 0);
	CHECK(settings.items[0].values.count == 2);
	CHECK(strcmp(settings.items[0].values.items[1], "b") == 0);
	CHECK(strcmp(settings.items[1].section, "Service") == 0);
	CHECK(strcmp(settings.items[1].values.items[0], "/x     -y=z") == 0);
	CHECK(strcmp(settings.items[2].values.items[0], "") == 0);
	unit_settings_finish(&settings);
}

TEST(texts_that_are_no_unit)
{
	static const char *const texts[] = {
		"", "[", "]", "[]", "=", "\\", "\\\n", "a=\\", "[a\n]=b"};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct unit_settings settings;
		unit_settings_read(texts[i], &settings);
		CHECK(settings.count <= 1);
		unit_settings_finish(&settings);
	}
}

static void count(const struct unit_setting *before, const struct unit_setting *after, void *data)
{
	int *counts = data;
	counts[before == NULL ? 0 : after == NULL ? 1 : 2]++;
}

TEST(what_is_not_the_same)
{
	struct unit_settings before, after;
	int counts[3] = {0};
	unit_settings_read("[A]\nsame=1\ngone=1\nother=1\n[B]\nmoved=1\n", &before);
	unit_settings_read("[A]\nother=2\nsame=1\nmoved=1\n", &after);
	unit_settings_compare(&before, &after, count, counts);
	CHECK(counts[0] == 1);
	CHECK(counts[1] == 2);
	CHECK(counts[2] == 1);
	unit_settings_finish(&before);
	unit_settings_finish(&after);
}

TEST_MAIN()
