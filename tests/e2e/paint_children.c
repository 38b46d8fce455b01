// SPDX-License-Identifier: MIT
#include "tests/e2e/paint.h"

#define POPUP_WIDTH 120
#define POPUP_HEIGHT 80
#define DIALOG_WIDTH 160
#define DIALOG_HEIGHT 100

static void dialog_close(void *data, struct xdg_toplevel *toplevel)
{
	say("dialog-close");
	xdg_toplevel_destroy(toplevel);
	xdg_surface_destroy(app.dialog.xdg);
	wl_surface_destroy(app.dialog.surface);
	app.dialog.surface = NULL;
}

static const struct xdg_toplevel_listener dialog_listener = {
	.configure = wayland_ignore_configure, .close = dialog_close};

void open_dialog(bool modal)
{
	make_surface(&app.dialog, DIALOG_WIDTH, DIALOG_HEIGHT);
	struct xdg_toplevel *toplevel = xdg_surface_get_toplevel(app.dialog.xdg);
	xdg_toplevel_add_listener(toplevel, &dialog_listener, NULL);
	xdg_toplevel_set_title(toplevel, "Dialog");
	xdg_toplevel_set_parent(toplevel, app.toplevel);
	xdg_toplevel_set_min_size(toplevel, DIALOG_WIDTH, DIALOG_HEIGHT);
	xdg_toplevel_set_max_size(toplevel, DIALOG_WIDTH, DIALOG_HEIGHT);
	if (modal) {
		make_modal(toplevel);
	}
	wl_surface_commit(app.dialog.surface);
}

void close_popup(void)
{
	if (app.xdg_popup != NULL) {
		say("popup-closed");
		xdg_popup_destroy(app.xdg_popup);
		xdg_surface_destroy(app.popup.xdg);
		wl_surface_destroy(app.popup.surface);
		app.xdg_popup = NULL;
	}
}

static void popup_configure(
	void *data, struct xdg_popup *popup, int32_t x, int32_t y, int32_t width, int32_t height)
{
	say("popup %d %d", x, y);
}

static void popup_done(void *data, struct xdg_popup *popup)
{
	close_popup();
}

static const struct xdg_popup_listener popup_listener = {
	.configure = popup_configure, .popup_done = popup_done};

void open_popup(uint32_t serial)
{
	struct xdg_positioner *positioner = xdg_wm_base_create_positioner(app.wayland.wm);
	xdg_positioner_set_size(positioner, POPUP_WIDTH, POPUP_HEIGHT);
	xdg_positioner_set_anchor_rect(positioner, app.x, app.y, 1, 1);
	xdg_positioner_set_anchor(positioner, XDG_POSITIONER_ANCHOR_TOP_LEFT);
	xdg_positioner_set_gravity(positioner, XDG_POSITIONER_GRAVITY_BOTTOM_RIGHT);
	make_surface(&app.popup, POPUP_WIDTH, POPUP_HEIGHT);
	app.xdg_popup = xdg_surface_get_popup(app.popup.xdg, app.window.xdg, positioner);
	xdg_popup_add_listener(app.xdg_popup, &popup_listener, NULL);
	xdg_popup_grab(app.xdg_popup, app.wayland.seat, serial);
	xdg_positioner_destroy(positioner);
	wl_surface_commit(app.popup.surface);
}
