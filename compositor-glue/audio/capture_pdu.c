// SPDX-License-Identifier: MIT
#include "compositor-glue/audio/capture_pdu.h"

/* MS-RDPEAI 2.2.1 */
enum {
	MSG_VERSION = 0x01,
	MSG_FORMATS = 0x02,
	MSG_OPEN = 0x03,
	MSG_OPEN_REPLY = 0x04,
	MSG_DATA_INCOMING = 0x05,
	MSG_DATA = 0x06,
	MSG_FORMATCHANGE = 0x07,
};

static bool read_formats(struct wire_in *in, struct sound_format_list *formats)
{
	uint32_t count = wire_read32(in);
	wire_skip(in, 4); /* size of this message, which FreeRDP's client gets wrong */
	if (count > SOUND_FORMAT_LIMIT) {
		return false;
	}
	formats->count = count;
	for (uint32_t i = 0; i < count; i++) {
		sound_format_read(in, &formats->items[i]);
	}
	return true;
}

bool capture_read(const uint8_t *data, size_t size, struct capture_message *message,
	struct sound_format_list *formats)
{
	struct wire_in in = wire_in(data, size);
	*message = (struct capture_message){0};
	switch (wire_read8(&in)) {
	case MSG_VERSION:
		message->type = CAPTURE_HAS_VERSION;
		message->value = wire_read32(&in);
		break;
	case MSG_FORMATS:
		message->type = CAPTURE_HAS_FORMATS;
		if (!read_formats(&in, formats)) {
			return false;
		}
		break;
	case MSG_OPEN_REPLY:
		message->type = CAPTURE_OPENED;
		message->value = wire_read32(&in);
		break;
	case MSG_DATA_INCOMING:
		message->type = CAPTURE_INCOMING;
		break;
	case MSG_DATA:
		message->type = CAPTURE_DATA;
		message->data = in.at;
		message->size = wire_left(&in);
		break;
	case MSG_FORMATCHANGE:
		message->type = CAPTURE_FORMAT;
		message->value = wire_read32(&in);
		break;
	default:
		return false;
	}
	return !in.failed;
}

size_t capture_write_version(uint8_t *data, size_t size)
{
	struct wire_out out = wire_out(data, size);
	wire_write8(&out, MSG_VERSION);
	wire_write32(&out, CAPTURE_VERSION);
	return wire_written(&out);
}

static size_t write_formats(
	uint8_t *data, size_t size, const struct sound_format_list *formats, size_t total)
{
	struct wire_out out = wire_out(data, size);
	wire_write8(&out, MSG_FORMATS);
	wire_write32(&out, (uint32_t)formats->count);
	wire_write32(&out, (uint32_t)total);
	for (size_t i = 0; i < formats->count; i++) {
		sound_format_write(&out, &formats->items[i]);
	}
	return wire_written(&out);
}

size_t capture_write_formats(uint8_t *data, size_t size, const struct sound_format_list *formats)
{
	return write_formats(data, size, formats, write_formats(data, size, formats, 0));
}

size_t capture_write_open(
	uint8_t *data, size_t size, uint32_t place, const struct sound_format *format)
{
	struct wire_out out = wire_out(data, size);
	/* What its device records; the format of the list says what is to become of that. */
	const struct sound_format device = {
		.tag = SOUND_PCM,
		.channels = format->channels,
		.rate = format->rate,
		.bytes_per_second = format->rate * format->channels * 2,
		.block_align = (uint16_t)(format->channels * 2),
		.bits = 16,
	};
	wire_write8(&out, MSG_OPEN);
	wire_write32(&out, sound_format_frames(format));
	wire_write32(&out, place);
	sound_format_write(&out, &device);
	return wire_written(&out);
}
