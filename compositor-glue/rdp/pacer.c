// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/pacer.h"

void pacer_init(struct pacer *pacer)
{
	*pacer = (struct pacer){0};
}

bool pacer_may_send(const struct pacer *pacer)
{
	return pacer->suspended || pacer->sent - pacer->acknowledged < PACER_FRAMES;
}

uint32_t pacer_next(const struct pacer *pacer)
{
	return pacer->sent + 1;
}

uint32_t pacer_send(struct pacer *pacer)
{
	pacer->sent++;
	if (pacer->suspended) {
		/* Nothing will come for it. */
		pacer->acknowledged = pacer->sent;
	}
	return pacer->sent;
}

bool pacer_acknowledge(struct pacer *pacer, uint32_t frame, bool suspend)
{
	/* MS-RDPEGFX 2.2.2.13: an acknowledgement without the special depth takes it back. */
	pacer->suspended = suspend;
	if (suspend) {
		pacer->acknowledged = pacer->sent;
		return true;
	}
	uint32_t under_way = pacer->sent - pacer->acknowledged;
	uint32_t step = frame - pacer->acknowledged;
	if (step == 0 || step > under_way) {
		return false;
	}
	pacer->acknowledged = frame;
	return true;
}
