// SPDX-License-Identifier: MIT
#ifndef INIT_UNIT_PARSE_H
#define INIT_UNIT_PARSE_H

#include "init/unit.h"
#include "init/unit_lines.h"

/*
 * Reads one unit file into `unit`, whose name, file and kind are set. Every fault is added to
 * `diags`; false when there was one. Uses `lines` as its work space.
 */
bool unit_parse(struct unit *unit, struct unit_lines *lines, struct text_pool *pool,
	struct diag_list *diags);

#endif
