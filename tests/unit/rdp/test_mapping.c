// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/mapping.h"

#include "tests/harness/test.h"

TEST(without_a_delay_it_is_there_at_once)
{
	struct mapping mapping;
	int64_t due = -1;
	mapping_begin(&mapping, 1000, 0);
	CHECK(mapping_ready(&mapping, 1000, &due));
	mapping_reported(&mapping, 1001);
	CHECK(mapping_ready(&mapping, 1001, &due));
	CHECK_INT(due, -1);
}

TEST(a_report_brings_it_forward)
{
	struct mapping mapping;
	int64_t due = 0;
	mapping_begin(&mapping, 1000, MAPPING_SILENT_MS);
	CHECK(!mapping_ready(&mapping, 1001, &due));
	CHECK_INT(due, 1000 + MAPPING_SILENT_MS);
	mapping_reported(&mapping, 1005);
	CHECK(!mapping_ready(&mapping, 1005, &due));
	CHECK_INT(due, 1005 + MAPPING_REPORTED_MS);
	CHECK(mapping_ready(&mapping, 1005 + MAPPING_REPORTED_MS, &due));
}

TEST(later_reports_do_not_put_it_off)
{
	struct mapping mapping;
	int64_t due = 0;
	mapping_begin(&mapping, 1000, MAPPING_SILENT_MS);
	mapping_reported(&mapping, 1005);
	mapping_reported(&mapping, 1020);
	CHECK(mapping_ready(&mapping, 1025, &due));
	mapping_begin(&mapping, 2000, MAPPING_POPUP_MS);
	mapping_reported(&mapping, 2025);
	CHECK(mapping_ready(&mapping, 2030, &due));
}

TEST(without_a_report_it_takes_its_time)
{
	struct mapping mapping;
	int64_t due = 0;
	mapping_begin(&mapping, 1000, MAPPING_SILENT_MS);
	CHECK(!mapping_ready(&mapping, 1000 + MAPPING_SILENT_MS - 1, &due));
	CHECK(mapping_ready(&mapping, 1000 + MAPPING_SILENT_MS, &due));
}

TEST_MAIN()
