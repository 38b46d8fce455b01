// SPDX-License-Identifier: MIT
#ifndef SYSTEM_DISTRO_SILL_REPORT_H
#define SYSTEM_DISTRO_SILL_REPORT_H

/** Tell the person one line on stderr, "sill: ...". */
void report(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** The same, followed by what errno says. */
void report_errno(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
