// SPDX-License-Identifier: MIT
#ifndef INIT_UNIT_SETTERS_H
#define INIT_UNIT_SETTERS_H

#include "init/unit_reader.h"

/* What the setter of a key is told: where the value goes and what it may be. */
struct unit_key {
	const char *name;
	void (*set)(struct unit_reader *reader, const struct unit_key *key, char *value);
	unsigned short section; // enum unit_section
	unsigned short offset; // in struct unit
	int min, max; // of a number; else what the setter makes of them
	const char *const *choices; // NULL terminated
};

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

/* What the words of a list are; the key's min. */
enum list_kind {
	LIST_PATHS, // absolute; the key's max says what may stand in front
	LIST_DIRECTORIES, // relative, and stay inside
	LIST_NAMES, // ~ in front of the first word takes all of the line away
};

enum list_prefix {
	PREFIX_NONE,
	PREFIX_DASH = '-', // may be missing
	PREFIX_NOT = '!',
};

/* The setters of keys with several words, and of those that add to an earlier line of theirs. */
unit_setter unit_set_refs, unit_set_list, unit_set_exec, unit_set_environment, unit_set_limit,
	unit_set_capabilities, unit_set_listen;

#endif
