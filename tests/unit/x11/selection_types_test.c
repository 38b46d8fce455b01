// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/selection_types.h"

#include "tests/harness/test.h"

static void add(struct selection_types *types, const char *name)
{
	selection_types_add(types, name, strlen(name));
}

static void has_target(struct selection_targets *targets, const char *name)
{
	selection_targets_add(targets, name, strlen(name));
}

static const struct selection_target *find(
	const struct selection_target *targets, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(targets[i].name, name) == 0) {
			return &targets[i];
		}
	}
	return NULL;
}

TEST(a_name_is_taken_once_and_only_if_it_is_one)
{
	struct selection_types types = {0};
	char name[SELECTION_TYPE_SIZE + 1];
	memset(name, 'x', sizeof(name));
	add(&types, "image/png");
	add(&types, "image/png");
	add(&types, "");
	add(&types, "image/\n");
	selection_types_add(&types, "image/\0png", 10);
	selection_types_add(&types, name, SELECTION_TYPE_SIZE);
	CHECK_INT(types.count, 1);
	selection_types_add(&types, name, SELECTION_TYPE_SIZE - 1);
	CHECK_INT(types.count, 2);
	CHECK_INT(strlen(types.name[1]), SELECTION_TYPE_SIZE - 1);
}

TEST(more_types_than_there_is_room_for_are_left_out)
{
	struct selection_types types = {0};
	for (int i = 0; i < 2 * SELECTION_TYPES_MAX; i++) {
		char name[16];
		snprintf(name, sizeof(name), "a/%d", i);
		add(&types, name);
	}
	CHECK_INT(types.count, SELECTION_TYPES_MAX);
	CHECK_STR(types.name[SELECTION_TYPES_MAX - 1], "a/31");
}

TEST(what_an_application_has_is_offered_by_mime_types_with_text_first)
{
	struct selection_targets targets = {0};
	struct selection_types types;
	has_target(&targets, "TARGETS");
	has_target(&targets, "text/html");
	has_target(&targets, "UTF8_STRING");
	has_target(&targets, "text/plain");
	has_target(&targets, "SAVE_TARGETS");
	selection_targets_offer(&targets, &types);
	CHECK_INT(types.count, 3);
	CHECK_STR(types.name[0], "text/plain;charset=utf-8");
	CHECK_STR(types.name[1], "text/plain");
	CHECK_STR(types.name[2], "text/html");
}

TEST(a_picture_is_no_text)
{
	struct selection_targets targets = {0};
	struct selection_types types;
	bool latin1;
	has_target(&targets, "image/png");
	selection_targets_offer(&targets, &types);
	CHECK_INT(types.count, 1);
	CHECK(selection_targets_for(&targets, "text/plain", &latin1) == NULL);
	CHECK(selection_targets_for(&targets, "UTF8_STRING", &latin1) == NULL);
	CHECK_STR(selection_targets_for(&targets, "image/png", &latin1), "image/png");
	CHECK(!latin1);
}

TEST(text_is_asked_for_in_the_best_form_there_is)
{
	struct selection_targets targets = {0};
	bool latin1;
	has_target(&targets, "STRING");
	CHECK_STR(selection_targets_for(&targets, "text/plain;charset=utf-8", &latin1), "STRING");
	CHECK(latin1);
	has_target(&targets, "text/plain;charset=utf-8");
	CHECK_STR(
		selection_targets_for(&targets, "text/plain", &latin1), "text/plain;charset=utf-8");
	CHECK(!latin1);
	has_target(&targets, "UTF8_STRING");
	CHECK_STR(selection_targets_for(&targets, "text/plain;charset=utf-8", &latin1),
		"UTF8_STRING");
	has_target(&targets, "text/plain");
	CHECK_STR(selection_targets_for(&targets, "text/plain", &latin1), "text/plain");
}

TEST(text_is_offered_to_x11_by_all_its_names)
{
	struct selection_target targets[SELECTION_TARGETS_MAX];
	struct selection_types types = {0};
	add(&types, "text/html");
	add(&types, "text/plain;charset=utf-8");
	size_t count = selection_types_targets(&types, targets);
	CHECK_INT(count, 6);
	static const char *const names[] = {"UTF8_STRING", "TEXT", "STRING", "text/plain"};
	for (size_t i = 0; i < 4; i++) {
		const struct selection_target *target = find(targets, count, names[i]);
		CHECK(target != NULL);
		CHECK_STR(target->type, "text/plain;charset=utf-8");
		CHECK_INT(target->latin1, strcmp(names[i], "STRING") == 0);
	}
	CHECK_STR(find(targets, count, "text/html")->type, "text/html");
}

TEST(x11s_names_for_text_are_known_of_others_and_not_passed_on)
{
	struct selection_target targets[SELECTION_TARGETS_MAX];
	struct selection_types types = {0};
	add(&types, "SOMETHING");
	add(&types, "STRING");
	size_t count = selection_types_targets(&types, targets);
	CHECK_INT(count, 5);
	CHECK_STR(find(targets, count, "UTF8_STRING")->type, "STRING");
	CHECK(find(targets, count, "SOMETHING") == NULL);
}

TEST(as_many_targets_as_can_be_fit)
{
	struct selection_target targets[SELECTION_TARGETS_MAX];
	struct selection_types types = {0};
	add(&types, "UTF8_STRING");
	for (int i = 1; i < SELECTION_TYPES_MAX; i++) {
		char name[16];
		snprintf(name, sizeof(name), "a/%d", i);
		add(&types, name);
	}
	CHECK_INT(selection_types_targets(&types, targets), 5 + SELECTION_TYPES_MAX - 1);
}

TEST_MAIN()
