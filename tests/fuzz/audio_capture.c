// SPDX-License-Identifier: MIT
#include <stdlib.h>

#include "compositor-glue/audio/capture_phase.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The input as what a client sends: messages, each after a byte with its length. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct sound_format_list formats;
	struct capture_message message;
	enum capture_phase phase = CAPTURE_ASKED_VERSION;
	while (size > 0) {
		size_t length = data[0] < size ? data[0] : size - 1;
		bool good = capture_read(data + 1, length, &message, &formats);
		if (good && (message.size > length || formats.count > SOUND_FORMAT_LIMIT)) {
			abort();
		}
		if (good && !capture_phase_next(phase, message.type, &phase)) {
			phase = CAPTURE_ASKED_VERSION;
		}
		if (phase == CAPTURE_IDLE) {
			(void)sound_format_choose(&sound_formats_in, &formats, false);
			phase = CAPTURE_STARTING;
		}
		data += 1 + length;
		size -= 1 + length;
	}
	return 0;
}
