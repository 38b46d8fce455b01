// SPDX-License-Identifier: MIT
#ifndef TESTS_UNIT_RDP_CLIENT_MODEL_H
#define TESTS_UNIT_RDP_CLIENT_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A client of the graphics pipeline for tests: it obeys messages as MS-RDPEGFX says and decodes
 * with FreeRDP's own decoders, so that what it shows is what a person would see.
 */

#define MODEL_SURFACES 4
#define MODEL_SLOTS 25600

struct model_surface {
	uint16_t id; /* 0: none */
	int32_t width, height;
	uint32_t format; // FreeRDP's, PIXEL_FORMAT_...
	uint32_t *pixels;
};

struct model;

struct model *model_create(void);
void model_destroy(struct model *model);

/* One message of the channel, compressed as it is sent. False when something in it is wrong. */
bool model_receive(struct model *model, const uint8_t *data, size_t size);

const struct model_surface *model_surface(const struct model *model, uint16_t id);

/* How many commands of a kind came so far, MS-RDPEGFX 2.2.2's numbers. */
size_t model_commands(const struct model *model, uint16_t command);

#endif
