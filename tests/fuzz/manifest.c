// SPDX-License-Identifier: MIT
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "rootfs-manifest/layout.h"
#include "rootfs-manifest/manifest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
	const char *text;
	size_t size;
};

/* The input is cut into documents at zero bytes; "0" is the first one that can be included. */
static bool read_document(void *data, const char *path, struct buffer *ret_text, struct error *err)
{
	const struct input *input = data;
	const char *at = input->text, *end = input->text + input->size;
	bool first = strcmp(path, "fuzz") == 0;
	for (int skip = first ? 0 : path[0] - '0' + 1; skip > 0 && at < end; skip--) {
		const char *zero = memchr(at, '\0', (size_t)(end - at));
		at = zero != NULL ? zero + 1 : end;
	}
	const char *zero = at < end ? memchr(at, '\0', (size_t)(end - at)) : NULL;
	*ret_text = (struct buffer){0};
	if (!first && at >= end) {
		return fail(err, "%s: not there", path);
	}
	buffer_add(ret_text, at, (size_t)((zero != NULL ? zero : end) - at));
	return true;
}

/* A manifest: read, and where it is a good one also used. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct manifest manifest;
	struct error err = {0};
	struct input input = {(const char *)data, size};
	struct manifest_source source = {"fuzz", "amd64", NULL, read_document, &input};
	if (manifest_read(&source, &manifest, &err)) {
		struct buffer text = {0};
		layout_print_passwd(&manifest, &text);
		layout_print_group(&manifest, &text);
		buffer_finish(&text);
		free(manifest_choices(&manifest));
		manifest_finish(&manifest);
	} else if (err.code != EXIT_INPUT) {
		abort();
	}
	return 0;
}
