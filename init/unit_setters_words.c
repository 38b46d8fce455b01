// SPDX-License-Identifier: MIT
/* The setters of keys whose value is several words, or that add to what an earlier line said. */
#include "init/unit_setters.h"

#include <string.h>
#include <sys/socket.h>

#include "init/format.h"
#include "init/values.h"
#include "init/words.h"

#define DIRECTORY_NAME_MAX 100

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

void unit_set_refs(struct unit_reader *reader, const struct unit_key *key, char *value)
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

void unit_set_list(struct unit_reader *reader, const struct unit_key *key, char *value)
{
	if (*value == '\0') {
		*(struct text_list *)unit_key_target(reader, key) = (struct text_list){0};
	} else if (key->min == LIST_NAMES && *value == '~') {
		each_word(reader, key, value + 1, add_inverted);
	} else {
		each_word(reader, key, value, add_word);
	}
}

void unit_set_exec(struct unit_reader *reader, const struct unit_key *key, char *value)
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

void unit_set_environment(struct unit_reader *reader, const struct unit_key *key, char *value)
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
void unit_set_limit(struct unit_reader *reader, const struct unit_key *key, char *value)
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
void unit_set_capabilities(struct unit_reader *reader, const struct unit_key *key, char *value)
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
void unit_set_listen(struct unit_reader *reader, const struct unit_key *key, char *value)
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
