// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_ICON_H
#define COMPOSITOR_GLUE_X11_ICON_H

struct picture;
struct sill_x11_window_v1;
struct wl_shm;

/* Tells the compositor of a window's icon; nothing when memory is short. */
void icon_tell(
	struct sill_x11_window_v1 *window, struct wl_shm *shm, const struct picture *picture);

#endif
