// SPDX-License-Identifier: MIT
#include "init/log_ring.h"

#include <string.h>

void log_ring_add(struct log_ring *ring, const char *data, size_t size)
{
	while (size > 0) {
		size_t room = LOG_RING_SIZE - ring->next;
		size_t part = size < room ? size : room;
		memcpy(ring->data + ring->next, data, part);
		ring->next += part;
		data += part;
		size -= part;
		if (ring->next == LOG_RING_SIZE) {
			ring->next = 0;
			ring->is_wrapped = true;
		}
	}
}

void log_ring_print(const struct log_ring *ring, struct text_out *out)
{
	if (ring->is_wrapped) {
		const char *start = ring->data + ring->next;
		size_t size = LOG_RING_SIZE - ring->next;
		const char *newline = memchr(start, '\n', size);
		if (newline != NULL) {
			size -= (size_t)(newline + 1 - start);
			text_out_bytes(out, newline + 1, size);
		}
	}
	text_out_bytes(out, ring->data, ring->next);
}

size_t log_line_take(struct log_line *line, const char *data, size_t size, bool *ret_is_complete)
{
	*ret_is_complete = false;
	for (size_t i = 0; i < size; i++) {
		if (data[i] == '\n') {
			*ret_is_complete = true;
			return i + 1;
		}
		if (line->length == LOG_LINE_MAX) {
			*ret_is_complete = true;
			return i;
		}
		line->data[line->length++] = data[i];
	}
	return size;
}
