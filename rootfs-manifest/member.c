// SPDX-License-Identifier: MIT
#include "rootfs-manifest/member.h"

#include <json-c/json.h>
#include <limits.h>
#include <string.h>

#include "rootfs-manifest/rules.h"

#define DEPTH_MAX 8

struct json_object *member_document(
	const char *file, const char *text, size_t size, struct error *err)
{
	if (size > INT_MAX) {
		fail_input(err, "%s: too large", file);
		return NULL;
	}
	struct json_tokener *tokener = json_tokener_new_ex(DEPTH_MAX);
	json_tokener_set_flags(tokener, JSON_TOKENER_STRICT);
	struct json_object *root = json_tokener_parse_ex(tokener, text, (int)size);
	enum json_tokener_error problem = json_tokener_get_error(tokener);
	json_tokener_free(tokener);
	if (problem != json_tokener_success) {
		fail_input(err, "%s: not JSON: %s", file, json_tokener_error_desc(problem));
	} else if (!json_object_is_type(root, json_type_object)) {
		fail_input(err, "%s: not a JSON object", file);
	} else {
		return root;
	}
	json_object_put(root);
	return NULL;
}

bool member_text(const char *file, struct json_object *object, const char *key,
	const char *(*problem)(const char *text), const char **ret, struct error *err)
{
	struct json_object *value = json_object_object_get(object, key);
	if (!json_object_is_type(value, json_type_string)) {
		return fail_input(err, "%s: '%s' is missing or not a text", file, key);
	}
	const char *text = json_object_get_string(value);
	if (strlen(text) != (size_t)json_object_get_string_len(value)) {
		return fail_input(err, "%s: '%s': a zero byte in it", file, key);
	}
	const char *wrong = problem != NULL ? problem(text) : NULL;
	if (wrong != NULL) {
		return fail_input(err, "%s: '%s': '%s' is not right: %s", file, key, text, wrong);
	}
	*ret = text;
	return true;
}

bool member_digest(const char *file, struct json_object *object, const char *key,
	char ret[static DIGEST_SIZE], struct error *err)
{
	const char *text;
	if (!member_text(file, object, key, rule_sha256, &text, err)) {
		return false;
	}
	memcpy(ret, text, DIGEST_SIZE);
	return true;
}

bool member_number(const char *file, struct json_object *object, const char *key, long most,
	long *ret, struct error *err)
{
	struct json_object *value = json_object_object_get(object, key);
	int64_t number = json_object_get_int64(value);
	if (!json_object_is_type(value, json_type_int) || number < 0 || number > most) {
		return fail_input(
			err, "%s: '%s' is missing or not a number up to %ld", file, key, most);
	}
	*ret = (long)number;
	return true;
}

bool member_list(const char *file, struct json_object *object, const char *key, size_t most,
	struct json_object **ret, struct error *err)
{
	struct json_object *list = json_object_object_get(object, key);
	if (!json_object_is_type(list, json_type_array) || json_object_array_length(list) > most) {
		return fail_input(err, "%s: '%s' is missing, not a list or too long", file, key);
	}
	for (size_t i = 0; i < json_object_array_length(list); i++) {
		if (!json_object_is_type(json_object_array_get_idx(list, i), json_type_object)) {
			return fail_input(
				err, "%s: item %zu of '%s' is not an object", file, i, key);
		}
	}
	*ret = list;
	return true;
}

bool member_exists(struct json_object *object, const char *key)
{
	return json_object_object_get_ex(object, key, NULL);
}

void member_add_text(struct json_object *object, const char *key, const char *text)
{
	json_object_object_add(object, key, json_object_new_string(text));
}

void member_add_number(struct json_object *object, const char *key, long number)
{
	json_object_object_add(object, key, json_object_new_int64(number));
}
