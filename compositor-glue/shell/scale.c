// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/scale.h"

#include <math.h>

int32_t scale_up(uint32_t scale, int32_t units)
{
	return (int32_t)lround((double)units * scale / SCALE_ONE);
}

int32_t scale_down(uint32_t scale, int32_t pixels)
{
	return (int32_t)lround((double)pixels * SCALE_ONE / scale);
}

int32_t scale_whole(uint32_t scale)
{
	return (int32_t)((scale + SCALE_ONE - 1) / SCALE_ONE);
}

pixman_box32_t scale_box(uint32_t scale, pixman_box32_t units)
{
	double k = (double)scale / SCALE_ONE;
	int32_t margin = scale % SCALE_ONE != 0 ? 1 : 0;
	return (pixman_box32_t){(int32_t)floor(units.x1 * k) - margin,
		(int32_t)floor(units.y1 * k) - margin, (int32_t)ceil(units.x2 * k) + margin,
		(int32_t)ceil(units.y2 * k) + margin};
}

static bool is_whole(double value)
{
	return value == floor(value);
}

void scale_snap(pixman_f_transform_t *transform, double width, double height)
{
	double *x = transform->m[0], *y = transform->m[1];
	if (x[1] == 0 && y[0] == 0 && fabs(x[0] - 1) * width < 1 && fabs(y[1] - 1) * height < 1) {
		x[0] = y[1] = 1;
		x[2] = round(x[2]);
		y[2] = round(y[2]);
	}
}

bool scale_mixes(const pixman_f_transform_t *transform)
{
	for (int row = 0; row < 2; row++) {
		const double *m = transform->m[row];
		if (fabs(m[0]) + fabs(m[1]) != 1.0 || !is_whole(m[0]) || !is_whole(m[2])) {
			return true;
		}
	}
	return false;
}
