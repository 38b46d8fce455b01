// SPDX-License-Identifier: MIT
#include "system-distro/sill/strv.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void add_owned(struct strv *vector, char *text)
{
	if (text == NULL || vector->count == STRV_LIMIT) {
		fprintf(stderr, "sill: out of memory for a command line\n");
		abort();
	}
	vector->items[vector->count++] = text;
}

void strv_add(struct strv *vector, const char *text)
{
	add_owned(vector, strdup(text));
}

void strv_addf(struct strv *vector, const char *format, ...)
{
	char *text = NULL;
	va_list args;
	va_start(args, format);
	if (vasprintf(&text, format, args) < 0) {
		text = NULL;
	}
	va_end(args);
	add_owned(vector, text);
}

void strv_add_all(struct strv *vector, ...)
{
	va_list args;
	va_start(args, vector);
	for (const char *text; (text = va_arg(args, const char *)) != NULL;) {
		strv_add(vector, text);
	}
	va_end(args);
}

void strv_finish(struct strv *vector)
{
	for (size_t i = 0; i < vector->count; i++) {
		free(vector->items[i]);
	}
	*vector = (struct strv){0};
}
