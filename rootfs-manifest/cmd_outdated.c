// SPDX-License-Identifier: MIT
#include "rootfs-manifest/commands.h"

#include <json-c/json.h>
#include <stdio.h>
#include <string.h>

#include "rootfs-manifest/canonical.h"
#include "rootfs-manifest/command.h"

static struct json_object *text_or_null(const struct package *package)
{
	return package != NULL ? json_object_new_string(package->version) : NULL;
}

static void add_difference(struct json_object *list, const char *name, const struct package *old,
	const struct package *new)
{
	const struct package *either = new != NULL ? new : old;
	struct json_object *object = json_object_new_object();
	json_object_object_add(object, "name", json_object_new_string(name));
	json_object_object_add(object, "source", json_object_new_string(either->source));
	json_object_object_add(object, "repository", json_object_new_string(either->repository));
	json_object_object_add(object, "locked", text_or_null(old));
	json_object_object_add(object, "newest", text_or_null(new));
	json_object_array_add(list, object);
}

static struct json_object *differences(const struct lock *locked, const struct lock *newest)
{
	struct json_object *list = json_object_new_array();
	for (size_t i = 0; i < locked->count; i++) {
		const struct package *old = &locked->packages[i];
		const struct package *new = lock_find(newest, old->name);
		if (new == NULL || strcmp(old->sha256, new->sha256) != 0) {
			add_difference(list, old->name, old, new);
		}
	}
	for (size_t i = 0; i < newest->count; i++) {
		const struct package *new = &newest->packages[i];
		if (lock_find(locked, new->name) == NULL) {
			add_difference(list, new->name, NULL, new);
		}
	}
	return list;
}

static const char *get(struct json_object *object, const char *key)
{
	const char *text = json_object_get_string(json_object_object_get(object, key));
	return text != NULL ? text : "(none)";
}

static void print(const struct work *work, struct json_object *list)
{
	if (work->options.json) {
		struct buffer out = {0};
		canonical_write(list, &out);
		fputs(out.data, stdout);
		buffer_finish(&out);
		return;
	}
	for (size_t i = 0; i < json_object_array_length(list); i++) {
		struct json_object *it = json_object_array_get_idx(list, i);
		printf("%s %s -> %s (source %s, from %s)\n", get(it, "name"), get(it, "locked"),
			get(it, "newest"), get(it, "source"), get(it, "repository"));
	}
	if (json_object_array_length(list) == 0) {
		fputs("sill outdated: nothing\n", stderr);
	}
}

static bool compare(const struct work *work, struct error *err)
{
	struct lock locked, newest;
	const struct strings none = {0};
	if (!work_read_chosen_lock(work, &locked, err)) {
		return false;
	}
	bool ok = work_solve(work, NULL, &none, &newest, err);
	if (ok) {
		struct json_object *list = differences(&locked, &newest);
		print(work, list);
		json_object_put(list);
		lock_finish(&newest);
	}
	lock_finish(&locked);
	return ok;
}

int cmd_outdated(int argc, char **argv)
{
	return command_run(COMMAND_OUTDATED, argc, argv, compare);
}
