// SPDX-License-Identifier: MIT
#ifndef SYSTEM_DISTRO_SILL_MACHINE_INITRAMFS_H
#define SYSTEM_DISTRO_SILL_MACHINE_INITRAMFS_H

#include <stdbool.h>

#include "system-distro/sill/instance.h"

/**
 * Write the initramfs of one machine: the one beside the kernel, and behind it what the machine is
 * to find in its memory: the RDP server's credentials, which are for their owner's eyes only, and
 * the folders run and var of instance->added. Who that owner is stands in root/etc/passwd.
 */
bool machine_initramfs_write(const struct instance *instance, const char *root, const char *path);

#endif
