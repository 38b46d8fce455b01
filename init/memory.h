// SPDX-License-Identifier: MIT
#ifndef INIT_MEMORY_H
#define INIT_MEMORY_H

#include <stddef.h>

/* Zeroed memory for the time of starting, NULL when there is none. */
void *memory_borrow(size_t size);
void memory_return(void *memory, size_t size);

/*
 * Lets go of the program's own pages: what starting needed does not come back, the rest as it is
 * used again, from the page cache.
 */
void memory_give_back(void);

#endif
