// SPDX-License-Identifier: MIT
#ifndef SYSTEM_DISTRO_SILL_MACHINE_H
#define SYSTEM_DISTRO_SILL_MACHINE_H

#include <stdbool.h>
#include <sys/types.h>

#include "system-distro/sill/instance.h"

/**
 * Start the image in a virtual machine of QEMU's, with instance->kernel and the initramfs beside
 * it: its own kernel puts the hash tree between the disk and whoever reads. The certificate and the
 * password are those of STATE, made by the image's own sill-rdp when they are not there yet; for
 * that and for who owns them the image is seen at root. Its console goes to log_fd. The machine
 * ends when the caller ends.
 *
 * Returns QEMU's pid; -1, reported, on failure.
 */
pid_t machine_start(struct instance *instance, const char *root, int log_fd);

/** Whether init in there has said that everything is started. */
bool machine_is_ready(int log_fd);

#endif
