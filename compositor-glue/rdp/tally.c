// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/tally.h"

#include <inttypes.h>

#include "compositor-glue/rdp/json.h"

static const char *const choices[CHOICES] = {
	[CHOICE_FILL] = "fill",
	[CHOICE_MOVE] = "move",
	[CHOICE_CLEAR] = "clearcodec",
	[CHOICE_ROUGH] = "progressive",
	[CHOICE_REFINED] = "refined",
	[CHOICE_ALPHA] = "alpha",
};

static const char *const reasons[REASONS] = {
	[REASON_NONE] = "nothing was sent",
	[REASON_ONE_COLOUR] = "it has one colour",
	[REASON_MOVED] = "the client has it elsewhere in the window",
	[REASON_LOSSLESS_ONLY] = "nothing may be sent roughly",
	[REASON_TRANSLUCENT] = "what is under the window shows through",
	[REASON_SMALL] = "it is too small for video",
	[REASON_RARE] = "it does not change all the time",
	[REASON_DRAWN] = "it looks drawn: neighbouring pixels are the same, or colours few",
	[REASON_VIDEO] = "it changes all the time and looks like a photograph",
	[REASON_NOISE] = "it changes all the time and is too varied to be packed",
	[REASON_SLOW] = "it looks like a photograph, and the link is too slow for it as it is",
	[REASON_NO_MEMORY] = "there was no memory to send it roughly",
	[REASON_STILL] = "what was sent roughly did not change any more",
};

void tally_note(
	struct tally *tally, enum choice choice, enum reason why, int64_t pixels, size_t bytes)
{
	struct tally_choice *counted = &tally->choices[choice];
	counted->regions++;
	counted->pixels += (uint64_t)pixels;
	counted->bytes += bytes;
	tally->frames = 1;
	tally->last = choice;
	tally->why = why;
}

void tally_add(struct tally *total, const struct tally *frame)
{
	total->frames += frame->frames;
	for (size_t i = 0; i < CHOICES; i++) {
		total->choices[i].regions += frame->choices[i].regions;
		total->choices[i].pixels += frame->choices[i].pixels;
		total->choices[i].bytes += frame->choices[i].bytes;
	}
	if (frame->why != REASON_NONE) {
		total->last = frame->last;
		total->why = frame->why;
	}
}

uint64_t tally_bytes(const struct tally *tally)
{
	uint64_t bytes = 0;
	for (size_t i = 0; i < CHOICES; i++) {
		bytes += tally->choices[i].bytes;
	}
	return bytes;
}

void tally_write(struct bytes *out, const struct tally *tally)
{
	json_add(out, "\"frames\": %" PRIu64 ", \"bytes\": %" PRIu64 ", \"choices\": {",
		tally->frames, tally_bytes(tally));
	for (size_t i = 0; i < CHOICES; i++) {
		const struct tally_choice *counted = &tally->choices[i];
		json_add(out,
			"%s\"%s\": {\"regions\": %" PRIu64 ", \"pixels\": %" PRIu64
			", \"bytes\": %" PRIu64 "}",
			i > 0 ? ", " : "", choices[i], counted->regions, counted->pixels,
			counted->bytes);
	}
	json_add(out, "}, \"last\": ");
	json_add_string(out, tally->why != REASON_NONE ? choices[tally->last] : "");
	json_add(out, ", \"why\": ");
	json_add_string(out, reasons[tally->why]);
}
