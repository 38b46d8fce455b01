// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/pacer.h"

void pacer_init(struct pacer *pacer)
{
	*pacer = (struct pacer){.rate = PACER_RATE_START};
}

static uint32_t frames_allowed(const struct pacer *pacer)
{
	int64_t frames = PACER_FRAMES_MIN + pacer->round_trip / PACER_INTERVAL_MS;
	return frames < PACER_FRAMES_MAX ? (uint32_t)frames : PACER_FRAMES_MAX;
}

static size_t under_way(const struct pacer *pacer)
{
	size_t bytes = 0;
	for (uint32_t id = pacer->acknowledged; id != pacer->sent;) {
		bytes += pacer->frames[++id % PACER_FRAMES_MAX].bytes;
	}
	return bytes;
}

bool pacer_may_send(const struct pacer *pacer)
{
	uint32_t frames = pacer->sent - pacer->acknowledged;
	if (pacer->suspended || frames < PACER_FRAMES_MIN) {
		return true;
	}
	/* More than two, as long as together they only fill the way. */
	int64_t window = pacer->rate * (pacer->round_trip + PACER_FRAME_MS) / 1000;
	return frames < frames_allowed(pacer) && under_way(pacer) < (size_t)window;
}

size_t pacer_budget(const struct pacer *pacer)
{
	return (size_t)(pacer->rate * PACER_FRAME_MS / 1000);
}

size_t pacer_patience(const struct pacer *pacer)
{
	return pacer->slow ? (size_t)(pacer->rate * PACER_PATIENCE_MS / 1000) : 0;
}

uint32_t pacer_next(const struct pacer *pacer)
{
	return pacer->sent + 1;
}

uint32_t pacer_send(struct pacer *pacer, int64_t now)
{
	if (pacer->sent == pacer->acknowledged) {
		pacer->silent = true;
		pacer->since = now;
	}
	struct pacer_frame frame = {.at = now,
		.ahead = under_way(pacer),
		.since = pacer->since,
		.delivered = pacer->delivered,
		.alone = pacer->silent};
	pacer->sent++;
	pacer->frames[pacer->sent % PACER_FRAMES_MAX] = frame;
	if (pacer->suspended) {
		/* Nothing will come for it. */
		pacer->acknowledged = pacer->sent;
	}
	return pacer->sent;
}

bool pacer_has_arrived(const struct pacer *pacer, uint32_t frame)
{
	return pacer->acknowledged - frame < UINT32_MAX / 2;
}

void pacer_add_bytes(struct pacer *pacer, size_t bytes)
{
	pacer->frames[pacer->sent % PACER_FRAMES_MAX].bytes += bytes;
}

/* The shortest way there and back, but not for ever: routes change. */
static void learn_round_trip(struct pacer *pacer, size_t bytes, int64_t took)
{
	if (pacer->round_trip == 0 || took < pacer->round_trip) {
		pacer->round_trip = took;
	} else if (bytes < PACER_SAMPLE_BYTES) {
		pacer->round_trip += (took - pacer->round_trip) / 64;
	}
}

static int64_t within(int64_t rate)
{
	if (rate < PACER_RATE_MIN) {
		return PACER_RATE_MIN;
	}
	return rate < PACER_RATE_MAX ? rate : PACER_RATE_MAX;
}

/*
 * All that arrived from when the frame was sent until it did itself counts: acknowledgements that
 * were held up come together, and one of them alone looks as if it had taken no time. Where the
 * application draws less than the link takes that is less than the rate, which is only lowered when
 * something comes late. The round trip may be known too long: it never accounts for nearly all.
 */
static void learn_rate(struct pacer *pacer, const struct pacer_frame *frame, int64_t now)
{
	int64_t bytes = (int64_t)(pacer->delivered - frame->delivered);
	int64_t all = now - frame->since;
	int64_t took = all - (frame->alone ? pacer->round_trip : 0);
	int64_t least = all / 4 > 0 ? all / 4 : 1;
	int64_t sample = bytes * 1000 / (took > least ? took : least);
	int64_t drains = (int64_t)(frame->ahead + frame->bytes) * 1000 / pacer->rate;
	bool late = now - frame->at > pacer->round_trip + drains + PACER_LATE_MS;
	if (bytes < PACER_SAMPLE_BYTES || (sample < pacer->rate && !late)) {
		return;
	}
	pacer->rate = within(pacer->rate + (sample - pacer->rate) / 4);
	pacer->slow = took >= PACER_SLOW_MS;
}

bool pacer_acknowledge(struct pacer *pacer, uint32_t frame, bool suspend, int64_t now)
{
	/* MS-RDPEGFX 2.2.2.13: an acknowledgement without the special depth takes it back. */
	pacer->suspended = suspend;
	if (suspend) {
		pacer->acknowledged = pacer->sent;
		return true;
	}
	uint32_t open = pacer->sent - pacer->acknowledged;
	uint32_t step = frame - pacer->acknowledged;
	if (step == 0 || step > open) {
		return false;
	}
	size_t bytes = 0;
	while (pacer->acknowledged != frame) {
		bytes += pacer->frames[++pacer->acknowledged % PACER_FRAMES_MAX].bytes;
	}
	const struct pacer_frame *newest = &pacer->frames[frame % PACER_FRAMES_MAX];
	pacer->delivered += bytes;
	learn_rate(pacer, newest, now);
	learn_round_trip(pacer, bytes, now - newest->at);
	pacer->since = now;
	pacer->silent = false;
	return true;
}
