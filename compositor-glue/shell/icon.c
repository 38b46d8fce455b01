// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/icon.h"

#include <stdlib.h>

#define SUBSAMPLE_BITS 2

// The smallest that is large enough, else the largest
bool icon_wants(const struct icon *icon, int32_t size)
{
	if (icon->source == 0) {
		return true;
	}
	return icon->source < ICON_SIZE ? size > icon->source
					: size >= ICON_SIZE && size < icon->source;
}

static bool set_filter(pixman_image_t *image, double ratio)
{
	int count;
	pixman_fixed_t factor = pixman_double_to_fixed(ratio);
	pixman_fixed_t *filter = pixman_filter_create_separable_convolution(&count, factor, factor,
		PIXMAN_KERNEL_LINEAR, PIXMAN_KERNEL_LINEAR, PIXMAN_KERNEL_BOX, PIXMAN_KERNEL_BOX,
		SUBSAMPLE_BITS, SUBSAMPLE_BITS);
	bool set = filter != NULL && pixman_image_set_filter(image,
					     PIXMAN_FILTER_SEPARABLE_CONVOLUTION, filter, count);
	free(filter);
	return set;
}

static bool take_image(struct icon *icon, pixman_image_t *image)
{
	int32_t size = pixman_image_get_width(image);
	double ratio = (double)size / ICON_SIZE;
	pixman_f_transform_t f;
	pixman_transform_t transform;
	pixman_f_transform_init_scale(&f, ratio, ratio);
	pixman_image_set_repeat(image, PIXMAN_REPEAT_PAD);
	pixman_image_t *target = pixman_image_create_bits(
		PIXMAN_a8r8g8b8, ICON_SIZE, ICON_SIZE, icon->pixels, ICON_SIZE * 4);
	bool ready = target != NULL && pixman_transform_from_pixman_f_transform(&transform, &f) &&
		     pixman_image_set_transform(image, &transform) &&
		     (size == ICON_SIZE || set_filter(image, ratio));
	if (ready) {
		pixman_image_composite32(
			PIXMAN_OP_SRC, image, NULL, target, 0, 0, 0, 0, 0, 0, ICON_SIZE, ICON_SIZE);
		icon->source = size;
	}
	if (target != NULL) {
		pixman_image_unref(target);
	}
	return ready;
}

bool icon_is_square(struct wl_shm_buffer *buffer)
{
	return wl_shm_buffer_get_width(buffer) == wl_shm_buffer_get_height(buffer);
}

bool icon_take(struct icon *icon, struct wl_shm_buffer *buffer)
{
	int32_t size = wl_shm_buffer_get_width(buffer);
	pixman_format_code_t format = wl_shm_buffer_get_format(buffer) == WL_SHM_FORMAT_XRGB8888
					      ? PIXMAN_x8r8g8b8
					      : PIXMAN_a8r8g8b8;
	if (size > ICON_SOURCE_MAX) {
		return false;
	}
	pixman_image_t *image = pixman_image_create_bits_no_clear(format, size, size,
		wl_shm_buffer_get_data(buffer), wl_shm_buffer_get_stride(buffer));
	if (image == NULL) {
		return false;
	}
	wl_shm_buffer_begin_access(buffer);
	bool taken = take_image(icon, image);
	wl_shm_buffer_end_access(buffer);
	pixman_image_unref(image);
	return taken;
}
