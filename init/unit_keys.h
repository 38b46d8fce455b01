// SPDX-License-Identifier: MIT
#ifndef INIT_UNIT_KEYS_H
#define INIT_UNIT_KEYS_H

#include "init/unit_reader.h"

/* Applies one Key=value of [section]; what is wrong with it becomes a fault. */
void unit_keys_apply(struct unit_reader *reader, const char *section, struct unit_line *line);

#endif
