// SPDX-License-Identifier: MIT
#ifndef INIT_UNIT_SETTERS_H
#define INIT_UNIT_SETTERS_H

#include "init/unit_keys.h"

/* The field that a key sets. */
void *unit_key_target(struct unit_reader *reader, const struct unit_key *key);

/* Adds the fault that `value` is not what was `expected`. */
void unit_key_bad_value(struct unit_reader *reader, const struct unit_key *key, const char *value,
	const char *expected);

typedef void unit_setter(struct unit_reader *reader, const struct unit_key *key, char *value);

/* The setters of keys with one value; `min` and `max` are those of a number. */
unit_setter unit_set_text, unit_set_path, unit_set_bool, unit_set_number, unit_set_time,
	unit_set_timeout, unit_set_size, unit_set_mode, unit_set_signal, unit_set_errno,
	unit_set_choice, unit_set_account, unit_set_service, unit_set_fd_name, unit_set_output;
/* As the number or time, and any of them makes the file's delays count. */
unit_setter unit_set_restart_time, unit_set_restart_steps;

#endif
