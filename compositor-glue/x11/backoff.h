// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_BACKOFF_H
#define COMPOSITOR_GLUE_X11_BACKOFF_H

#include <stdint.h>

#define BACKOFF_LEAST_MS 50
#define BACKOFF_MOST_MS 5000
/* What ran for so long may begin at the least again. */
#define BACKOFF_SOUND_MS 10000

/* So long to wait with another start, after waiting for `waited` and running for `ran`. PURE. */
int64_t backoff_next(int64_t waited, int64_t ran);

#endif
