// SPDX-License-Identifier: MIT
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xcb/xcb.h>
#include <xcb/xcb_image.h>

#include "system-distro/sill/commands.h"
#include "system-distro/sill/name_option.h"
#include "system-distro/sill/report.h"

static const char help[] =
	"usage: sill screenshot FILE.png\n"
	"\n"
	"Save what the X display $DISPLAY shows, the windows of a connected client among the rest.";

static bool write_png(const char *path, const xcb_image_t *image)
{
	FILE *file = fopen(path, "we");
	if (file == NULL) {
		report_errno("cannot write %s", path);
		return false;
	}
	png_image png = {.version = PNG_IMAGE_VERSION,
		.width = image->width,
		.height = image->height,
		.format = PNG_FORMAT_RGB};
	uint8_t *rgb = malloc((size_t)image->width * image->height * 3);
	for (size_t y = 0; rgb != NULL && y < image->height; y++) {
		for (size_t x = 0; x < image->width; x++) {
			const uint8_t *from = image->data + y * image->stride + x * 4;
			uint8_t *to = rgb + (y * image->width + x) * 3;
			to[0] = from[2];
			to[1] = from[1];
			to[2] = from[0];
		}
	}
	bool written = rgb != NULL && png_image_write_to_stdio(&png, file, 0, rgb, 0, NULL) != 0;
	free(rgb);
	if (fclose(file) != 0 || !written) {
		report("cannot write %s: %s", path, png.message);
		remove(path);
		return false;
	}
	return true;
}

int cmd_screenshot(int argc, char **argv)
{
	struct name_option option;
	int stop = name_option_parse(argc, argv, help, &option);
	if (stop != 0) {
		return stop - 1;
	}
	if (option.rest + 1 != argc) {
		report("screenshot: one file name, please");
		return 2;
	}
	xcb_connection_t *display = xcb_connect(NULL, NULL);
	if (xcb_connection_has_error(display)) {
		report("cannot connect to the X display \"%s\"",
			getenv("DISPLAY") ? getenv("DISPLAY") : "");
		xcb_disconnect(display);
		return 1;
	}
	xcb_screen_t *screen = xcb_setup_roots_iterator(xcb_get_setup(display)).data;
	xcb_image_t *image = xcb_image_get(display, screen->root, 0, 0, screen->width_in_pixels,
		screen->height_in_pixels, ~0U, XCB_IMAGE_FORMAT_Z_PIXMAP);
	bool saved = false;
	if (image == NULL || image->bpp != 32 || image->byte_order != XCB_IMAGE_ORDER_LSB_FIRST) {
		report("screenshot: the display has no 32-bit pixels to read");
	} else {
		saved = write_png(argv[option.rest], image);
	}
	if (image != NULL) {
		xcb_image_destroy(image);
	}
	xcb_disconnect(display);
	return saved ? 0 : 1;
}
