// SPDX-License-Identifier: MIT
#include "rootfs-manifest/progress.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define TERMINAL_SECONDS 0.1
#define PLAIN_SECONDS 5.0

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

void progress_begin(struct progress *progress, const char *step, size_t files, size_t bytes)
{
	*progress = (struct progress){.step = step,
		.terminal = isatty(STDERR_FILENO) == 1,
		.started = now(),
		.files = files,
		.bytes = bytes};
	progress->shown = progress->started;
	fprintf(stderr, "sill: %-8s ...%s", step, progress->terminal ? "" : "\n");
}

void progress_show(struct progress *progress, size_t files, size_t bytes)
{
	double time = now();
	if (time - progress->shown < (progress->terminal ? TERMINAL_SECONDS : PLAIN_SECONDS)) {
		return;
	}
	progress->shown = time;
	fprintf(stderr, "%ssill: %-8s %zu of %zu, %.1f of %.1f MB%s",
		progress->terminal ? "\r\033[K" : "", progress->step, files, progress->files,
		(double)bytes / 1e6, (double)progress->bytes / 1e6, progress->terminal ? "" : "\n");
}

double progress_end(struct progress *progress, const char *result, ...)
{
	double seconds = now() - progress->started;
	va_list args;
	fprintf(stderr, "%ssill: %-8s ", progress->terminal ? "\r\033[K" : "", progress->step);
	va_start(args, result);
	vfprintf(stderr, result, args);
	va_end(args);
	fprintf(stderr, " (%.1f s)\n", seconds);
	return seconds;
}
