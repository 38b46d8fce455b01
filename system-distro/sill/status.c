// SPDX-License-Identifier: MIT
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>

#include "system-distro/sill/commands.h"
#include "system-distro/sill/control.h"
#include "system-distro/sill/instance.h"
#include "system-distro/sill/name_option.h"
#include "system-distro/sill/report.h"
#include "system-distro/sill/status_frames.h"

static const char help[] =
	"usage: sill status [--name NAME] [--frames] [--json]\n"
	"\n"
	"Tell where the instance is reached and how its services do; the services of a virtual\n"
	"machine are its own affair. --frames: how windows were sent to the client, and why.\n"
	"Exit code 1 when it does not run or does not answer.";

static const char *string_of(struct json_object *object, const char *key)
{
	struct json_object *field;
	const char *text = json_object_object_get_ex(object, key, &field)
				   ? json_object_get_string(field)
				   : NULL;
	return text != NULL ? text : "";
}

static long long number_of(struct json_object *object, const char *key)
{
	struct json_object *field;
	return json_object_object_get_ex(object, key, &field) ? json_object_get_int64(field) : 0;
}

static void print_json(const struct instance *instance, struct json_object *init)
{
	struct json_object *all = json_object_new_object();
	json_object_object_add(all, "name", json_object_new_string(instance->name));
	json_object_object_add(
		all, "engine", json_object_new_string(engine_name(instance->engine)));
	json_object_object_add(all, "image", json_object_new_string(instance->image));
	json_object_object_add(all, "root", json_object_new_string(instance->root_kind));
	json_object_object_add(all, "listen", json_object_new_string(instance->listen));
	json_object_object_add(all, "dir", json_object_new_string(instance->dir));
	json_object_object_add(all, "init_pid", json_object_new_int(instance->init_pid));
	json_object_object_add(all, "init", json_object_get(init));
	puts(json_object_to_json_string_ext(all, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED |
							 JSON_C_TO_STRING_NOSLASHESCAPE));
	json_object_put(all);
}

static void print_units(struct json_object *init)
{
	struct json_object *units;
	if (!json_object_object_get_ex(init, "units", &units)) {
		return;
	}
	printf("\n  %-22s %-12s %8s %9s  %s\n", "UNIT", "STATE", "PID", "RESTARTS", "DESCRIPTION");
	for (size_t i = 0; i < json_object_array_length(units); i++) {
		struct json_object *unit = json_object_array_get_idx(units, i);
		const char *status = string_of(unit, "status");
		printf("  %-22s %-12s %8lld %9lld  %s\n", string_of(unit, "name"),
			string_of(unit, "state"), number_of(unit, "pid"),
			number_of(unit, "restarts"),
			status[0] != '\0' ? status : string_of(unit, "description"));
	}
}

static void print_table(const struct instance *instance, struct json_object *init)
{
	printf("%s: %s\n  image  %s (%s)\n  RDP    %s\n  dir    %s\n", instance->name,
		init != NULL ? string_of(init, "state") : "running, in a virtual machine",
		instance->image, instance->root_kind, instance->listen, instance->dir);
	if (init != NULL) {
		print_units(init);
	}
}

/* NULL when it does not answer. */
static struct json_object *ask_init(const struct instance *instance)
{
	char *answer = control_ask(instance, "status");
	struct json_object *init = answer != NULL ? json_tokener_parse(answer) : NULL;
	free(answer);
	return init;
}

int cmd_status(int argc, char **argv)
{
	struct name_option option;
	struct instance instance;
	int stop = name_option_load(argc, argv, help, &option, &instance);
	if (stop != 0) {
		return stop - 1;
	}
	if (option.frames) {
		return status_frames(&instance, option.json);
	}
	bool is_machine = instance.engine == ENGINE_QEMU;
	struct json_object *init = is_machine ? NULL : ask_init(&instance);
	if (init == NULL && !is_machine) {
		report("init of %s does not answer", instance.name);
		return 1;
	}
	if (option.json) {
		print_json(&instance, init);
	} else {
		print_table(&instance, init);
	}
	json_object_put(init);
	return 0;
}
