// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_SCALE_H
#define COMPOSITOR_GLUE_SHELL_SCALE_H

#include <pixman.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * How many of the client's pixels one unit of an application's surface is, in 120ths as in
 * fractional-scale-v1. Pure.
 */

#define SCALE_ONE 120

int32_t scale_up(uint32_t scale, int32_t units); // to the nearest pixel
int32_t scale_down(uint32_t scale, int32_t pixels); // to the nearest unit
// What wl_output can say of it
int32_t scale_whole(uint32_t scale);
// Every pixel that the box touches, and its neighbours if colours are interpolated
pixman_box32_t scale_box(uint32_t scale, pixman_box32_t units);
// An application that draws at the exact scale rounds its buffer's size as it likes: what differs
// by less than a pixel over that size is meant to be drawn as it is
void scale_snap(pixman_f_transform_t *transform, double width, double height);
// Does drawing by this transform mix neighbouring pixels?
bool scale_mixes(const pixman_f_transform_t *transform);

#endif
