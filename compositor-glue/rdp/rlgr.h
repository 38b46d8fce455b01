// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_RLGR_H
#define COMPOSITOR_GLUE_RDP_RLGR_H

#include <stddef.h>
#include <stdint.h>

/*
 * RemoteFX's entropy coder in its first variant (MS-RDPRFX 3.1.8.1.7.3): runs of zeros and
 * Golomb-Rice codes, each of a length that follows what came before. PURE.
 */

/* No coefficient may be larger, of either sign. */
#define RLGR_VALUE_LIMIT 4095

/*
 * Writes the coefficients, of which there is at least one, into so many bytes; how many it took, or
 * 0 when they are not enough.
 */
size_t rlgr_encode(const int16_t *values, size_t count, uint8_t *to, size_t size);

#endif
