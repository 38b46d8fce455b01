// SPDX-License-Identifier: MIT
#ifndef INIT_CTL_JSON_H
#define INIT_CTL_JSON_H

#include <stddef.h>
#include <stdint.h>

/*
 * Just enough to read what sill-init answers: a value is a pointer to its first character, and NULL
 * is a value that is not there. Nothing is read behind the end of the text.
 */

/* A member of an object. */
const char *json_member(const char *object, const char *key);

/* The first item of an array, and the one behind `item`; NULL at the end. */
const char *json_first(const char *array);
const char *json_next(const char *item);

/* A string's text, cut to `size`; "" when it is none. Returns `to`. */
const char *json_text(const char *value, char *to, size_t size);

/* A number; `fallback` when it is none, such as null. */
int64_t json_number(const char *value, int64_t fallback);

#endif
