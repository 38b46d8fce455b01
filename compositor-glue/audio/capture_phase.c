// SPDX-License-Identifier: MIT
#include "compositor-glue/audio/capture_phase.h"

bool capture_phase_next(
	enum capture_phase phase, enum capture_type said, enum capture_phase *ret_phase)
{
	/* The phase after each message; CAPTURE_OFF where it is out of turn. */
	static const enum capture_phase table[CAPTURE_FAILED][CAPTURE_TYPES] = {
		[CAPTURE_ASKED_VERSION] =
			{
				[CAPTURE_HAS_VERSION] = CAPTURE_ASKED_FORMATS,
			},
		[CAPTURE_ASKED_FORMATS] =
			{
				[CAPTURE_INCOMING] = CAPTURE_ASKED_FORMATS,
				[CAPTURE_HAS_FORMATS] = CAPTURE_IDLE,
			},
		/* FreeRDP's device thread may be faster than its reply. */
		[CAPTURE_STARTING] =
			{
				[CAPTURE_FORMAT] = CAPTURE_STARTING,
				[CAPTURE_INCOMING] = CAPTURE_STARTING,
				[CAPTURE_DATA] = CAPTURE_STARTING,
				[CAPTURE_OPENED] = CAPTURE_RECORDING,
			},
		[CAPTURE_RECORDING] =
			{
				[CAPTURE_INCOMING] = CAPTURE_RECORDING,
				[CAPTURE_DATA] = CAPTURE_RECORDING,
			},
	};
	*ret_phase = phase < CAPTURE_FAILED ? table[phase][said] : CAPTURE_OFF;
	return *ret_phase != CAPTURE_OFF;
}
