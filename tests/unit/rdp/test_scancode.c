// SPDX-License-Identifier: MIT
#include <linux/input-event-codes.h>

#include "compositor-glue/rdp/scancode.h"
#include "tests/harness/test.h"

TEST(known_keys)
{
	static const struct {
		enum scancode_set set;
		uint8_t code;
		uint32_t key;
	} keys[] = {
		{SCANCODE_PLAIN, 0x01, KEY_ESC},
		{SCANCODE_PLAIN, 0x1e, KEY_A},
		{SCANCODE_PLAIN, 0x2b, KEY_BACKSLASH},
		{SCANCODE_PLAIN, 0x45, KEY_NUMLOCK},
		{SCANCODE_PLAIN, 0x53, KEY_KPDOT},
		{SCANCODE_PLAIN, 0x56, KEY_102ND},
		{SCANCODE_PLAIN, 0x58, KEY_F12},
		{SCANCODE_PLAIN, 0x73, KEY_RO},
		{SCANCODE_E0, 0x1c, KEY_KPENTER},
		{SCANCODE_E0, 0x38, KEY_RIGHTALT},
		{SCANCODE_E0, 0x48, KEY_UP},
		{SCANCODE_E0, 0x5b, KEY_LEFTMETA},
		{SCANCODE_E0, 0x37, KEY_SYSRQ},
		{SCANCODE_E1, 0x45, KEY_PAUSE},
	};
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		CHECK_INT(scancode_to_evdev(keys[i].set, keys[i].code), keys[i].key);
	}
}

TEST(the_rest_is_nothing_and_in_range)
{
	for (int set = SCANCODE_PLAIN; set <= SCANCODE_E1; set++) {
		for (int code = 0; code < 256; code++) {
			CHECK(scancode_to_evdev((enum scancode_set)set, (uint8_t)code) < 256);
		}
		CHECK_INT(scancode_to_evdev((enum scancode_set)set, 0), 0);
		CHECK_INT(scancode_to_evdev((enum scancode_set)set, 0x9e), 0);
	}
}

TEST_MAIN()
