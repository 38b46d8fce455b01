// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/bytes.h"
#include "compositor-glue/rdp/json.h"
#include "compositor-glue/rdp/tally.h"
#include "tests/harness/test.h"

TEST(frames_add_up)
{
	struct tally total = {0}, frame = {0}, nothing = {0};
	tally_note(&frame, CHOICE_MOVE, REASON_MOVED, 1000, 30);
	tally_note(&frame, CHOICE_CLEAR, REASON_RARE, 200, 70);
	CHECK_INT(frame.frames, 1);
	tally_add(&total, &frame);
	tally_add(&total, &frame);
	tally_add(&total, &nothing);
	CHECK_INT(total.frames, 2);
	CHECK_INT(total.choices[CHOICE_MOVE].regions, 2);
	CHECK_INT(total.choices[CHOICE_MOVE].pixels, 2000);
	CHECK_INT(tally_bytes(&total), 200);
	/* What had nothing to say leaves the last reason as it was. */
	CHECK_INT(total.last, CHOICE_CLEAR);
	CHECK_INT(total.why, REASON_RARE);
}

TEST(every_choice_and_reason_has_a_name)
{
	for (size_t i = 0; i < CHOICES * REASONS; i++) {
		struct tally tally = {0};
		struct bytes text = {0};
		tally_note(&tally, (enum choice)(i % CHOICES), (enum reason)(i / CHOICES), 1, 1);
		tally_write(&text, &tally);
		bytes_u8(&text, 0);
		CHECK(!text.failed);
		CHECK(strstr((const char *)text.data, "null") == NULL);
		bytes_finish(&text);
	}
}

TEST(strings_are_quoted)
{
	struct bytes text = {0};
	json_add_string(&text, "a \"b\" \\ \n\x01 \xc3\xa4");
	bytes_u8(&text, 0);
	CHECK_STR((const char *)text.data, "\"a \\\"b\\\" \\\\ \\u000a\\u0001 \xc3\xa4\"");
	bytes_finish(&text);
}

TEST_MAIN()
