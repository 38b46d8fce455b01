// SPDX-License-Identifier: MIT
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "rootfs-manifest/lock.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A lock: what is accepted must be written, and read again, as the same text. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lock lock, again;
	struct error err;
	if (!lock_parse("fuzz", (const char *)data, size, &lock, &err)) {
		return err.code == EXIT_INPUT ? 0 : (abort(), 1);
	}
	struct buffer first = {0}, second = {0};
	lock_write(&lock, &first);
	if (!lock_parse("fuzz", first.data, first.size, &again, &err)) {
		abort();
	}
	lock_write(&again, &second);
	if (strcmp(first.data, second.data) != 0) {
		abort();
	}
	buffer_finish(&first);
	buffer_finish(&second);
	lock_finish(&lock);
	lock_finish(&again);
	return 0;
}
