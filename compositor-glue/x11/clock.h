// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_CLOCK_H
#define COMPOSITOR_GLUE_X11_CLOCK_H

#include <stdint.h>

#define CLOCK_NEVER INT64_MAX /* due at no time */

/* In milliseconds, of the monotonic clock. */
int64_t clock_ms(void);

#endif
