// SPDX-License-Identifier: MIT
#ifndef INIT_LOG_FILE_H
#define INIT_LOG_FILE_H

#include <stdbool.h>
#include <stddef.h>

#define LOG_FILE_MAX 1048576 // then PATH becomes PATH.1, and what that was is gone

/* A file that keeps what a service writes. */
struct log_file {
	const char *path; // NULL: there is none
	int fd; // -1: not open
	size_t size;
};

/* Opens it; what is wrong is logged, and the service runs without. */
void log_file_init(struct log_file *file, const char *path, bool is_truncated);

void log_file_write(struct log_file *file, const char *data, size_t size);

#endif
