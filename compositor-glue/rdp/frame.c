// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/frame.h"

#include "compositor-glue/rdp/encoder.h"
#include "compositor-glue/rdp/gfx_pdu.h"
#include "compositor-glue/rdp/zgfx.h"

struct paint *frame_add(struct frame *frame)
{
	if (frame->count == FRAME_PAINTS) {
		return NULL;
	}
	struct paint *paint = &frame->paints[frame->count++];
	paint->window = 0;
	paint->answers = paint->fresh = paint->show_again = paint->starved = false;
	paint->buffer = (struct buffer){0};
	paint->surface = paint->old = NULL;
	paint->damage_count = 0;
	return paint;
}

static void map_surface(const struct frame *frame, const struct paint *paint, struct bytes *out)
{
	const struct surface *surface = paint->surface;
	uint32_t width = (uint32_t)surface->width, height = (uint32_t)surface->height;
	if (paint->window == PAINT_DESKTOP) {
		gfx_pdu_map_output(out, surface->id);
	} else if (frame->scaled_map) {
		gfx_pdu_map_scaled_window(out, surface->id, paint->window, width, height);
	} else {
		gfx_pdu_map_window(out, surface->id, paint->window, width, height);
	}
}

static bool wake_surfaces(const struct paint *paint)
{
	return surface_wake(paint->surface) && (paint->old == NULL || surface_wake(paint->old));
}

/* A new surface begins with what the client saw in the old one. */
static void begin_surface(const struct frame *frame, const struct paint *paint, struct bytes *out)
{
	struct surface *surface = paint->surface;
	gfx_pdu_create_surface(out, surface->id, (uint16_t)surface->width,
		(uint16_t)surface->height, surface_format(surface));
	if (paint->old != NULL) {
		surface_inherit(surface, paint->old, out);
		gfx_pdu_delete_surface(out, paint->old->id);
	}
	map_surface(frame, paint, out);
}

static void encode_paint(
	struct frame *frame, struct paint *paint, struct encoder *encoder, size_t end)
{
	struct bytes *out = &frame->commands;
	const struct buffer *buffer = &paint->buffer;
	struct image image = {
		buffer->pixels, buffer->width, buffer->height, (size_t)buffer->stride};
	paint->starved = out->length >= end;
	if (!wake_surfaces(paint)) {
		paint->tally = (struct tally){0};
		out->failed = true;
		return;
	}
	if (paint->fresh) {
		begin_surface(frame, paint, out);
	}
	if (paint->show_again) {
		surface_show_again(paint->surface, out);
	}
	encoder_update(encoder, paint->surface, &image, paint->damage, paint->damage_count,
		out->length < end ? end - out->length : 0, out);
	paint->tally = encoder->tally;
}

static void encode_paints(struct frame *frame, struct encoder *encoder)
{
	struct bytes *out = &frame->commands;
	gfx_pdu_start_frame(out, frame->id, frame->timestamp);
	size_t begun = out->length;
	for (size_t i = 0; i < frame->count; i++) {
		encode_paint(frame, &frame->paints[i], encoder, begun + frame->budget);
	}
	frame->shown = out->length > begun;
	if (frame->shown) {
		gfx_pdu_end_frame(out, frame->id);
	} else {
		out->length -= GFX_START_FRAME_SIZE;
	}
}

void frame_encode(struct frame *frame, struct encoder *encoder, struct zgfx *zgfx)
{
	struct bytes *commands = &frame->commands;
	frame->shown = false;
	encoder->now = frame->now;
	encoder->patience = frame->patience;
	if (frame->count > 0) {
		encode_paints(frame, encoder);
	}
	if (commands->length > 0) {
		zgfx_compress(zgfx, &frame->message, commands->data, commands->length);
	}
	frame->message.failed |= commands->failed;
}

void frame_clear(struct frame *frame)
{
	for (size_t i = 0; i < frame->count; i++) {
		buffer_unmap(&frame->paints[i].buffer);
		surface_release(frame->paints[i].surface);
		surface_release(frame->paints[i].old);
	}
	frame->count = 0;
	frame->shown = false;
	bytes_clear(&frame->commands);
	bytes_clear(&frame->message);
}

void frame_finish(struct frame *frame)
{
	frame_clear(frame);
	bytes_finish(&frame->commands);
	bytes_finish(&frame->message);
}
