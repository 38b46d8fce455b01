// SPDX-License-Identifier: MIT
#include "compositor-glue/audio/capture_pdu.h"
#include "compositor-glue/audio/playback_pdu.h"
#include "tests/harness/test.h"

static struct sound_format_list formats;

TEST(a_client_confirms)
{
	const uint8_t bytes[] = {0x05, 0, 4, 0, 0x34, 0x12, 0xAB, 0};
	struct playback_message message;
	CHECK(playback_read(bytes, sizeof(bytes), &message, &formats));
	CHECK_INT(message.type, PLAYBACK_CONFIRM);
	CHECK_INT(message.timestamp, 0x1234);
	CHECK_INT(message.block, 0xAB);
}

TEST(a_length_that_lies_is_refused)
{
	uint8_t bytes[] = {0x05, 0, 4, 0, 0x34, 0x12, 0xAB, 0};
	struct playback_message message;
	CHECK(!playback_read(bytes, sizeof(bytes) - 1, &message, &formats));
	bytes[2] = 5;
	CHECK(!playback_read(bytes, sizeof(bytes), &message, &formats));
	bytes[2] = 2;
	CHECK(!playback_read(bytes, 6, &message, &formats));
	CHECK(!playback_read(bytes, 3, &message, &formats));
	CHECK(!playback_read(bytes, 0, &message, &formats));
}

TEST(what_we_list_a_client_reads)
{
	uint8_t bytes[256];
	struct playback_message message;
	size_t size = playback_write_formats(bytes, sizeof(bytes), &sound_formats_out, 7);
	CHECK_INT(size, 4 + 20 + 18 * sound_formats_out.count);
	CHECK(playback_read(bytes, size, &message, &formats));
	CHECK_INT(message.type, PLAYBACK_FORMATS);
	CHECK_INT(message.version, PLAYBACK_VERSION);
	CHECK_INT(formats.count, sound_formats_out.count);
	CHECK_INT(playback_write_formats(bytes, size - 1, &sound_formats_out, 7), 0);
}

TEST(more_formats_than_anybody_has_are_refused)
{
	uint8_t bytes[4 + 20 + 18 * (SOUND_FORMAT_LIMIT + 1)] = {0x07};
	struct playback_message message;
	bytes[2] = (uint8_t)(sizeof(bytes) - 4);
	bytes[3] = (uint8_t)((sizeof(bytes) - 4) >> 8);
	bytes[18] = SOUND_FORMAT_LIMIT + 1;
	CHECK(!playback_read(bytes, sizeof(bytes), &message, &formats));
	uint8_t capture[9] = {0x02, 0xFF, 0xFF, 0xFF, 0xFF};
	struct capture_message of_capture;
	CHECK(!capture_read(capture, sizeof(capture), &of_capture, &formats));
}

TEST(a_wave_in_one_message_or_in_two)
{
	const uint8_t samples[] = {1, 2, 3, 4, 5, 6, 7, 8};
	const struct playback_wave wave = {0x1234, 2, 9, samples, sizeof(samples)};
	uint8_t bytes[64];
	CHECK_INT(playback_write_wave2(bytes, sizeof(bytes), &wave), 16 + 8);
	CHECK_INT(bytes[0], 0x0D);
	CHECK_INT(bytes[2], 12 + 8);
	CHECK(memcmp(bytes + 16, samples, 8) == 0);
	CHECK_INT(playback_write_wave_info(bytes, sizeof(bytes), &wave), 16);
	CHECK_INT(bytes[2], 8 + 8);
	CHECK(memcmp(bytes + 12, samples, 4) == 0);
	CHECK_INT(playback_write_wave(bytes, sizeof(bytes), &wave), 8);
	CHECK(memcmp(bytes + 4, samples + 4, 4) == 0);
	CHECK_INT(playback_write_wave2(bytes, 23, &wave), 0);
	const struct playback_wave tiny = {0, 0, 0, samples, 3};
	CHECK_INT(playback_write_wave_info(bytes, sizeof(bytes), &tiny), 0);
	CHECK_INT(playback_write_wave(bytes, sizeof(bytes), &tiny), 0);
}

TEST(a_wave_beyond_the_length_field_is_not_written)
{
	static uint8_t samples[UINT16_MAX], bytes[UINT16_MAX + 64];
	const struct playback_wave wave = {0, 0, 0, samples, UINT16_MAX - 11};
	CHECK_INT(playback_write_wave2(bytes, sizeof(bytes), &wave), 0);
}

TEST(what_the_microphone_hears)
{
	const uint8_t bytes[] = {0x06, 1, 2, 3};
	struct capture_message message;
	CHECK(capture_read(bytes, sizeof(bytes), &message, &formats));
	CHECK_INT(message.type, CAPTURE_DATA);
	CHECK_INT(message.size, 3);
	CHECK(message.data == bytes + 1);
	CHECK(capture_read(bytes, 1, &message, &formats));
	CHECK_INT(message.size, 0);
	CHECK(!capture_read(bytes, 0, &message, &formats));
}

TEST(a_microphone_is_opened_with_what_its_device_shall_record)
{
	uint8_t bytes[64];
	struct sound_format opus = {SOUND_OPUS, 1, 48000, 8000, 2, 16};
	CHECK_INT(capture_write_open(bytes, sizeof(bytes), 3, &opus), 1 + 8 + 18);
	CHECK_INT(bytes[0], 0x03);
	CHECK_INT(bytes[1] | bytes[2] << 8, 960);
	CHECK_INT(bytes[5], 3);
	CHECK_INT(bytes[9], SOUND_PCM);
}

TEST_MAIN()
