// SPDX-License-Identifier: MIT
#ifndef INIT_UNIT_SETTERS_H
#define INIT_UNIT_SETTERS_H

#include "init/unit_keys.h"

/* What all setters of a key are told: where the value goes and what it may be. */
struct unit_key {
	const char *section;
	const char *name;
	void (*set)(struct unit_reader *reader, const struct unit_key *key, char *value);
	size_t offset; // in struct unit
	long min, max;
	const char *const *choices; // NULL terminated
};

/* The field that a key sets. */
void *unit_key_target(struct unit_reader *reader, const struct unit_key *key);

/* Adds the fault that `value` is not what was `expected`. */
void unit_key_bad_value(struct unit_reader *reader, const struct unit_key *key, const char *value,
	const char *expected);

/* A lasting copy of a word of a line, with its place. */
struct named unit_key_named(struct unit_reader *reader, const char *word);

/* The setters of keys with one value. */
void unit_set_text(struct unit_reader *reader, const struct unit_key *key, char *value);
void unit_set_bool(struct unit_reader *reader, const struct unit_key *key, char *value);
void unit_set_time(struct unit_reader *reader, const struct unit_key *key, char *value);
void unit_set_timeout(struct unit_reader *reader, const struct unit_key *key, char *value);
void unit_set_restart_time(struct unit_reader *reader, const struct unit_key *key, char *value);
void unit_set_number(struct unit_reader *reader, const struct unit_key *key, char *value);
void unit_set_restart_steps(struct unit_reader *reader, const struct unit_key *key, char *value);
void unit_set_nice(struct unit_reader *reader, const struct unit_key *key, char *value);
void unit_set_oom_score(struct unit_reader *reader, const struct unit_key *key, char *value);
void unit_set_mode(struct unit_reader *reader, const struct unit_key *key, char *value);
void unit_set_signal(struct unit_reader *reader, const struct unit_key *key, char *value);
void unit_set_choice(struct unit_reader *reader, const struct unit_key *key, char *value);
void unit_set_path(struct unit_reader *reader, const struct unit_key *key, char *value);
void unit_set_fd_name(struct unit_reader *reader, const struct unit_key *key, char *value);
void unit_set_account(struct unit_reader *reader, const struct unit_key *key, char *value);
void unit_set_service(struct unit_reader *reader, const struct unit_key *key, char *value);

#endif
