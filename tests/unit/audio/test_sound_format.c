// SPDX-License-Identifier: MIT
#include "compositor-glue/audio/sound_format.h"
#include "tests/harness/test.h"

#define OURS (&sound_formats_out)

static struct sound_format_list backwards(const struct sound_format_list *list)
{
	struct sound_format_list result = {.count = list->count};
	for (size_t i = 0; i < list->count; i++) {
		result.items[i] = list->items[list->count - 1 - i];
	}
	return result;
}

TEST(the_best_that_both_have)
{
	struct sound_format_list theirs = backwards(OURS);
	int place = sound_format_choose(OURS, &theirs, false);
	CHECK(sound_format_equal(&theirs.items[place], &OURS->items[0]));
	CHECK_INT(theirs.items[place].tag, SOUND_PCM);
	CHECK_INT(theirs.items[place].rate, 48000);
}

TEST(what_costs_little_where_that_counts)
{
	struct sound_format_list theirs = backwards(OURS);
	int place = sound_format_choose(OURS, &theirs, true);
	CHECK_INT(theirs.items[place].tag, SOUND_OPUS);
}

TEST(what_the_client_has_when_it_has_little)
{
	struct sound_format_list pcm = {.count = 1, .items = {OURS->items[1]}};
	struct sound_format_list aac = {.count = 1, .items = {OURS->items[3]}};
	CHECK_INT(sound_format_choose(OURS, &pcm, true), 0);
	CHECK_INT(sound_format_choose(OURS, &aac, false), 0);
}

TEST(absurd_formats_are_none_of_ours)
{
	struct sound_format_list theirs = {.count = 5};
	for (size_t i = 0; i < theirs.count; i++) {
		theirs.items[i] = OURS->items[0];
	}
	theirs.items[0].rate = 0;
	theirs.items[1].rate = UINT32_MAX;
	theirs.items[2].block_align = 0;
	theirs.items[3].channels = 0;
	theirs.items[4].bits = 0xFFFF;
	CHECK_INT(sound_format_choose(OURS, &theirs, false), -1);
	theirs.count = 0;
	CHECK_INT(sound_format_choose(OURS, &theirs, true), -1);
}

TEST(a_message_is_twenty_milliseconds_or_a_frame)
{
	CHECK_INT(sound_format_frames(&OURS->items[0]), 960);
	CHECK_INT(sound_format_frames(&OURS->items[1]), 882);
	CHECK_INT(sound_format_frames(&OURS->items[3]), 1024);
}

TEST(a_format_survives_the_wire)
{
	uint8_t bytes[64];
	struct sound_format back;
	for (size_t i = 0; i < OURS->count; i++) {
		struct wire_out out = wire_out(bytes, sizeof(bytes));
		sound_format_write(&out, &OURS->items[i]);
		struct wire_in in = wire_in(bytes, wire_written(&out));
		sound_format_read(&in, &back);
		CHECK(!in.failed);
		CHECK_INT(wire_left(&in), 0);
		CHECK(sound_format_equal(&back, &OURS->items[i]));
		CHECK_INT(back.bytes_per_second, OURS->items[i].bytes_per_second);
	}
}

TEST(extra_data_is_skipped_and_must_be_there)
{
	uint8_t bytes[32] = {[0] = 1, [16] = 5};
	struct sound_format format;
	struct wire_in in = wire_in(bytes, 18 + 5);
	sound_format_read(&in, &format);
	CHECK(!in.failed && wire_left(&in) == 0);
	in = wire_in(bytes, 18 + 4);
	sound_format_read(&in, &format);
	CHECK(in.failed);
}

TEST_MAIN()
