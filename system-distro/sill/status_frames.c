// SPDX-License-Identifier: MIT
#include "system-distro/sill/status_frames.h"

#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>

#include "system-distro/sill/control.h"
#include "system-distro/sill/report.h"

static struct json_object *member(struct json_object *object, const char *key)
{
	struct json_object *field;
	return json_object_object_get_ex(object, key, &field) ? field : NULL;
}

static const char *text_of(struct json_object *object, const char *key)
{
	struct json_object *field = member(object, key);
	return field != NULL ? json_object_get_string(field) : "";
}

static long long number_of(struct json_object *object, const char *key)
{
	struct json_object *field = member(object, key);
	return field != NULL ? json_object_get_int64(field) : 0;
}

static void print_choices(struct json_object *window)
{
	struct json_object *choices = member(window, "choices");
	if (choices == NULL) {
		return;
	}
	json_object_object_foreach(choices, name, choice)
	{
		if (number_of(choice, "regions") > 0) {
			printf("    %-12s %9lld %14lld %12lld\n", name,
				number_of(choice, "regions"), number_of(choice, "pixels"),
				number_of(choice, "bytes"));
		}
	}
}

static void print_window(struct json_object *window)
{
	printf("\n  window %lld, %lldx%lld: %s\n    %lld frames, %lld bytes\n",
		number_of(window, "window"), number_of(window, "width"),
		number_of(window, "height"), text_of(window, "title"), number_of(window, "frames"),
		number_of(window, "bytes"));
	if (number_of(window, "frames") == 0) {
		return;
	}
	printf("    last as %s, since %s\n", text_of(window, "last"), text_of(window, "why"));
	printf("    %-12s %9s %14s %12s\n", "SENT AS", "REGIONS", "PIXELS", "BYTES");
	print_choices(window);
}

static void print_frames(struct json_object *frames)
{
	struct json_object *windows = member(frames, "windows");
	if (member(frames, "client") == NULL) {
		puts("no client is connected");
		return;
	}
	printf("%s: takes %lld kB a second, %lld ms there and back, frames of %lld kB at most\n",
		text_of(frames, "client"), number_of(frames, "bytes_per_second") / 1000,
		number_of(frames, "round_trip_ms"), number_of(frames, "frame_bytes_max") / 1000);
	for (size_t i = 0; windows != NULL && i < json_object_array_length(windows); i++) {
		print_window(json_object_array_get_idx(windows, i));
	}
}

int status_frames(const struct instance *instance, bool json)
{
	char *answer = control_ask_frames(instance);
	struct json_object *frames = answer != NULL ? json_tokener_parse(answer) : NULL;
	if (frames == NULL) {
		report("sill-rdp of %s does not answer", instance->name);
		free(answer);
		return 1;
	}
	if (json) {
		fputs(answer, stdout);
	} else {
		print_frames(frames);
	}
	json_object_put(frames);
	free(answer);
	return 0;
}
