// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_CAPTURE_H
#define COMPOSITOR_GLUE_SHELL_CAPTURE_H

#include <libweston/libweston.h>
#include <pixman.h>
#include <stdbool.h>
#include <stdint.h>

#define CAPTURE_SURFACES_MAX 512 // in one window
#define CAPTURE_DEPTH_MAX 32 // subsurfaces of subsurfaces

struct window;

// Brings the window's slots up to date after a commit of the window's surface or one of its
// subsurfaces; NULL when none committed but the composition changed
void capture_window(struct window *window, struct weston_surface *committed);
// Whether the window's own surface is all that there is of it to see
bool capture_is_single(const struct window *window);
// Keeps libweston's renderer from reading what the surface shows; what is here still can
void capture_spare_renderer(struct weston_surface *surface);
// Draws one surface with everything its buffer asks for, at the image's origin
bool capture_surface(struct weston_surface *surface, pixman_image_t *image, uint32_t scale);

#endif
