// SPDX-License-Identifier: MIT
#include "rootfs-manifest/manifest.h"

#include <json-c/json.h>
#include <stdio.h>

#include "rootfs-manifest/layout.h"
#include "rootfs-manifest/manifest_schema.h"
#include "rootfs-manifest/schema_json.h"
#include "tests/harness/test.h"

#define HEAD                                                                                       \
	"name: tiny\n"                                                                             \
	"base: debian\n"                                                                           \
	"architectures: [amd64]\n"                                                                 \
	"repositories:\n"                                                                          \
	"  - {name: main, suite: stable, components: [main]}\n"
#define BODY                                                                                       \
	"packages: [dash, {name: weston, from: main}]\n"                                           \
	"keep: {entries: [usr/bin/dash]}\n"                                                        \
	"pack: {format: erofs, compression: none, uuid: 00000000-0000-4000-8000-000000000000}\n"

/* Documents are called "m" and "a" to "z"; the others are included by it. */
struct shelf {
	const char *texts[8];
};

static bool read_shelf(void *data, const char *path, struct buffer *ret_text, struct error *err)
{
	const struct shelf *shelf = data;
	const char *name = strrchr(path, '/') != NULL ? strrchr(path, '/') + 1 : path;
	size_t index = name[0] == 'm' ? 0 : (size_t)(name[0] - 'a') + 1;
	*ret_text = (struct buffer){0};
	if (index >= 8 || shelf->texts[index] == NULL) {
		return fail(err, "%s: not there", path);
	}
	buffer_add(ret_text, shelf->texts[index], strlen(shelf->texts[index]));
	return true;
}

static bool read_shelved(struct shelf shelf, const char *arch, const char *variant,
	struct manifest *ret_manifest, struct error *err)
{
	struct manifest_source source = {"m", arch, variant, read_shelf, &shelf};
	return manifest_read(&source, ret_manifest, err);
}

static bool read_text(const char *text, struct manifest *ret_manifest, struct error *err)
{
	return read_shelved((struct shelf){{text}}, "amd64", NULL, ret_manifest, err);
}

static const char *problem_of_shelf(struct shelf shelf, const char *variant)
{
	static struct error err;
	struct manifest manifest;
	err = (struct error){0};
	if (read_shelved(shelf, "amd64", variant, &manifest, &err)) {
		manifest_finish(&manifest);
		return "none";
	}
	return err.code == EXIT_INPUT ? err.text : "wrong exit code";
}

static const char *problem_of(const char *text)
{
	return problem_of_shelf((struct shelf){{text}}, NULL);
}

TEST(a_good_one)
{
	struct manifest manifest;
	struct error err;
	const char *text = HEAD BODY "budget: {files: 10}\n";
	CHECK(read_text(text, &manifest, &err));
	CHECK_STR(manifest.name, "tiny");
	CHECK_INT((long long)manifest.packages.count, 2);
	const struct wanted_package *packages = manifest.packages.items;
	CHECK_STR(packages[0].name, "dash");
	CHECK(packages[0].from == NULL);
	CHECK_STR(packages[1].from, "main");
	const struct repository *repositories = manifest.repositories.items;
	CHECK_STR(repositories[0].archive, "debian");
	CHECK_INT(repositories[0].priority, 500);
	CHECK_INT(manifest.budget.files, 10);
	CHECK_INT(manifest.budget.bytes, -1);
	CHECK_INT(manifest.pack.level, 9);
	manifest_finish(&manifest);
}

TEST(without_a_budget_there_is_none)
{
	struct manifest manifest;
	struct error err;
	CHECK(read_text(HEAD BODY, &manifest, &err));
	CHECK_INT(manifest.budget.files, -1);
	manifest_finish(&manifest);
}

TEST(keys)
{
	CHECK_STR(problem_of(HEAD BODY "colour: red\n"), "m:9:1: unknown key 'colour'");
	CHECK_STR(problem_of("name: a\nname: b\n"), "m:2:1: duplicate key 'name'");
	CHECK_STR(problem_of("name: a\n"), "m:1:1: key 'base' is missing");
	CHECK_STR(problem_of(HEAD BODY "users:\n  - {name: a, uid: 1, shel: /x}\n"),
		"m:10:23: unknown key 'shel'");
}

TEST(types)
{
	CHECK_STR(problem_of("[a]\n"), "m:1:1: this must be a mapping");
	CHECK_STR(problem_of("name: [a]\n"), "m:1:1: 'name' must be a text");
	CHECK_STR(problem_of("name:\n"), "m:1:1: 'name' must be a text");
	CHECK_STR(problem_of("architectures: amd64\n"), "m:1:1: 'architectures' must be a list");
	CHECK_STR(problem_of(HEAD BODY "users: [{name: a, uid: -1}]\n"),
		"m:9:19: 'uid' must be a number");
	CHECK_STR(problem_of(HEAD BODY "users: [{name: a, uid: 99999}]\n"),
		"m:9:24: 'uid' is too large");
	CHECK_STR(problem_of(HEAD BODY "files: [{path: /a, content: x, mode: 689}]\n"),
		"m:9:32: 'mode' must be an octal mode such as 0644");
}

TEST(yaml_that_is_not_used)
{
	CHECK_STR(problem_of("name: &a b\n"), "m:1:7: anchors, aliases and tags are not used here");
	CHECK_STR(problem_of("name: !x b\n"), "m:1:7: anchors, aliases and tags are not used here");
	CHECK_STR(problem_of("name: *a\n"), "m:1:7: anchors, aliases and tags are not used here");
	CHECK_STR(problem_of(HEAD BODY "---\na: b\n"), "m:9:1: a second document is not allowed");
	CHECK_STR(problem_of(""), "m:1:1: the file is empty");
	CHECK_STR(problem_of("name: [a\nb: c\n"), "m:2:2: did not find expected ',' or ']'");
	CHECK_STR(problem_of("name: [[[[[[[[[[a]]]]]]]]]]\n"), "m:1:14: nested too deeply");
}

TEST(values)
{
	CHECK_STR(
		problem_of("base: fedora\n"), "m:1:7: 'fedora' is none of 'debian', 'azurelinux'");
	CHECK_STR(problem_of(HEAD BODY "directories: [/a/../b]\n"),
		"m:9:15: '/a/../b': must be an absolute path without '.', '..' or a '/' at its "
		"end");
	CHECK_STR(problem_of(HEAD BODY "files: [{path: /a}]\n"),
		"m:9:9: needs one of 'source', 'content' and 'append': '/a'");
	CHECK_STR(problem_of(HEAD BODY "files: [{path: /a, content: x, mode: 0666}]\n"),
		"m:9:9: world-writable: '/a'");
	CHECK_STR(
		problem_of(HEAD BODY "excludes: [dash]\n"), "m:6:12: wanted and excluded: 'dash'");
	CHECK_STR(problem_of(HEAD BODY "users: [{name: a, uid: 1}, {name: b, uid: 1}]\n"),
		"m:9:28: second user with the name or uid of 'a'");
}

TEST(accounts)
{
	const char *text =
		HEAD BODY "users:\n  - {name: root, uid: 0, home: /root, shell: /bin/sh}\n"
			  "  - {name: pulse, uid: 991}\n"
			  "groups: [{name: audio, gid: 29, members: [pulse, root]}]\n";
	struct manifest manifest;
	struct error err;
	struct buffer out = {0};
	CHECK(read_text(text, &manifest, &err));
	layout_print_passwd(&manifest, &out);
	CHECK_STR(out.data, "root:x:0:0::/root:/bin/sh\npulse:x:991:991::/:/usr/sbin/nologin\n");
	buffer_finish(&out);
	layout_print_group(&manifest, &out);
	CHECK_STR(out.data, "root:x:0:\npulse:x:991:\naudio:x:29:pulse,root\n");
	buffer_finish(&out);
	manifest_finish(&manifest);
}

TEST(choices_are_what_the_solver_sees)
{
	struct manifest a, b;
	struct error err;
	const char *other = HEAD BODY "users: [{name: a, uid: 1}]\n";
	CHECK(read_text(HEAD BODY, &a, &err));
	CHECK(read_text(other, &b, &err));
	char *first = manifest_choices(&a), *second = manifest_choices(&b);
	CHECK_STR(first, second);
	CHECK(strstr(first, "package weston from main\n") != NULL);
	free(first);
	free(second);
	manifest_finish(&a);
	manifest_finish(&b);
}

/* A manifest's packages and entries as one text, or what is wrong with it. */
static const char *lists_of(struct shelf shelf, const char *arch, const char *variant)
{
	static char text[1024];
	struct manifest manifest;
	struct error err = {0};
	if (!read_shelved(shelf, arch, variant, &manifest, &err)) {
		snprintf(text, sizeof(text), "%s", err.text);
		return text;
	}
	struct buffer out = {0};
	const struct wanted_package *packages = manifest.packages.items;
	for (size_t i = 0; i < manifest.packages.count; i++) {
		buffer_print(&out, "%s%s ", packages[i].name, packages[i].from != NULL ? "!" : "");
	}
	for (size_t i = 0; i < manifest.keep.entries.count; i++) {
		buffer_print(&out, "%s ", manifest.keep.entries.items[i]);
	}
	snprintf(text, sizeof(text), "%s", out.data);
	buffer_finish(&out);
	manifest_finish(&manifest);
	return text;
}

TEST(includes)
{
	CHECK_STR(lists_of((struct shelf){{"include: [a]\npackages: [weston, vim]\n", HEAD BODY}},
			  "amd64", NULL),
		"dash weston vim usr/bin/dash ");
	CHECK_STR(lists_of((struct shelf){{"include: [a, b]\n", HEAD BODY,
				   "packages: [dash, bash]\nkeep: {entries: [usr/bin/bash]}\n"}},
			  "amd64", NULL),
		"dash weston! bash usr/bin/dash usr/bin/bash ");
	// The same document by two ways is no cycle.
	CHECK_STR(lists_of((struct shelf){{"include: [a, b]\n", HEAD BODY, "include: [a]\n"}},
			  "amd64", NULL),
		"dash weston! usr/bin/dash ");
}

TEST(including_the_wrong_thing)
{
	CHECK_STR(problem_of("include: [m]\n"), "m:1:11: 'm' includes itself");
	CHECK_STR(problem_of("include: [a]\n"), "m:1:11: a: not there");
	CHECK_STR(problem_of("include: a\n"), "m:1:1: 'include' must be a list");
	CHECK_STR(problem_of("include: [[a]]\n"), "m:1:11: this must be a text");
	CHECK_STR(problem_of_shelf((struct shelf){{"include: [a]\n", "include: [b]\n",
					   "x: 1\ninclude: [c, a]\n", "{}"}},
			  NULL),
		"b:2:14: 'a' includes itself");
	CHECK_STR(
		problem_of_shelf(
			(struct shelf){{HEAD BODY "include: [a]\n", "users:\n- {nam: x}\n"}}, NULL),
		"a:2:4: unknown key 'nam'");
	CHECK_STR(problem_of_shelf((struct shelf){{"include: [a]\n", HEAD}}, NULL),
		"m:1:1: key 'packages' is missing");
}

TEST(without)
{
	CHECK_STR(lists_of(
			  (struct shelf){
				  {"include: [a]\nwithout: {packages: [weston], keep: {entries: "
				   "[usr/bin/dash]}}\nkeep: {entries: [x]}\n",
					  HEAD BODY}},
			  "amd64", NULL),
		"dash x ");
	CHECK_STR(problem_of_shelf(
			  (struct shelf){{"include: [a]\nwithout: {packages: [vim]}\n", HEAD BODY}},
			  NULL),
		"m:2:22: there is no 'vim' to take out");
	CHECK_STR(problem_of("without: {pakages: [vim]}\n"), "m:1:11: unknown key 'pakages'");
	CHECK_STR(problem_of("without: {budget: {files: [1]}}\n"),
		"m:1:20: 'files' is no list to take out of");
	CHECK_STR(problem_of("without: [a]\n"), "m:1:1: 'without' must be a mapping");
}

TEST(parts)
{
	const char *text = HEAD BODY "per-architecture:\n"
				     "  arm64: {packages: [raspi], keep: {entries: [y]}}\n"
				     "variants:\n"
				     "  debug: {packages: [gdb], without: {packages: [weston]}}\n";
	CHECK_STR(lists_of((struct shelf){{text}}, "amd64", NULL), "dash weston! usr/bin/dash ");
	CHECK_STR(lists_of((struct shelf){{text}}, "arm64", NULL),
		"dash weston! raspi usr/bin/dash y ");
	CHECK_STR(lists_of((struct shelf){{text}}, "arm64", "debug"),
		"dash raspi gdb usr/bin/dash y ");
	CHECK_STR(problem_of_shelf((struct shelf){{text}}, "huge"), "m: it has no variant 'huge'");
	CHECK_STR(problem_of(HEAD BODY "variants: {debug: {name: x}}\n"),
		"m:9:20: unknown key 'name'");
	CHECK_STR(problem_of(HEAD BODY "per-architecture: {arm64: {without: {x: []}}}\n"),
		"m:9:38: unknown key 'x'");
	CHECK_STR(problem_of(HEAD BODY "per-architecture: [a]\n"),
		"m:9:1: 'per-architecture' must be a mapping");
}

TEST(paths_are_seen_from_their_document)
{
	struct manifest manifest;
	struct error err;
	struct shelf shelf = {{"include: [x/a]\nfiles: [{path: /a, source: s}]\n",
		HEAD BODY "files: [{path: /b, source: t}, {path: /c, source: /u}]\n"}};
	CHECK(read_shelved(shelf, "amd64", NULL, &manifest, &err));
	const struct file *files = manifest.files.items;
	CHECK_STR(files[0].source, "x/t");
	CHECK_STR(files[1].source, "/u");
	CHECK_STR(files[2].source, "s");
	manifest_finish(&manifest);
}

static struct json_object *at(struct json_object *from, const char *path)
{
	struct json_object *found = NULL;
	json_pointer_get(from, path, &found);
	return found;
}

/* Whether each key of the table is in the schema, and what of it is required. */
TEST(the_schema_for_editors_has_what_is_read)
{
	struct json_object *root = schema_json();
	for (size_t i = 0; i < manifest_schema.count; i++) {
		char path[128];
		snprintf(path, sizeof(path), "/properties/%s", manifest_schema.fields[i].key);
		CHECK(at(root, path) != NULL);
	}
	CHECK(at(root, "/properties/include/items") != NULL);
	CHECK(at(root, "/properties/without/properties/keep/properties/entries") != NULL);
	CHECK(at(root, "/properties/variants/additionalProperties/properties/without") != NULL);
	CHECK(at(root, "/properties/variants/additionalProperties/properties/name") == NULL);
	CHECK_STR(json_object_get_string(at(root, "/properties/repositories/items/required")),
		"[ \"name\" ]");
	CHECK_STR(json_object_get_string(at(root, "/properties/base/enum")),
		"[ \"debian\", \"azurelinux\" ]");
	CHECK_STR(json_object_get_string(at(root, "/properties/packages/items/anyOf/0/type")),
		"string");
	json_object_put(root);
}

TEST(data_that_programs_need)
{
	CHECK_STR(problem_of(HEAD BODY "needs: [{when: a, files: [b]}]\n"),
		"m:9:9: key 'why' is missing");
	CHECK_STR(problem_of(HEAD BODY "selinux: {mode: on, contexts: c}\n"),
		"m:9:17: 'on' is none of 'disabled', 'permissive', 'enforcing'");
}

TEST_MAIN()
