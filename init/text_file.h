// SPDX-License-Identifier: MIT
#ifndef INIT_TEXT_FILE_H
#define INIT_TEXT_FILE_H

#include <stddef.h>

/* Reads a whole file of less than `size` bytes and ends it with NUL. Its length or -errno. */
long text_file_read(const char *path, char *to, size_t size);

#endif
