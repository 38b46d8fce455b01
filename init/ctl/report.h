// SPDX-License-Identifier: MIT
#ifndef INIT_CTL_REPORT_H
#define INIT_CTL_REPORT_H

#include <stddef.h>
#include <stdint.h>

/* What a person gets to see of sill-init's answers, on stdout. */

/* The services as a tree: below each what is ordered after it. */
void report_status(const char *status);

/* One event, or what became of a request. */
void report_event(const char *event);
void report_change(const char *answer);

/* How the boot went: as a table with bars, or a picture. */
void report_timeline(const char *status);
void report_timeline_svg(const char *status);

#define SPAN_TEXT_MAX 24

/* "12 ms", "3.4 s", "5 min", "2 h": two figures are enough for a person. */
const char *span_text(int64_t usec, char to[static SPAN_TEXT_MAX]);

#endif
