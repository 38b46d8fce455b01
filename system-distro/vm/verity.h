// SPDX-License-Identifier: MIT
#ifndef SYSTEM_DISTRO_VM_VERITY_H
#define SYSTEM_DISTRO_VM_VERITY_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Makes /dev/dm-0 of a table for the dm-verity target, by device-mapper's own calls: there is no
 * udev and no library here. False with errno.
 */
bool verity_open(const char *table, uint64_t blocks);

#endif
