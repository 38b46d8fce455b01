// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_CLIPBOARD_TEXT_H
#define COMPOSITOR_GLUE_RDP_CLIPBOARD_TEXT_H

#include <stddef.h>
#include <stdint.h>

/* Text as Windows' clipboard has it (CF_UNICODETEXT) and as Linux' has it. PURE. */

/* UTF-16 with CR LF and a 0 at the end, to be freed; NULL when memory is short. Sizes in bytes. */
uint16_t *clipboard_text_to_client(const char *text, size_t size, size_t *client_size);

/* UTF-8 with LF, up to the first 0, to be freed; NULL when memory is short. */
char *clipboard_text_from_client(const uint8_t *text, size_t size, size_t *utf8_size);

#endif
