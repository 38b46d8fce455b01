// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_CLOCK_H
#define COMPOSITOR_GLUE_X11_CLOCK_H

#include <stdint.h>

/* In milliseconds, of the monotonic clock. */
int64_t clock_ms(void);

#endif
