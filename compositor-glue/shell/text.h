// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_TEXT_H
#define COMPOSITOR_GLUE_SHELL_TEXT_H

#include <stddef.h>

// Copies as many whole characters of src as fit; what is not UTF-8 becomes '?'. Pure.
void text_copy(char *dst, size_t size, const char *src);

#endif
