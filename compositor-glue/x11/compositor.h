// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_COMPOSITOR_H
#define COMPOSITOR_GLUE_X11_COMPOSITOR_H

#include <stdbool.h>
#include <stdint.h>
#include <wayland-client.h>

/* sill-x11-v1-client.h names this interface of sill-bridge-v1.xml, and does not declare it. */
extern const struct wl_interface sill_clipboard_v1_interface;

struct sill_x11_v1;
struct wp_fractional_scale_manager_v1;

/* sill-shell, by its private socket, and the scale that it has new surfaces draw at. */
struct compositor {
	struct wl_display *wayland;
	struct wl_compositor *proxy;
	struct wl_shm *shm;
	struct sill_x11_v1 *x11;
	struct wp_fractional_scale_manager_v1 *scales;
	struct wl_list outputs; // struct output.link
	struct wl_callback *settling; // NULL unless the monitors just changed
	uint32_t preferred; /* the latest that was told */
	uint32_t scale; /* in 120ths, once the monitors are settled */
};

/* False, and said why, when there is none that is ours. */
bool compositor_connect(struct compositor *compositor);

#endif
