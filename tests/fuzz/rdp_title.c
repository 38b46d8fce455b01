// SPDX-License-Identifier: MIT
#include <stdlib.h>
#include <string.h>

#include "compositor-glue/rdp/rail_orders.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* No unit is half a character. */
static void check_units(const uint16_t *units, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		bool high = (units[i] & 0xfc00) == 0xd800;
		bool low = (units[i] & 0xfc00) == 0xdc00;
		if (low || (high && (i + 1 == count || (units[i + 1] & 0xfc00) != 0xdc00))) {
			abort();
		}
		i += high;
	}
}

/* The input as a window's title, which comes from an application. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct rail_order order;
	static struct window window;
	static const struct rect rect = {0, 0, 100, 100};
	if (size > WINDOW_TITLE_LIMIT) {
		return 0;
	}
	memcpy(window.title, data, size);
	window.title[size] = '\0';
	rail_order_create(&order, &window, &rect, true);
	if (order.state.titleInfo.length > RAIL_TITLE_UNITS * sizeof(uint16_t)) {
		abort();
	}
	check_units(order.title, order.state.titleInfo.length / sizeof(uint16_t));
	return 0;
}
