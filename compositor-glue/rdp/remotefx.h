// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_REMOTEFX_H
#define COMPOSITOR_GLUE_RDP_REMOTEFX_H

#include "compositor-glue/rdp/refine.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A tile of a picture as RemoteFX has it: brightness and two differences of colour (MS-RDPRFX
 * 3.1.8), each taken apart by a wavelet, rounded and packed. PURE.
 *
 * The differences of colour are kept at half the resolution, as films have them anyway: their
 * finest bands are zero, which spares most of the work on either side.
 *
 * How much is rounded away follows from what is in the tile: as little as lets it take about so
 * many bytes. Noise takes more than there are pixels unless most of it is, and the client's work
 * goes by what is left.
 */

#define REMOTEFX_TILE 64
/* More than any component takes. */
#define REMOTEFX_COMPONENT_SIZE (16 * 1024)

enum remotefx_component {
	REMOTEFX_Y,
	REMOTEFX_CB,
	REMOTEFX_CR,
	REMOTEFX_COMPONENTS,
};

struct remotefx_tile {
	unsigned grade; // index of remotefx_quants
	size_t sizes[REMOTEFX_COMPONENTS];
	uint8_t data[REMOTEFX_COMPONENTS][REMOTEFX_COMPONENT_SIZE];
};

/*
 * How much is rounded away, as exponents of two by bands: LL3, HL3, LH3, HH3, HL2, LH2, HH2, HL1,
 * LH1, HH1; 6 is nothing. From the finest grade to the roughest.
 */
#define REMOTEFX_BANDS 10
#define REMOTEFX_GRADES 6
extern const uint8_t remotefx_quants[REMOTEFX_GRADES][REMOTEFX_BANDS];

/*
 * The tile whose corner is there in the image, in the finest grade that takes about so many bytes,
 * or in the roughest. False when a component would not fit.
 */
bool remotefx_encode(struct remotefx_tile *tile, const struct image *image, int32_t left,
	int32_t top, size_t bytes);

#endif
