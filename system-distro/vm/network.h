// SPDX-License-Identifier: MIT
#ifndef SYSTEM_DISTRO_VM_NETWORK_H
#define SYSTEM_DISTRO_VM_NETWORK_H

#include <stdbool.h>

/* The loopback goes up; with an address, so does eth0. False with errno. */
bool network_set_up(const char *address, unsigned prefix);

#endif
