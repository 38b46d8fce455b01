// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_JSON_H
#define COMPOSITOR_GLUE_RDP_JSON_H

struct bytes;

/* JSON as text, piece by piece. PURE but for memory. */

/* At most so long; what is longer marks `out` as failed. */
#define JSON_PIECE_LIMIT 512

__attribute__((format(printf, 2, 3))) void json_add(struct bytes *out, const char *format, ...);

/* In quotes, whatever is in it. */
void json_add_string(struct bytes *out, const char *text);

#endif
