// SPDX-License-Identifier: MIT
#include <stdlib.h>

#include "compositor-glue/audio/playback_pdu.h"
#include "compositor-glue/audio/playout.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define WAVE_MS 20

static void check(const struct playout *playout)
{
	if (playout->under_way > PLAYOUT_BLOCKS * WAVE_MS) {
		abort();
	}
}

/*
 * The input as what a client sends: messages, each after a byte with its length, with a wave of
 * ours before each.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct sound_format_list formats;
	struct playback_message message;
	struct playout playout;
	int64_t now = 0;
	playout_init(&playout);
	while (size > 0) {
		size_t length = data[0] < size ? data[0] : size - 1;
		if (playout_admit(&playout, WAVE_MS)) {
			playout_sent(&playout, WAVE_MS, now);
		}
		if (playback_read(data + 1, length, &message, &formats)) {
			(void)sound_format_choose(&sound_formats_out, &formats, now & 1);
			(void)playout_confirmed(&playout, message.block,
				(uint16_t)(message.timestamp -
					   playout_timestamp(&playout, message.block)),
				now);
		}
		check(&playout);
		now += data[0];
		data += 1 + length;
		size -= 1 + length;
	}
	return 0;
}
