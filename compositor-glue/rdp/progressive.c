// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/progressive.h"

#include <freerdp/codec/color.h>
#include <freerdp/codec/region.h>
#include <freerdp/settings_types.h>

#include "compositor-glue/rdp/gfx_pdu.h"

void progressive_finish(struct progressive *progressive)
{
	progressive_context_free(progressive->context);
	progressive->context = NULL;
}

static bool begin(struct progressive *progressive)
{
	if (progressive->context == NULL) {
		/* Without threads of its own: who calls this is one for the purpose. */
		progressive->context =
			progressive_context_new_ex(TRUE, THREADING_FLAGS_DISABLE_THREADS);
	}
	return progressive->context != NULL;
}

static bool compress(struct progressive *progressive, const struct image *image,
	const REGION16 *region, BYTE **data, UINT32 *size)
{
	UINT32 stride = (UINT32)image->stride, height = (UINT32)image->height;
	return progressive_compress(progressive->context, image->pixels, stride * height,
		       PIXEL_FORMAT_BGRX32, (UINT32)image->width, height, stride, region, data,
		       size) > 0;
}

bool progressive_encode(void *data, uint16_t surface, const struct image *image,
	const struct rect *rect, struct bytes *out)
{
	struct progressive *progressive = data;
	RECTANGLE_16 area = {(UINT16)rect->x, (UINT16)rect->y, (UINT16)(rect->x + rect->width),
		(UINT16)(rect->y + rect->height)};
	BYTE *coded;
	UINT32 size;
	REGION16 region;
	region16_init(&region);
	bool done = begin(progressive) && region16_union_rect(&region, &region, &area) &&
		    compress(progressive, image, &region, &coded, &size);
	if (done) {
		gfx_pdu_progressive(out, surface, GFX_FORMAT_XRGB, coded, size);
	}
	region16_uninit(&region);
	return done;
}
