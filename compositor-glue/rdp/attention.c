// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/attention.h"

void attention_begin(struct attention *attention, int64_t now)
{
	*attention = (struct attention){.begun = now, .last = now};
}

void attention_told(struct attention *attention, int64_t now)
{
	attention->last = now;
	attention->awaited = true;
}

bool attention_reported(struct attention *attention, bool moved, int64_t now)
{
	int64_t alone = now - attention->last;
	bool echo = alone < (attention->awaited ? ATTENTION_UNHEARD_MS : ATTENTION_ECHO_MS);
	attention->last = now;
	attention->awaited = false;
	return !moved && !echo && now - attention->begun >= ATTENTION_NEW_MS;
}
