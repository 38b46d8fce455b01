// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_TITLE_H
#define COMPOSITOR_GLUE_X11_TITLE_H

#include <stddef.h>

/* Titles as applications write them, as UTF-8 that ends at a character. PURE. */

#define TITLE_MAX 1024 /* bytes, without the NUL */

/* Of _NET_WM_NAME. What is no UTF-8 becomes U+FFFD, control characters spaces. */
void title_from_utf8(char title[TITLE_MAX + 1], const char *text, size_t length);
/* Of WM_NAME, whose bytes are ISO 8859-1. */
void title_from_latin1(char title[TITLE_MAX + 1], const char *text, size_t length);

#endif
