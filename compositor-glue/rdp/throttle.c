// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/throttle.h"

#include <string.h>

static size_t throttle_find(const struct throttle *throttle, const struct throttle_address *address)
{
	for (size_t i = 0; i < throttle->count; i++) {
		if (memcmp(&throttle->entries[i].address, address, sizeof(*address)) == 0) {
			return i;
		}
	}
	return throttle->count;
}

static size_t throttle_victim(const struct throttle *throttle)
{
	size_t victim = 0;
	for (size_t i = 1; i < throttle->count; i++) {
		if (throttle->entries[i].until < throttle->entries[victim].until) {
			victim = i;
		}
	}
	return victim;
}

static struct throttle_entry *throttle_entry(
	struct throttle *throttle, const struct throttle_address *address)
{
	size_t i = throttle_find(throttle, address);
	if (i < throttle->count) {
		return &throttle->entries[i];
	}
	if (throttle->count < THROTTLE_ADDRESSES) {
		throttle->count++;
	} else {
		i = throttle_victim(throttle);
	}
	throttle->entries[i] = (struct throttle_entry){.address = *address};
	return &throttle->entries[i];
}

static int64_t throttle_delay(uint32_t failures)
{
	int64_t delay = THROTTLE_FIRST_MS;
	if (failures <= THROTTLE_FREE_FAILURES) {
		return 0;
	}
	for (uint32_t i = THROTTLE_FREE_FAILURES + 1; i < failures; i++) {
		delay *= 2;
		if (delay >= THROTTLE_LONGEST_MS) {
			return THROTTLE_LONGEST_MS;
		}
	}
	return delay;
}

int64_t throttle_wait(
	const struct throttle *throttle, const struct throttle_address *address, int64_t now)
{
	size_t i = throttle_find(throttle, address);
	if (i == throttle->count || throttle->entries[i].until <= now) {
		return 0;
	}
	return throttle->entries[i].until - now;
}

void throttle_failed(struct throttle *throttle, const struct throttle_address *address, int64_t now)
{
	struct throttle_entry *entry = throttle_entry(throttle, address);
	if (entry->failures > 0 && now - entry->last > THROTTLE_FORGET_MS) {
		entry->failures = 0;
	}
	if (entry->failures < UINT32_MAX) {
		entry->failures++;
	}
	entry->last = now;
	entry->until = now + throttle_delay(entry->failures);
}

void throttle_passed(struct throttle *throttle, const struct throttle_address *address)
{
	size_t i = throttle_find(throttle, address);
	if (i < throttle->count) {
		throttle->entries[i] = throttle->entries[--throttle->count];
	}
}
