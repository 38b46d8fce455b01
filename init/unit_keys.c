// SPDX-License-Identifier: MIT
#include "init/unit_keys.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "init/unit_setters.h"
#include "init/values.h"
#include "init/words.h"

void unit_reader_fault(struct unit_reader *reader, const char *at, const char *format, ...)
{
	char text[DIAG_TEXT_MAX];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	diag_add(reader->diags, reader->unit->file, unit_lines_position(reader->lines, at), "%s",
		text);
}

char *unit_reader_keep(struct unit_reader *reader, const char *text)
{
	static char empty[1];
	char *copy = text_pool_add(reader->pool, text);
	if (copy == NULL) {
		diag_add(reader->diags, reader->unit->file, (struct position){1, 1},
			"all unit files together have more than %d bytes of text", TEXT_POOL_SIZE);
		return empty;
	}
	return copy;
}

static void drop_refs(struct unit *unit, enum unit_ref_kind kind)
{
	size_t kept = 0;
	for (size_t i = 0; i < unit->ref_count; i++) {
		if (unit->refs[i].kind != kind) {
			unit->refs[kept++] = unit->refs[i];
		}
	}
	unit->ref_count = kept;
}

/* Calls `add` for each blank-separated word; words here know no quotes. */
static void each_word(struct unit_reader *reader, const struct unit_key *key, char *value,
	void (*add)(struct unit_reader *reader, const struct unit_key *key, char *word))
{
	char *rest;
	for (char *word = strtok_r(value, " \t\r", &rest); word != NULL;
		word = strtok_r(NULL, " \t\r", &rest)) {
		add(reader, key, word);
	}
}

static void add_ref(struct unit_reader *reader, const struct unit_key *key, char *word)
{
	struct unit *unit = reader->unit;
	enum unit_kind kind;
	if (!unit_kind_of(word, &kind)) {
		unit_key_bad_value(reader, key, word, "a service, socket or target");
	} else if (unit->ref_count == UNIT_REFS_MAX) {
		unit_reader_fault(reader, word, "more than %d units named here", UNIT_REFS_MAX);
	} else {
		unit->refs[unit->ref_count++] = (struct unit_ref){
			(enum unit_ref_kind)key->min, unit_key_named(reader, word)};
	}
}

static void set_refs(struct unit_reader *reader, const struct unit_key *key, char *value)
{
	if (*value == '\0') {
		drop_refs(reader->unit, (enum unit_ref_kind)key->min);
	}
	each_word(reader, key, value, add_ref);
}

static void set_condition(struct unit_reader *reader, const struct unit_key *key, char *value)
{
	struct unit *unit = reader->unit;
	if (*value == '\0') {
		unit->condition_count = 0;
	} else if (value[*value == '!'] != '/') {
		unit_key_bad_value(reader, key, value, "an absolute path, or ! and one");
	} else if (unit->condition_count == UNIT_CONDITIONS_MAX) {
		unit_reader_fault(reader, value, "more than %d conditions", UNIT_CONDITIONS_MAX);
	} else {
		unit->conditions[unit->condition_count++] = unit_reader_keep(reader, value);
	}
}

static void set_exec(struct unit_reader *reader, const struct unit_key *key, char *value)
{
	struct service_config *service = &reader->unit->service;
	struct problem problem;
	if (*value != '\0' && service->arg_count != 0) {
		unit_reader_fault(reader, value, "a second %s=, only one is supported", key->name);
		return;
	}
	service->arg_count = 0;
	if (!exec_args_parse(value, service->args, UNIT_ARGS_MAX, &service->arg_count, &problem)) {
		unit_reader_fault(reader, problem.at, "%s", problem.text);
		return;
	}
	for (size_t i = 0; i < service->arg_count; i++) {
		service->args[i] = unit_reader_keep(reader, service->args[i]);
	}
	service->args[service->arg_count] = NULL;
}

/* NAME=value; a later one replaces an earlier one of the same name. */
static void add_environment(struct unit_reader *reader, char *word)
{
	struct service_config *service = &reader->unit->service;
	size_t name = strcspn(word, "=");
	if (word[name] == '\0' || name == 0 || (*word >= '0' && *word <= '9')) {
		unit_reader_fault(reader, word, "Environment= wants NAME=value");
		return;
	}
	size_t i = 0;
	while (i < service->environment_count &&
		strncmp(service->environment[i], word, name + 1) != 0) {
		i++;
	}
	if (i == UNIT_ENVIRONMENT_MAX) {
		unit_reader_fault(reader, word, "more than %d variables", UNIT_ENVIRONMENT_MAX);
		return;
	}
	service->environment[i] = unit_reader_keep(reader, word);
	service->environment_count += i == service->environment_count;
}

static void set_environment(struct unit_reader *reader, const struct unit_key *key, char *value)
{
	struct problem problem;
	if (*value == '\0') {
		reader->unit->service.environment_count = 0;
	}
	char *word;
	enum word_result result;
	while ((result = word_next(&value, &word, &problem)) == WORD_OK) {
		if (!percent_unescape(word, &problem)) {
			result = WORD_BAD;
			break;
		}
		add_environment(reader, word);
	}
	if (result == WORD_BAD) {
		unit_reader_fault(reader, problem.at, "%s", problem.text);
	}
}

static void set_open_files(struct unit_reader *reader, const struct unit_key *key, char *value)
{
	char *colon = strchr(value, ':');
	const char *hard = colon != NULL ? colon + 1 : value;
	long soft_value, hard_value;
	if (colon != NULL) {
		*colon = '\0';
	}
	if (!value_number(value, 16, key->max, &soft_value) ||
		!value_number(hard, soft_value, key->max, &hard_value)) {
		unit_key_bad_value(reader, key, value, "N or SOFT:HARD, from 16 to a million");
		return;
	}
	reader->unit->service.open_files.soft = (uint64_t)soft_value;
	reader->unit->service.open_files.hard = (uint64_t)hard_value;
	reader->unit->service.open_files.is_set = true;
}

/* As in systemd: the first line sets, more lines add, a ~ in front takes away, empty is none. */
static void set_capabilities(struct unit_reader *reader, const struct unit_key *key, char *value)
{
	uint64_t *target = unit_key_target(reader, key), mask = 0, bit;
	bool is_inverted = *value == '~';
	char *rest;
	if (*value == '\0') {
		*target = 0;
		return;
	}
	for (char *word = strtok_r(value + is_inverted, " \t\r", &rest); word != NULL;
		word = strtok_r(NULL, " \t\r", &rest)) {
		if (!value_capability(word, &bit)) {
			unit_key_bad_value(reader, key, word, "a capability");
			return;
		}
		mask |= bit;
	}
	if (is_inverted) {
		*target &= ~mask;
	} else {
		*target = *target == CAPABILITIES_ALL ? mask : *target | mask;
	}
}

static bool is_relative_inside(const char *path)
{
	size_t length = strlen(path);
	return *path != '/' && strcmp(path, "..") != 0 && strncmp(path, "../", 3) != 0 &&
	       strstr(path, "/../") == NULL && strstr(path, "//") == NULL &&
	       (length < 3 || strcmp(path + length - 3, "/..") != 0) && path[length - 1] != '/';
}

static void add_directory(struct unit_reader *reader, const struct unit_key *key, char *word)
{
	struct service_config *service = &reader->unit->service;
	bool is_state = key->min == 1;
	const char **names = is_state ? service->state_directories : service->runtime_directories;
	size_t *count =
		is_state ? &service->state_directory_count : &service->runtime_directory_count;
	if (!is_relative_inside(word) || strlen(word) > 100) {
		unit_key_bad_value(reader, key, word, "a relative path that stays inside");
	} else if (*count == UNIT_DIRECTORIES_MAX) {
		unit_reader_fault(reader, word, "more than %d directories", UNIT_DIRECTORIES_MAX);
	} else {
		names[(*count)++] = unit_reader_keep(reader, word);
	}
}

static void set_directories(struct unit_reader *reader, const struct unit_key *key, char *value)
{
	struct service_config *service = &reader->unit->service;
	if (*value == '\0') {
		*(key->min == 1 ? &service->state_directory_count
				: &service->runtime_directory_count) = 0;
	}
	each_word(reader, key, value, add_directory);
}

static void set_listen(struct unit_reader *reader, const struct unit_key *key, char *value)
{
	struct socket_config *socket = &reader->unit->socket;
	struct listen_config *listen = &socket->listen[socket->listen_count];
	if (*value == '\0') {
		socket->listen_count = 0;
	} else if (socket->listen_count == UNIT_LISTEN_MAX) {
		unit_reader_fault(reader, value, "more than %d addresses", UNIT_LISTEN_MAX);
	} else if (!address_parse(value, &listen->address)) {
		unit_key_bad_value(
			reader, key, value, "/path, ADDRESS:PORT, [ADDRESS]:PORT or PORT");
	} else {
		listen->text = unit_key_named(reader, value);
		socket->listen_count++;
	}
}

static const char *const type_names[] = {"simple", "notify", "oneshot", NULL};
static const char *const restart_names[] = {"no", "always", "on-failure", NULL};

#define UNIT(name, set, ...) {"Unit", name, set, __VA_ARGS__}
#define SERVICE(name, set, field, ...)                                                             \
	{"Service", name, set, offsetof(struct unit, service.field), __VA_ARGS__}
#define SOCKET(name, set, field, ...)                                                              \
	{"Socket", name, set, offsetof(struct unit, socket.field), __VA_ARGS__}

static const struct unit_key keys[] = {
	UNIT("Description", unit_set_text, offsetof(struct unit, description)),
	UNIT("After", set_refs, 0, UNIT_REF_AFTER),
	UNIT("Wants", set_refs, 0, UNIT_REF_WANTS),
	UNIT("Requires", set_refs, 0, UNIT_REF_REQUIRES),
	UNIT("ConditionPathExists", set_condition, 0),
	SERVICE("Type", unit_set_choice, type, .choices = type_names),
	SERVICE("ExecStart", set_exec, args, 0),
	SERVICE("User", unit_set_account, user, 0),
	SERVICE("Group", unit_set_account, group, 0),
	SERVICE("Environment", set_environment, environment, 0),
	SERVICE("WorkingDirectory", unit_set_path, working_directory, 0),
	SERVICE("Restart", unit_set_choice, restart, .choices = restart_names),
	SERVICE("RestartSec", unit_set_restart_time, restart_delay.first_usec, 0),
	SERVICE("RestartSteps", unit_set_restart_steps, restart_delay.steps, 1, 1000),
	SERVICE("RestartMaxDelaySec", unit_set_restart_time, restart_delay.max_usec, 0),
	SERVICE("TimeoutStartSec", unit_set_timeout, start_timeout_usec, 0),
	SERVICE("TimeoutStopSec", unit_set_timeout, stop_timeout_usec, 0),
	SERVICE("KillSignal", unit_set_signal, kill_signal, 0),
	SERVICE("LimitNOFILE", set_open_files, open_files, 16, 1 << 20),
	SERVICE("NoNewPrivileges", unit_set_bool, no_new_privileges, 0),
	SERVICE("CapabilityBoundingSet", set_capabilities, capabilities, 0),
	SERVICE("PrivateNetwork", unit_set_bool, has_private_network, 0),
	SERVICE("StateDirectory", set_directories, state_directories, 1),
	SERVICE("RuntimeDirectory", set_directories, runtime_directories, 0),
	SERVICE("OOMScoreAdjust", unit_set_oom_score, oom_score.value, -1000, 1000),
	SERVICE("Nice", unit_set_nice, nice.value, -20, 19),
	SOCKET("ListenStream", set_listen, listen, 0),
	SOCKET("SocketMode", unit_set_mode, mode, 0),
	SOCKET("DirectoryMode", unit_set_mode, directory_mode, 0),
	SOCKET("SocketUser", unit_set_account, user, 0),
	SOCKET("SocketGroup", unit_set_account, group, 0),
	SOCKET("Service", unit_set_service, service, 0),
	SOCKET("FileDescriptorName", unit_set_fd_name, fd_name, 0),
	SOCKET("Backlog", unit_set_number, backlog, 0, 65535),
};

void unit_reader_set(struct unit_reader *reader, const char *section, struct unit_line *line)
{
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		const struct unit_key *key = &keys[i];
		if (strcmp(key->section, section) != 0 || strcmp(key->name, line->name) != 0) {
			continue;
		}
		for (const char *c = line->value; *c != '\0'; c++) {
			if ((unsigned char)*c < ' ' && *c != '\t') {
				unit_reader_fault(reader, c, "a control character");
				return;
			}
		}
		key->set(reader, key, line->value);
		return;
	}
	unit_reader_fault(reader, line->name, "unknown key %.60s= in [%s]", line->name, section);
}
