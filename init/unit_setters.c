// SPDX-License-Identifier: MIT
#include "init/unit_setters.h"

#include <errno.h>
#include <string.h>

#include "init/values.h"

void *unit_key_target(struct unit_reader *reader, const struct unit_key *key)
{
	return (char *)reader->unit + key->offset;
}

void unit_key_bad_value(struct unit_reader *reader, const struct unit_key *key, const char *value,
	const char *expected)
{
	unit_reader_fault(reader, value, "%s=%.60s is not %s", key->name, value, expected);
}

void unit_set_text(struct unit_reader *reader, const struct unit_key *key, char *value)
{
	const char **target = unit_key_target(reader, key);
	*target = *value != '\0' ? unit_reader_keep(reader, value) : NULL;
}

void unit_set_path(struct unit_reader *reader, const struct unit_key *key, char *value)
{
	if (*value != '\0' && *value != '/') {
		unit_key_bad_value(reader, key, value, "an absolute path");
		return;
	}
	unit_set_text(reader, key, value);
}

void unit_set_bool(struct unit_reader *reader, const struct unit_key *key, char *value)
{
	if (!value_bool(value, unit_key_target(reader, key))) {
		unit_key_bad_value(reader, key, value, "yes or no");
	}
}

void unit_set_number(struct unit_reader *reader, const struct unit_key *key, char *value)
{
	if (!value_number(value, key->min, key->max, unit_key_target(reader, key))) {
		unit_reader_fault(reader, value, "%s=%.60s is not a number from %d to %d",
			key->name, value, key->min, key->max);
	}
}

void unit_set_restart_steps(struct unit_reader *reader, const struct unit_key *key, char *value)
{
	reader->unit->service.restart_delay.is_set = true;
	unit_set_number(reader, key, value);
}

void unit_set_time(struct unit_reader *reader, const struct unit_key *key, char *value)
{
	if (!value_timespan(value, unit_key_target(reader, key))) {
		unit_key_bad_value(reader, key, value, "a time span such as 5s or 200ms");
	}
}

void unit_set_timeout(struct unit_reader *reader, const struct unit_key *key, char *value)
{
	uint64_t *target = unit_key_target(reader, key);
	unit_set_time(reader, key, value);
	if (*target == 0) { // systemd: no timeout
		*target = USEC_INFINITY;
	}
}

void unit_set_restart_time(struct unit_reader *reader, const struct unit_key *key, char *value)
{
	reader->unit->service.restart_delay.is_set = true;
	unit_set_time(reader, key, value);
	uint64_t *target = unit_key_target(reader, key);
	if (*target == USEC_INFINITY) {
		unit_key_bad_value(reader, key, value, "a delay that ends");
	}
}

void unit_set_size(struct unit_reader *reader, const struct unit_key *key, char *value)
{
	if (!value_size(value, unit_key_target(reader, key))) {
		unit_key_bad_value(reader, key, value, "a number, one such as 64M, or infinity");
	}
}

void unit_set_mode(struct unit_reader *reader, const struct unit_key *key, char *value)
{
	if (!value_mode(value, unit_key_target(reader, key))) {
		unit_key_bad_value(reader, key, value, "an octal mode");
	}
}

void unit_set_signal(struct unit_reader *reader, const struct unit_key *key, char *value)
{
	if (!value_signal(value, unit_key_target(reader, key))) {
		unit_key_bad_value(reader, key, value, "a signal");
	}
}

void unit_set_errno(struct unit_reader *reader, const struct unit_key *key, char *value)
{
	static const struct {
		const char *name;
		int number;
	} known[] = {{"kill", 0}, {"EPERM", EPERM}, {"EACCES", EACCES}, {"ENOSYS", ENOSYS},
		{"EINVAL", EINVAL}};
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (strcmp(value, known[i].name) == 0) {
			*(int *)unit_key_target(reader, key) = known[i].number;
			return;
		}
	}
	unit_key_bad_value(reader, key, value, "EPERM, EACCES, ENOSYS, EINVAL or kill");
}

void unit_set_choice(struct unit_reader *reader, const struct unit_key *key, char *value)
{
	int *target = unit_key_target(reader, key);
	bool is_yes;
	/* Where "no" and "yes" are choices, so are the other words for them. */
	if (strcmp(key->choices[1], "yes") == 0 && value_bool(value, &is_yes)) {
		*target = is_yes;
		return;
	}
	for (int i = 0; key->choices[i] != NULL; i++) {
		if (strcmp(value, key->choices[i]) == 0) {
			*target = i;
			return;
		}
	}
	unit_key_bad_value(reader, key, value, "supported here");
}

void unit_set_fd_name(struct unit_reader *reader, const struct unit_key *key, char *value)
{
	for (const char *c = value; *c != '\0'; c++) {
		if (*c <= ' ' || *c > '~' || *c == ':') {
			unit_key_bad_value(reader, key, value, "a name without : and blanks");
			return;
		}
	}
	unit_set_text(reader, key, value);
}

/* A user or group: a name of passwd(5), or a number. */
void unit_set_account(struct unit_reader *reader, const struct unit_key *key, char *value)
{
	struct named *target = unit_key_target(reader, key);
	if (value[strspn(value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				"0123456789_.-")] != '\0' ||
		strlen(value) > 31 || *value == '-') {
		unit_key_bad_value(reader, key, value, "a user's or group's name");
		return;
	}
	*target = *value != '\0' ? unit_reader_named(reader, value) : (struct named){NULL};
}

void unit_set_service(struct unit_reader *reader, const struct unit_key *key, char *value)
{
	enum unit_kind kind;
	if (!unit_kind_of(value, &kind) || kind != UNIT_SERVICE) {
		unit_key_bad_value(reader, key, value, "a service");
		return;
	}
	reader->unit->socket.service = unit_reader_named(reader, value);
}

void unit_set_output(struct unit_reader *reader, const struct unit_key *key, char *value)
{
	static const char *const names[] = {
		[OUTPUT_JOURNAL] = "journal",
		[OUTPUT_NULL] = "null",
		[OUTPUT_APPEND] = "append:/",
		[OUTPUT_TRUNCATE] = "truncate:/",
	};
	struct service_config *service = &reader->unit->service;
	for (int i = OUTPUT_JOURNAL; i <= OUTPUT_TRUNCATE; i++) {
		bool has_path = i >= OUTPUT_APPEND;
		size_t length = strlen(names[i]);
		if (strncmp(value, names[i], length) == 0 && (has_path || value[length] == '\0')) {
			service->output = i;
			service->output_path =
				has_path ? unit_reader_keep(reader, value + length - 1) : NULL;
			return;
		}
	}
	unit_key_bad_value(reader, key, value, "journal, null, append:/PATH or truncate:/PATH");
}
