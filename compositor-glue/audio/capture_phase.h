// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_AUDIO_CAPTURE_PHASE_H
#define COMPOSITOR_GLUE_AUDIO_CAPTURE_PHASE_H

#include "compositor-glue/audio/capture_pdu.h"

#include <stdbool.h>

/* How far the audio input channel is (MS-RDPEAI 1.3.2), and what the client may say then. */
enum capture_phase {
	CAPTURE_OFF,
	CAPTURE_OPENING, /* the channel */
	CAPTURE_ASKED_VERSION,
	CAPTURE_ASKED_FORMATS,
	CAPTURE_IDLE, /* agreed: the microphone is not open */
	CAPTURE_STARTING, /* the client was told to open it */
	CAPTURE_RECORDING,
	CAPTURE_FAILED,
};

/* Whether the client may say this now, and the phase after it. */
bool capture_phase_next(
	enum capture_phase phase, enum capture_type said, enum capture_phase *ret_phase);

#endif
