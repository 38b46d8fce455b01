// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_PACING_H
#define COMPOSITOR_GLUE_SHELL_PACING_H

#include <stdbool.h>
#include <stdint.h>

/*
 * When a window's next frame may go to the bridge and when its application's frame callbacks are
 * answered. Pure: times are nanoseconds of CLOCK_MONOTONIC, given and returned.
 */

#define PACING_NEVER INT64_MAX
// A window that nobody sees, or whose frame the bridge does not answer, still lives this often
#define PACING_SLOW_NS INT64_C(1000000000)
// The event loop's timers count in milliseconds: what is due within one is due now
#define PACING_SLACK_NS INT64_C(1000000)

struct pacing {
	int64_t sent; // the last frame
	int64_t answered; // the last frame callbacks
	bool under_way; // a frame that waits for its frame_done
};

// Is the window looked at, and how often may it change?
struct pacing_view {
	bool visible;
	int64_t interval;
};

int64_t pacing_frame_due(const struct pacing *pacing, struct pacing_view view);
int64_t pacing_callbacks_due(const struct pacing *pacing, struct pacing_view view, bool damaged);
bool pacing_is_due(int64_t due, int64_t now);
// Milliseconds for a timer, at least 1
int pacing_wait_ms(int64_t due, int64_t now);
int64_t pacing_interval(uint32_t refresh_mhz);

#endif
