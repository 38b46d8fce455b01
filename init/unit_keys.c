// SPDX-License-Identifier: MIT
#include "init/unit_keys.h"

#include <sched.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include "init/format.h"
#include "init/unit_setters.h"
#include "init/values.h"
#include "init/words.h"

#define DIRECTORY_NAME_MAX 100

void unit_reader_fault(struct unit_reader *reader, const char *at, const char *format, ...)
{
	char text[DIAG_TEXT_MAX];
	va_list args;
	va_start(args, format);
	format_list(text, sizeof(text), format, args);
	va_end(args);
	diag_add(reader->diags, reader->unit->file, unit_lines_position(reader->lines, at), "%s",
		text);
}

void unit_reader_full(struct unit_reader *reader)
{
	diag_add(reader->diags, reader->unit->file, (struct position){1, 1},
		"all unit files together need more than %d bytes", TEXT_POOL_SIZE);
}

char *unit_reader_keep(struct unit_reader *reader, const char *text)
{
	static char empty[1];
	char *copy = text_pool_add(reader->pool, text);
	if (copy == NULL) {
		unit_reader_full(reader);
		return empty;
	}
	return copy;
}

struct named unit_reader_named(struct unit_reader *reader, const char *word)
{
	return (struct named){
		unit_reader_keep(reader, word), unit_lines_position(reader->lines, word)};
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

static void drop_refs(struct unit *unit, enum unit_ref_kind kind)
{
	for (struct unit_ref **ref = &unit->refs; *ref != NULL;) {
		if ((*ref)->kind == kind) {
			*ref = (*ref)->next;
		} else {
			ref = &(*ref)->next;
		}
	}
}

static void add_ref(struct unit_reader *reader, const struct unit_key *key, char *word)
{
	struct unit_ref **end = &reader->unit->refs;
	enum unit_kind kind;
	if (!unit_kind_of(word, &kind)) {
		unit_key_bad_value(reader, key, word, "a service, socket or target");
		return;
	}
	struct unit_ref *ref = text_pool_take(reader->pool, sizeof(*ref));
	if (ref == NULL) {
		unit_reader_full(reader);
		return;
	}
	ref->kind = (enum unit_ref_kind)key->min;
	ref->name = unit_reader_named(reader, word);
	while (*end != NULL) {
		end = &(*end)->next;
	}
	*end = ref;
}

static void set_refs(struct unit_reader *reader, const struct unit_key *key, char *value)
{
	if (*value == '\0') {
		drop_refs(reader->unit, (enum unit_ref_kind)key->min);
	}
	each_word(reader, key, value, add_ref);
}

static void list_add(
	struct unit_reader *reader, const struct unit_key *key, const char *at, const char *text)
{
	struct text_list *list = unit_key_target(reader, key);
	if (list->count == UNIT_LIST_MAX) {
		unit_reader_fault(
			reader, at, "more than %d words for %s=", UNIT_LIST_MAX, key->name);
	} else if (!text_list_add(list, reader->pool, text)) {
		unit_reader_full(reader);
	}
}

static bool is_relative_inside(const char *path)
{
	size_t length = strlen(path);
	return *path != '/' && strcmp(path, "..") != 0 && strncmp(path, "../", 3) != 0 &&
	       strstr(path, "/../") == NULL && strstr(path, "//") == NULL &&
	       (length < 3 || strcmp(path + length - 3, "/..") != 0) &&
	       (length == 0 || path[length - 1] != '/');
}

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

static const char *word_fault(const struct unit_key *key, const char *word)
{
	if (key->min == LIST_DIRECTORIES) {
		bool is_good = is_relative_inside(word) && strlen(word) <= DIRECTORY_NAME_MAX;
		return is_good ? NULL : "a relative path that stays inside";
	}
	if (key->min == LIST_PATHS && word[key->max != PREFIX_NONE && *word == key->max] != '/') {
		return key->max == PREFIX_NOT ? "an absolute path, or ! and one"
					      : "an absolute path";
	}
	return NULL;
}

static void add_word(struct unit_reader *reader, const struct unit_key *key, char *word)
{
	const char *expected = word_fault(key, word);
	if (expected != NULL) {
		unit_key_bad_value(reader, key, word, expected);
	} else {
		list_add(reader, key, word, word);
	}
}

static void add_inverted(struct unit_reader *reader, const struct unit_key *key, char *word)
{
	char text[UNIT_NAME_MAX];
	format_text(text, sizeof(text), "~%s", word);
	list_add(reader, key, word, text);
}

static void set_list(struct unit_reader *reader, const struct unit_key *key, char *value)
{
	if (*value == '\0') {
		*(struct text_list *)unit_key_target(reader, key) = (struct text_list){0};
	} else if (key->min == LIST_NAMES && *value == '~') {
		each_word(reader, key, value + 1, add_inverted);
	} else {
		each_word(reader, key, value, add_word);
	}
}

static void set_exec(struct unit_reader *reader, const struct unit_key *key, char *value)
{
	struct text_list *list = unit_key_target(reader, key);
	struct exec_words words = {.cursor = value, .may_name_pid = key->max};
	enum word_result result;
	char *word;
	if (*value != '\0' && list->count != 0) {
		unit_reader_fault(reader, value, "a second %s=, only one is supported", key->name);
		return;
	}
	*list = (struct text_list){0};
	while ((result = exec_words_next(&words, &word)) == WORD_OK) {
		list_add(reader, key, word, word);
	}
	if (result == WORD_BAD) {
		unit_reader_fault(reader, words.problem.at, "%s", words.problem.text);
	}
}

/* NAME=value; a later one replaces an earlier one of the same name. */
static void add_environment(struct unit_reader *reader, const struct unit_key *key, char *word)
{
	struct text_list *list = unit_key_target(reader, key);
	size_t name = strcspn(word, "=");
	if (word[name] == '\0' || name == 0 || (*word >= '0' && *word <= '9')) {
		unit_reader_fault(reader, word, "Environment= wants NAME=value");
		return;
	}
	for (size_t i = 0; i < list->count; i++) {
		if (strncmp(list->items[i], word, name + 1) == 0) {
			list->items[i] = unit_reader_keep(reader, word);
			return;
		}
	}
	list_add(reader, key, word, word);
}

static void set_environment(struct unit_reader *reader, const struct unit_key *key, char *value)
{
	struct problem problem;
	if (*value == '\0') {
		*(struct text_list *)unit_key_target(reader, key) = (struct text_list){0};
	}
	char *word;
	enum word_result result;
	while ((result = word_next(&value, &word, &problem)) == WORD_OK) {
		if (!percent_unescape(word, &problem)) {
			result = WORD_BAD;
			break;
		}
		add_environment(reader, key, word);
	}
	if (result == WORD_BAD) {
		unit_reader_fault(reader, problem.at, "%s", problem.text);
	}
}

/* LimitX=: the key's min is the resource. */
static void set_limit(struct unit_reader *reader, const struct unit_key *key, char *value)
{
	struct service_config *service = &reader->unit->service;
	struct resource_limit limit = {.resource = key->min};
	char *colon = strchr(value, ':');
	size_t i = 0;
	if (colon != NULL) {
		*colon = '\0';
	}
	if (!value_size(value, &limit.soft) ||
		!value_size(colon != NULL ? colon + 1 : value, &limit.hard) ||
		limit.soft > limit.hard) {
		unit_key_bad_value(reader, key, value, "N, SOFT:HARD or infinity");
		return;
	}
	while (i < service->limit_count && service->limits[i].resource != limit.resource) {
		i++;
	}
	service->limits[i] = limit;
	service->limit_count += i == service->limit_count;
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

/* ListenX=: the key's min is the type of socket. */
static void set_listen(struct unit_reader *reader, const struct unit_key *key, char *value)
{
	struct listen_config **end = &reader->unit->socket.listen;
	struct address address;
	if (*value == '\0') {
		*end = NULL;
		return;
	}
	if (!address_parse(value, &address) ||
		(key->min == SOCK_SEQPACKET && address.any.sa_family != AF_UNIX)) {
		unit_key_bad_value(reader, key, value,
			key->min == SOCK_SEQPACKET ? "a /path"
						   : "/path, ADDRESS:PORT, [ADDRESS]:PORT, PORT or "
						     "vsock:CID:PORT[-LAST]");
		return;
	}
	struct listen_config *listen = text_pool_take(reader->pool, sizeof(*listen));
	if (listen == NULL) {
		unit_reader_full(reader);
		return;
	}
	listen->type = key->min;
	listen->address = address;
	listen->text = unit_reader_named(reader, value);
	while (*end != NULL) {
		end = &(*end)->next;
	}
	*end = listen;
}

static const char *const types[] = {"simple", "notify", "oneshot", NULL};
static const char *const restarts[] = {
	"no", "always", "on-success", "on-failure", "on-abnormal", "on-abort", "on-watchdog", NULL};
static const char *const notify_accesses[] = {"none", "main", "all", NULL};
static const char *const protections[] = {"no", "yes", "full", "strict", NULL};
static const char *const end_actions[] = {"none", "exit", "poweroff", "reboot", NULL};
/* In the order of SCHED_*; the one that is missing there is called iso and does not exist. */
static const char *const cpu_policies[] = {"other", "fifo", "rr", "batch", "", "idle", NULL};

enum unit_section {
	SECTION_UNIT,
	SECTION_SERVICE,
	SECTION_SOCKET,
};

static const char *const section_names[] = {"Unit", "Service", "Socket"};

#define UNIT(name, set, field, ...)                                                                \
	{name, set, SECTION_UNIT, offsetof(struct unit, field), __VA_ARGS__}
#define SERVICE(name, set, field, ...)                                                             \
	{name, set, SECTION_SERVICE, offsetof(struct unit, service.field), __VA_ARGS__}
#define SANDBOX(name, set, field, ...) SERVICE(name, set, sandbox.field, __VA_ARGS__)
#define SOCKET(name, set, field, ...)                                                              \
	{name, set, SECTION_SOCKET, offsetof(struct unit, socket.field), __VA_ARGS__}

static const struct unit_key keys[] = {
	UNIT("Description", unit_set_text, description, 0),
	UNIT("After", set_refs, refs, UNIT_REF_AFTER),
	UNIT("Wants", set_refs, refs, UNIT_REF_WANTS),
	UNIT("Requires", set_refs, refs, UNIT_REF_REQUIRES),
	UNIT("ConditionPathExists", set_list, conditions, LIST_PATHS, PREFIX_NOT),
	UNIT("SuccessAction", unit_set_choice, success_action, .choices = end_actions),
	UNIT("FailureAction", unit_set_choice, failure_action, .choices = end_actions),
	SERVICE("Type", unit_set_choice, type, .choices = types),
	SERVICE("ExecStart", set_exec, exec_start, 0),
	SERVICE("ExecReload", set_exec, exec_reload, 0, 1),
	SERVICE("User", unit_set_account, user, 0),
	SERVICE("Group", unit_set_account, group, 0),
	SERVICE("Environment", set_environment, environment, 0),
	SERVICE("EnvironmentFile", set_list, environment_files, LIST_PATHS, PREFIX_DASH),
	SERVICE("WorkingDirectory", unit_set_path, working_directory, 0),
	{"Sockets", set_refs, SECTION_SERVICE, offsetof(struct unit, refs), UNIT_REF_SOCKETS},
	SERVICE("Restart", unit_set_choice, restart, .choices = restarts),
	SERVICE("RestartSec", unit_set_restart_time, restart_delay.first_usec, 0),
	SERVICE("RestartSteps", unit_set_restart_steps, restart_delay.steps, 1, 1000),
	SERVICE("RestartMaxDelaySec", unit_set_restart_time, restart_delay.max_usec, 0),
	SERVICE("TimeoutStartSec", unit_set_timeout, start_timeout_usec, 0),
	SERVICE("TimeoutStopSec", unit_set_timeout, stop_timeout_usec, 0),
	SERVICE("WatchdogSec", unit_set_time, watchdog_usec, 0),
	SERVICE("NotifyAccess", unit_set_choice, notify_access, .choices = notify_accesses),
	SERVICE("FileDescriptorStoreMax", unit_set_number, fd_store_max, 0, 8),
	SERVICE("KillSignal", unit_set_signal, kill_signal, 0),
	SERVICE("StandardOutput", unit_set_output, output, 0),
	SERVICE("LimitNOFILE", set_limit, limits, RLIMIT_NOFILE),
	SERVICE("LimitNPROC", set_limit, limits, RLIMIT_NPROC),
	SERVICE("LimitCORE", set_limit, limits, RLIMIT_CORE),
	SERVICE("LimitAS", set_limit, limits, RLIMIT_AS),
	SERVICE("LimitDATA", set_limit, limits, RLIMIT_DATA),
	SERVICE("LimitFSIZE", set_limit, limits, RLIMIT_FSIZE),
	SERVICE("LimitMEMLOCK", set_limit, limits, RLIMIT_MEMLOCK),
	SERVICE("LimitSTACK", set_limit, limits, RLIMIT_STACK),
	SERVICE("MemoryMax", unit_set_size, memory_max, 0),
	SERVICE("TasksMax", unit_set_size, tasks_max, 0),
	SERVICE("OOMScoreAdjust", unit_set_number, oom_score, -1000, 1000),
	SERVICE("Nice", unit_set_number, nice, -20, 19),
	SERVICE("CPUSchedulingPolicy", unit_set_choice, cpu_policy, .choices = cpu_policies),
	SERVICE("CPUSchedulingPriority", unit_set_number, cpu_priority, 1, 99),
	SERVICE("CapabilityBoundingSet", set_capabilities, capabilities, 0),
	SERVICE("AmbientCapabilities", set_capabilities, ambient_capabilities, 0),
	SERVICE("StateDirectory", set_list, state_directories, LIST_DIRECTORIES),
	SERVICE("RuntimeDirectory", set_list, runtime_directories, LIST_DIRECTORIES),
	SANDBOX("NoNewPrivileges", unit_set_bool, no_new_privileges, 0),
	SANDBOX("PrivateNetwork", unit_set_bool, has_private_network, 0),
	SANDBOX("PrivateTmp", unit_set_bool, has_private_tmp, 0),
	SANDBOX("PrivateDevices", unit_set_bool, has_private_devices, 0),
	SANDBOX("ProtectSystem", unit_set_choice, protect_system, .choices = protections),
	SANDBOX("ReadOnlyPaths", set_list, read_only, LIST_PATHS, PREFIX_DASH),
	SANDBOX("ReadWritePaths", set_list, read_write, LIST_PATHS, PREFIX_DASH),
	SANDBOX("InaccessiblePaths", set_list, inaccessible, LIST_PATHS, PREFIX_DASH),
	SANDBOX("TemporaryFileSystem", set_list, temporary, LIST_PATHS),
	SANDBOX("BindPaths", set_list, bind, LIST_PATHS, PREFIX_DASH),
	SANDBOX("BindReadOnlyPaths", set_list, bind_read_only, LIST_PATHS, PREFIX_DASH),
	SANDBOX("SystemCallFilter", set_list, system_calls, LIST_NAMES),
	SANDBOX("SystemCallErrorNumber", unit_set_errno, system_call_error, 0),
	SANDBOX("RestrictAddressFamilies", set_list, address_families, LIST_NAMES),
	SOCKET("ListenStream", set_listen, listen, SOCK_STREAM),
	SOCKET("ListenSequentialPacket", set_listen, listen, SOCK_SEQPACKET),
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
		if (strcmp(section_names[key->section], section) != 0 ||
			strcmp(key->name, line->name) != 0) {
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
