// SPDX-License-Identifier: MIT
#include "compositor-glue/audio/playback_pdu.h"

/* MS-RDPEA 2.2.1 */
enum {
	SNDC_CLOSE = 0x01,
	SNDC_WAVE = 0x02,
	SNDC_SETVOLUME = 0x03,
	SNDC_WAVECONFIRM = 0x05,
	SNDC_TRAINING = 0x06,
	SNDC_FORMATS = 0x07,
	SNDC_QUALITYMODE = 0x0C,
	SNDC_WAVE2 = 0x0D,
};

#define TSSNDCAPS_VOLUME 0x02
#define HEAD_SIZE 4
#define WAVE_INFO_SAMPLES 4

static bool read_formats(
	struct wire_in *in, struct playback_message *message, struct sound_format_list *formats)
{
	message->type = PLAYBACK_FORMATS;
	message->can_volume = (wire_read32(in) & TSSNDCAPS_VOLUME) != 0;
	message->volume = wire_read32(in);
	wire_skip(in, 4 + 2); /* pitch, datagram port */
	uint16_t count = wire_read16(in);
	wire_skip(in, 1); /* last block */
	message->version = wire_read16(in);
	wire_skip(in, 1);
	if (count > SOUND_FORMAT_LIMIT) {
		return false;
	}
	formats->count = count;
	for (uint16_t i = 0; i < count; i++) {
		sound_format_read(in, &formats->items[i]);
	}
	return true;
}

bool playback_read(const uint8_t *data, size_t size, struct playback_message *message,
	struct sound_format_list *formats)
{
	struct wire_in in = wire_in(data, size);
	*message = (struct playback_message){0};
	uint8_t type = wire_read8(&in);
	wire_skip(&in, 1);
	if (wire_read16(&in) != wire_left(&in)) {
		return false;
	}
	switch (type) {
	case SNDC_FORMATS:
		if (!read_formats(&in, message, formats)) {
			return false;
		}
		break;
	case SNDC_QUALITYMODE:
		message->type = PLAYBACK_QUALITY;
		message->quality = wire_read16(&in);
		wire_skip(&in, 2);
		break;
	case SNDC_WAVECONFIRM:
		message->type = PLAYBACK_CONFIRM;
		message->timestamp = wire_read16(&in);
		message->block = wire_read8(&in);
		break;
	case SNDC_TRAINING:
		message->type = PLAYBACK_TRAINING;
		break;
	default:
		return false;
	}
	return !in.failed;
}

static struct wire_out begin(uint8_t *data, size_t size, uint8_t type, size_t body)
{
	struct wire_out out = wire_out(data, size);
	wire_write8(&out, type);
	wire_write8(&out, 0);
	wire_write16(&out, (uint16_t)body);
	out.failed = out.failed || body > UINT16_MAX;
	return out;
}

size_t playback_write_formats(
	uint8_t *data, size_t size, const struct sound_format_list *formats, uint8_t last_block)
{
	struct wire_out out = begin(data, size, SNDC_FORMATS, 0);
	wire_write32(&out, 0); /* flags */
	wire_write32(&out, 0); /* volume */
	wire_write32(&out, 0); /* pitch */
	wire_write16(&out, 0); /* datagram port */
	wire_write16(&out, (uint16_t)formats->count);
	wire_write8(&out, last_block);
	wire_write16(&out, PLAYBACK_VERSION);
	wire_write8(&out, 0);
	for (size_t i = 0; i < formats->count; i++) {
		sound_format_write(&out, &formats->items[i]);
	}
	size_t written = wire_written(&out);
	if (written > 0) {
		struct wire_out head = begin(data, size, SNDC_FORMATS, written - HEAD_SIZE);
		out.failed = head.failed;
	}
	return wire_written(&out);
}

size_t playback_write_volume(uint8_t *data, size_t size, uint16_t left, uint16_t right)
{
	struct wire_out out = begin(data, size, SNDC_SETVOLUME, 4);
	wire_write16(&out, left);
	wire_write16(&out, right);
	return wire_written(&out);
}

size_t playback_write_close(uint8_t *data, size_t size)
{
	struct wire_out out = begin(data, size, SNDC_CLOSE, 0);
	return wire_written(&out);
}

static void write_wave_head(struct wire_out *out, const struct playback_wave *wave)
{
	wire_write16(out, wave->timestamp);
	wire_write16(out, wave->format);
	wire_write8(out, wave->block);
	wire_write8(out, 0);
	wire_write16(out, 0);
}

size_t playback_write_wave2(uint8_t *data, size_t size, const struct playback_wave *wave)
{
	struct wire_out out = begin(data, size, SNDC_WAVE2, 12 + wave->size);
	write_wave_head(&out, wave);
	wire_write32(&out, wave->timestamp);
	wire_write(&out, wave->samples, wave->size);
	return wire_written(&out);
}

size_t playback_write_wave_info(uint8_t *data, size_t size, const struct playback_wave *wave)
{
	struct wire_out out = begin(data, size, SNDC_WAVE, 8 + wave->size);
	write_wave_head(&out, wave);
	out.failed = out.failed || wave->size < WAVE_INFO_SAMPLES;
	if (!out.failed) {
		wire_write(&out, wave->samples, WAVE_INFO_SAMPLES);
	}
	return wire_written(&out);
}

size_t playback_write_wave(uint8_t *data, size_t size, const struct playback_wave *wave)
{
	struct wire_out out = wire_out(data, size);
	wire_write32(&out, 0);
	out.failed = out.failed || wave->size < WAVE_INFO_SAMPLES;
	if (!out.failed) {
		wire_write(&out, wave->samples + WAVE_INFO_SAMPLES, wave->size - WAVE_INFO_SAMPLES);
	}
	return wire_written(&out);
}
