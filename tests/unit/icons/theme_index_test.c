// SPDX-License-Identifier: MIT
#include "compositor-glue/icons/theme_index.h"

#include "tests/harness/test.h"

static struct theme_index theme; // too large for a stack

static void parse(const char *text)
{
	theme_index_parse(&theme, text, strlen(text), 64);
}

static const char *place(size_t i)
{
	return i < theme.folder_count ? theme.folders[i].path : NULL;
}

TEST(the_size_that_is_wanted_comes_first_then_larger_ones)
{
	parse("[Icon Theme]\nName=X\nDirectories=16,48,256,64,128\n"
	      "[16]\nSize=16\nType=Fixed\n[48]\nSize=48\nType=Fixed\n[256]\nSize=256\nType=Fixed\n"
	      "[64]\nSize=64\nType=Fixed\n[128]\nSize=128\nType=Fixed\n");
	CHECK_INT(theme.folder_count, 5);
	CHECK_STR(place(0), "64");
	CHECK_STR(place(1), "128");
	CHECK_STR(place(2), "256");
	CHECK_STR(place(3), "48");
	CHECK_STR(place(4), "16");
}

TEST(what_scales_has_every_size_within_its_limits)
{
	parse("[Icon Theme]\n[scalable]\nSize=128\nMinSize=8\nMaxSize=512\nType=Scalable\n"
	      "[64]\nSize=64\nType=Fixed\n[little]\nSize=16\nMinSize=8\nMaxSize=32\nType="
	      "Scalable\n");
	CHECK_STR(place(0), "scalable");
	CHECK_STR(place(1), "64");
	CHECK_STR(place(2), "little");
}

TEST(a_threshold_of_2_is_what_nothing_said_means)
{
	parse("[Icon Theme]\n[66]\nSize=66\n[67]\nSize=67\n[62]\nSize=62\n[61]\nSize=61\n");
	CHECK_STR(place(0), "66");
	CHECK_STR(place(1), "62");
	CHECK_STR(place(2), "67");
	CHECK_STR(place(3), "61");
}

TEST(a_scale_makes_pixels_of_the_size)
{
	parse("[Icon Theme]\n[48]\nSize=48\nType=Fixed\n[32@2]\nSize=32\nScale=2\nType=Fixed\n");
	CHECK_STR(place(0), "32@2");
}

TEST(parents_are_a_list)
{
	parse("[Icon Theme]\nInherits=AdwaitaLegacy,,hicolor\n[Other]\nInherits=no\n");
	CHECK_INT(theme.parent_count, 2);
	CHECK_STR(theme.parents[0], "AdwaitaLegacy");
	CHECK_STR(theme.parents[1], "hicolor");
}

TEST(what_has_no_size_is_no_folder)
{
	parse("[Icon Theme]\nSize=64\n[a]\nSize=0\n[b]\nSize=x\n[c]\nContext=Apps\n");
	CHECK_INT(theme.folder_count, 0);
}

TEST(more_folders_than_the_limit_are_left_out)
{
	char text[64 * 1024];
	size_t used = 0;
	for (int i = 0; i < THEME_FOLDERS_MAX + 5; i++) {
		used += (size_t)snprintf(
			text + used, sizeof(text) - used, "[%d]\nSize=%d\n", i, 64);
	}
	theme_index_parse(&theme, text, used, 64);
	CHECK_INT(theme.folder_count, THEME_FOLDERS_MAX);
	CHECK_STR(place(0), "0");
}

TEST_MAIN()
