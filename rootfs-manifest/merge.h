// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_MERGE_H
#define ROOTFS_MANIFEST_MERGE_H

#include <stdbool.h>

#include "rootfs-manifest/document.h"
#include "rootfs-manifest/schema.h"

/*
 * Lays one mapping over another. A single value takes the place of the one below; lists grow, and
 * an item takes the place of one below with the same first key (a name or path); mappings are
 * merged key by key. What fits no schema is passed on for schema_read to complain about. `over` is
 * left empty.
 */
void merge_over(const struct schema *schema, struct node *base, struct node *over);

/*
 * Takes items out of the lists of `base`: `without` has the same keys, with the names or paths of
 * the items. Each must be there.
 */
bool merge_without(const struct schema *schema, struct node *base, const struct node *without,
	struct error *err);

/* Whether such a mapping is well made, whatever it is used on. */
bool merge_check_without(
	const struct schema *schema, const struct node *without, struct error *err);

#endif
