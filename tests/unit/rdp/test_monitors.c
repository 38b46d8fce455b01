// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/monitors.h"
#include "tests/harness/test.h"

TEST(the_primary_one_is_first_and_at_the_origin)
{
	struct monitor_set set = {0};
	CHECK(monitors_add(&set, &(struct rect){0, 0, 1920, 1080}, 100, false));
	CHECK(monitors_add(&set, &(struct rect){1920, 100, 2560, 1440}, 150, true));
	monitors_finish(&set);
	CHECK(rect_equal(&set.list[0].area, &(struct rect){0, 0, 2560, 1440}));
	CHECK_INT(set.list[0].scale, 180);
	CHECK(rect_equal(&set.list[1].area, &(struct rect){-1920, -100, 1920, 1080}));
	struct rect bounds = monitors_bounds(&set);
	CHECK(rect_equal(&bounds, &(struct rect){-1920, -100, 4480, 1540}));
	CHECK_INT(monitors_at(&set, &(struct rect){-1000, 0, 100, 100}), 1);
	CHECK_INT(monitors_at(&set, &(struct rect){9999, 0, 100, 100}), 0);
}

TEST(nonsense_is_made_sense_of)
{
	struct monitor_set set = {0};
	CHECK(monitors_add(&set, &(struct rect){INT32_MIN, INT32_MAX, -5, 1 << 30}, 9000, true));
	monitors_finish(&set);
	CHECK(rect_equal(
		&set.list[0].area, &(struct rect){0, 0, MONITOR_SIZE_LEAST, MONITOR_SIZE_LIMIT}));
	CHECK_INT(set.list[0].scale, MONITOR_SCALE_ONE);
}

TEST(a_work_area_belongs_to_its_monitor)
{
	struct monitor_set set = {0};
	monitors_add(&set, &(struct rect){0, 0, 1920, 1080}, 100, true);
	monitors_add(&set, &(struct rect){1920, 0, 1280, 1024}, 100, false);
	monitors_finish(&set);
	CHECK(monitors_set_work(&set, &(struct rect){0, 30, 1920, 1050}));
	CHECK(monitors_set_work(&set, &(struct rect){1900, 0, 1300, 984}));
	CHECK(rect_equal(&set.list[0].work, &(struct rect){0, 30, 1920, 1050}));
	CHECK(rect_equal(&set.list[1].work, &(struct rect){1920, 0, 1280, 984}));
	CHECK(!monitors_set_work(&set, &(struct rect){0, 0, 0, 100}));
	CHECK(!monitors_set_work(&set, &(struct rect){9000, 9000, 100, 100}));
}

TEST(there_is_a_limit)
{
	struct monitor_set set = {0};
	for (int i = 0; i < MONITORS_LIMIT; i++) {
		CHECK(monitors_add(&set, &(struct rect){0, 0, 800, 600}, 100, i == 0));
	}
	CHECK(!monitors_add(&set, &(struct rect){0, 0, 800, 600}, 100, false));
}

TEST_MAIN()
