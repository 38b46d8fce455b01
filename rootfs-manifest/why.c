// SPDX-License-Identifier: MIT
#include "rootfs-manifest/why.h"

#include <stdint.h>
#include <stdlib.h>

/* How far each package is from what the manifest wants, and through whom. */
struct step {
	size_t distance; // SIZE_MAX: not reached
	const struct package *through;
};

static struct step *step_of(struct step *steps, const struct lock *lock, const struct package *it)
{
	return &steps[it - lock->packages];
}

/* Whether the package is nearer through one of those that need it. */
static bool come_nearer(struct step *steps, const struct lock *lock, const struct package *package)
{
	bool is_nearer = false;
	struct step *own = step_of(steps, lock, package);
	for (size_t i = 0; i < package->needed_by.count; i++) {
		const struct package *by = lock_find(lock, package->needed_by.items[i]);
		size_t distance = by != NULL ? step_of(steps, lock, by)->distance : SIZE_MAX;
		if (distance != SIZE_MAX && distance + 1 < own->distance) {
			*own = (struct step){distance + 1, by};
			is_nearer = true;
		}
	}
	return is_nearer;
}

static struct step *measure(const struct lock *lock)
{
	struct step *steps = mem_alloc(lock->count * sizeof(*steps));
	for (size_t i = 0; i < lock->count; i++) {
		steps[i].distance = lock->packages[i].wanted ? 0 : SIZE_MAX;
	}
	bool is_moving = true;
	while (is_moving) {
		is_moving = false;
		for (size_t i = 0; i < lock->count; i++) {
			is_moving |= come_nearer(steps, lock, &lock->packages[i]);
		}
	}
	return steps;
}

static void print_chain(struct step *steps, const struct lock *lock, const struct package *package,
	struct buffer *out)
{
	const char *joint = "  needed by ";
	while (package != NULL) {
		const struct step *step = step_of(steps, lock, package);
		buffer_print(out, "%s%s", joint, package->name);
		joint = ", needed by ";
		if (step->distance == 0) {
			buffer_print(out, ", which the manifest wants\n");
			return;
		}
		package = step->through;
	}
	buffer_print(out, "\n");
}

bool why_print(const struct lock *lock, const char *name, struct buffer *out)
{
	const struct package *package = lock_find(lock, name);
	if (package == NULL) {
		return false;
	}
	buffer_print(out, "%s %s (source %s, from %s%s%s)\n", name, package->version,
		package->source, package->repository, package->licence[0] != '\0' ? ", " : "",
		package->licence);
	if (package->wanted) {
		buffer_print(out, "  wanted by the manifest\n");
	}
	struct step *steps = measure(lock);
	for (size_t i = 0; i < package->needed_by.count; i++) {
		const struct package *by = lock_find(lock, package->needed_by.items[i]);
		if (by != NULL && i < WHY_CHAINS_MAX) {
			print_chain(steps, lock, by, out);
		}
	}
	if (package->needed_by.count > WHY_CHAINS_MAX) {
		buffer_print(out, "  and %zu more\n", package->needed_by.count - WHY_CHAINS_MAX);
	}
	free(steps);
	return true;
}
