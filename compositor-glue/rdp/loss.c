// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/loss.h"

#define TIMES_LIMIT 3

static const struct {
	size_t times;
	int64_t after_ms[TIMES_LIMIT];
} shows[] = {
	[LOSS_NONE] = {0, {0}},
	[LOSS_APPEARS] = {3, {25, 75, 150}},
	[LOSS_APPEARED] = {1, {20}},
	[LOSS_APPEARS_LATE] = {1, {1000}},
	[LOSS_POPUP] = {1, {30}},
	[LOSS_CHANGES] = {3, {300, 1000, 3000}},
	[LOSS_CHANGED] = {1, {300}},
};

void loss_expect(struct loss *loss, enum loss_kind kind, int64_t now)
{
	*loss = (struct loss){.kind = kind, .since = now};
}

int64_t loss_due(const struct loss *loss)
{
	if (loss->shown == shows[loss->kind].times) {
		return LOSS_NEVER;
	}
	return loss->since + shows[loss->kind].after_ms[loss->shown];
}

bool loss_take(struct loss *loss, int64_t now)
{
	bool due = false;
	while (loss_due(loss) <= now) {
		loss->shown++;
		due = true;
	}
	return due;
}
