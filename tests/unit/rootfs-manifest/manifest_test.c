// SPDX-License-Identifier: MIT
#include "rootfs-manifest/manifest.h"

#include "rootfs-manifest/layout.h"
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

static const char *problem_of(const char *text)
{
	static struct error err;
	struct manifest manifest;
	err = (struct error){0};
	if (manifest_parse("m", text, strlen(text), &manifest, &err)) {
		manifest_finish(&manifest);
		return "none";
	}
	return err.code == EXIT_INPUT ? err.text : "wrong exit code";
}

TEST(a_good_one)
{
	struct manifest manifest;
	struct error err;
	const char *text = HEAD BODY "budget: {files: 10}\n";
	CHECK(manifest_parse("m", text, strlen(text), &manifest, &err));
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
	CHECK(manifest_parse("m", HEAD BODY, strlen(HEAD BODY), &manifest, &err));
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
	CHECK_STR(problem_of("base: fedora\n"),
		"m:1:7: 'fedora': the only base there is yet is 'debian'");
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
	CHECK(manifest_parse("m", text, strlen(text), &manifest, &err));
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
	CHECK(manifest_parse("m", HEAD BODY, strlen(HEAD BODY), &a, &err));
	CHECK(manifest_parse("m", other, strlen(other), &b, &err));
	char *first = manifest_choices(&a), *second = manifest_choices(&b);
	CHECK_STR(first, second);
	CHECK(strstr(first, "package weston from main\n") != NULL);
	free(first);
	free(second);
	manifest_finish(&a);
	manifest_finish(&b);
}

TEST_MAIN()
