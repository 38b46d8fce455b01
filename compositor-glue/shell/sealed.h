// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_SEALED_H
#define COMPOSITOR_GLUE_SHELL_SEALED_H

#include <stddef.h>

// A memfd with that content, which nobody can change any more; -1 when memory is short
int sealed_create(const char *name, const void *data, size_t size);

#endif
