// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/slots.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

static void slot_release(struct slot *slot, size_t size)
{
	if (slot->image != NULL) {
		pixman_image_unref(slot->image);
		munmap(slot->pixels, size);
		close(slot->fd);
	}
	slot->image = NULL;
	slot->pixels = NULL;
	slot->fd = -1;
	slot->announced = false;
	pixman_region32_clear(&slot->stale);
}

static size_t byte_size(const struct slots *slots)
{
	return (size_t)slots_stride(slots) * (size_t)slots->height;
}

// The bridge gets a descriptor that can neither change its size nor be mapped writable
static int create_memory(size_t size, void **pixels)
{
	int fd = memfd_create("sill-window", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (fd < 0) {
		return -1;
	}
	*pixels = MAP_FAILED;
	if (ftruncate(fd, (off_t)size) == 0) {
		*pixels = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	}
	int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_FUTURE_WRITE | F_SEAL_SEAL;
	if (*pixels == MAP_FAILED || fcntl(fd, F_ADD_SEALS, seals) < 0) {
		if (*pixels != MAP_FAILED) {
			munmap(*pixels, size);
		}
		close(fd);
		return -1;
	}
	return fd;
}

static bool slot_allocate(struct slot *slot, const struct slots *slots)
{
	if (slot->image != NULL) {
		return true;
	}
	slot->fd = create_memory(byte_size(slots), &slot->pixels);
	if (slot->fd < 0) {
		return false;
	}
	slot->image = pixman_image_create_bits_no_clear(
		PIXMAN_a8r8g8b8, slots->width, slots->height, slot->pixels, slots_stride(slots));
	if (slot->image == NULL) {
		munmap(slot->pixels, byte_size(slots));
		close(slot->fd);
		slot->fd = -1;
		return false;
	}
	pixman_region32_union_rect(
		&slot->stale, &slot->stale, 0, 0, (unsigned)slots->width, (unsigned)slots->height);
	return true;
}

void slots_init(struct slots *slots)
{
	*slots = (struct slots){.busy = -1};
	for (int i = 0; i < SLOT_COUNT; i++) {
		slots->slot[i].fd = -1;
		pixman_region32_init(&slots->slot[i].stale);
	}
}

void slots_finish(struct slots *slots)
{
	slots_set_size(slots, 0, 0);
	for (int i = 0; i < SLOT_COUNT; i++) {
		pixman_region32_fini(&slots->slot[i].stale);
	}
}

void slots_set_size(struct slots *slots, int32_t width, int32_t height)
{
	if (slots->width == width && slots->height == height) {
		return;
	}
	slots_give_back(slots);
	slots->width = width;
	slots->height = height;
}

void slots_give_back(struct slots *slots)
{
	for (int i = 0; i < SLOT_COUNT; i++) {
		slot_release(&slots->slot[i], byte_size(slots));
	}
	slots->latest = 0;
	slots->busy = -1;
}

bool slots_have_memory(const struct slots *slots)
{
	return slots->slot[slots->latest].image != NULL;
}

int32_t slots_stride(const struct slots *slots)
{
	return slots->width * 4;
}

static void catch_up(struct slot *slot, const struct slot *newer)
{
	if (newer->image == NULL || !pixman_region32_not_empty(&slot->stale)) {
		return;
	}
	const pixman_box32_t *box = pixman_region32_extents(&slot->stale);
	pixman_image_set_clip_region32(slot->image, &slot->stale);
	pixman_image_composite32(PIXMAN_OP_SRC, newer->image, NULL, slot->image, box->x1, box->y1,
		0, 0, box->x1, box->y1, box->x2 - box->x1, box->y2 - box->y1);
	pixman_image_set_clip_region32(slot->image, NULL);
}

pixman_image_t *slots_draw(struct slots *slots, pixman_region32_t *changed)
{
	int target = slots->latest == slots->busy ? 1 - slots->latest : slots->latest;
	struct slot *slot = &slots->slot[target], *other = &slots->slot[1 - target];
	if (!slot_allocate(slot, slots)) {
		return NULL;
	}
	if (target != slots->latest) {
		pixman_region32_subtract(&slot->stale, &slot->stale, changed);
		catch_up(slot, other);
	}
	pixman_region32_clear(&slot->stale);
	if (other->image != NULL) {
		pixman_region32_union(&other->stale, &other->stale, changed);
	}
	slots->latest = target;
	return slot->image;
}

void slots_forget_announced(struct slots *slots)
{
	for (int i = 0; i < SLOT_COUNT; i++) {
		slots->slot[i].announced = false;
	}
}

void slots_clamp(int32_t *width, int32_t *height)
{
	if (*width > SLOT_SIZE_MAX) {
		*width = SLOT_SIZE_MAX;
	}
	if (*height > SLOT_SIZE_MAX) {
		*height = SLOT_SIZE_MAX;
	}
	if (*width > 0 && *height > SLOT_AREA_MAX / *width) {
		*height = SLOT_AREA_MAX / *width;
	}
}
