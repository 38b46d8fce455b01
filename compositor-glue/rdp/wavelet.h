// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_WAVELET_H
#define COMPOSITOR_GLUE_RDP_WAVELET_H

#include <stdint.h>

/*
 * RemoteFX's wavelet: 5/3, by lifting (MS-RDPRFX 3.1.8.1.4), of a tile or of half of one. PURE.
 *
 * A level takes a square apart into four bands of half its sides, in the order HL, LH, HH, LL; the
 * next one does so with LL, in its place.
 */

#define WAVELET_SIDE 64
#define WAVELET_COUNT (WAVELET_SIDE * WAVELET_SIDE)
/* What no value may exceed, of either sign, for 16 bits to be enough on all levels. */
#define WAVELET_VALUE_LIMIT 1024

/* The square of that side, a multiple of 16, becomes its bands. */
void wavelet_level(int16_t *values, int32_t side);

/* The square of WAVELET_SIDE becomes what LL would be, about, were all other bands zero. */
void wavelet_halve(const int16_t *values, int16_t *half);

#endif
