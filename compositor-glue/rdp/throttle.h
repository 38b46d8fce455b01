// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_THROTTLE_H
#define COMPOSITOR_GLUE_RDP_THROTTLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Slows down guessing of the password. PURE.
 *
 * Each failure of an address doubles the time for which its connections are closed at once. Two
 * typing mistakes cost nothing, since on loopback every user of the machine has the same address.
 * An address that is quiet for THROTTLE_FORGET_MS starts afresh; when the table is full, the
 * address whose ban ends first makes room.
 */

#define THROTTLE_ADDRESSES 128
#define THROTTLE_FREE_FAILURES 2
#define THROTTLE_FIRST_MS 1000
#define THROTTLE_LONGEST_MS 30000
#define THROTTLE_FORGET_MS 600000

/* An IPv6 address, or an IPv4 one mapped into it; all zero for a socket without address. */
struct throttle_address {
	uint8_t bytes[16];
};

struct throttle_entry {
	struct throttle_address address;
	uint32_t failures;
	int64_t last;
	int64_t until;
};

struct throttle {
	struct throttle_entry entries[THROTTLE_ADDRESSES];
	size_t count;
};

/* How long the address must still wait, in ms; 0 when it may try. */
int64_t throttle_wait(
	const struct throttle *throttle, const struct throttle_address *address, int64_t now);
void throttle_failed(
	struct throttle *throttle, const struct throttle_address *address, int64_t now);
void throttle_passed(struct throttle *throttle, const struct throttle_address *address);

#endif
