// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_FINDINGS_H
#define ROOTFS_MANIFEST_FINDINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "rootfs-manifest/memory.h"

enum finding_state {
	FINDING_OK,
	FINDING_FAILED,
	FINDING_SKIPPED, // it could not be looked at, and the text says why
};

/* What a check found, one line for each thing it looked at. */
struct finding {
	char *name;
	enum finding_state state;
	char *text;
};

struct findings {
	struct finding *items;
	size_t count;
};

void findings_add(struct findings *findings, const char *name, enum finding_state state,
	const char *format, ...) __attribute__((format(printf, 4, 5)));
bool findings_good(const struct findings *findings);

/* For a person, and as JSON with `subject` as what was looked at. */
void findings_print(const struct findings *findings, struct buffer *out);
void findings_write(const struct findings *findings, const char *subject, struct buffer *out);
void findings_finish(struct findings *findings);

#endif
