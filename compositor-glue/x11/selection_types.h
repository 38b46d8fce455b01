// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_SELECTION_TYPES_H
#define COMPOSITOR_GLUE_X11_SELECTION_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What X11 calls the types of a selection's content, and what everybody else does. X11 has targets:
 * atoms, by names of its own for text (ICCCM 2.6.2) and MIME types for the rest. PURE.
 */

#define SELECTION_TYPES_MAX 32 /* as many as sill_clipboard_v1 has */
#define SELECTION_TYPE_SIZE 128 /* bytes of a name, with the NUL */
#define SELECTION_TARGETS_MAX (SELECTION_TYPES_MAX + 5) /* all types, and the names of text */

struct selection_types {
	uint32_t count;
	char name[SELECTION_TYPES_MAX][SELECTION_TYPE_SIZE];
};

/* Left out are those that are too long, too many, there already, or hold what no name should. */
void selection_types_add(struct selection_types *types, const char *name, size_t size);

/* What the owner of an X11 selection can give. */
struct selection_targets {
	struct selection_types mime;
	bool utf8_string, string;
};

void selection_targets_add(struct selection_targets *targets, const char *name, size_t size);
/* What others are offered of it, text first. */
void selection_targets_offer(
	const struct selection_targets *targets, struct selection_types *types);
/* The target to ask the owner for; NULL when it has none. Its content is text in Latin-1, or what
 * the type says. */
const char *selection_targets_for(
	const struct selection_targets *targets, const char *type, bool *latin1);

/* What X11 applications are offered, and where it comes from. */
struct selection_target {
	const char *name; /* of the target, for as long as the types are there */
	const char *type; /* to ask others for */
	bool latin1; /* is to be text in Latin-1, and comes in UTF-8 */
};

size_t selection_types_targets(const struct selection_types *types,
	struct selection_target targets[SELECTION_TARGETS_MAX]);

#endif
