// SPDX-License-Identifier: MIT
#include "rootfs-manifest/lock.h"

#include <json-c/json.h>

#include "rootfs-manifest/canonical.h"
#include "tests/harness/test.h"

#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define PACKAGE(name)                                                                              \
	"    {\"arch\":\"amd64\",\"licence\":\"MIT or so\",\"name\":\"" name                       \
	"\",\"needed_by\":[\"a\",\"b\"],\"path\":\"pool/" name                                     \
	".deb\",\"repository\":\"main\",\"sha256\":\"" HASH "\",\"size\":7,\"source\":\"" name     \
	"\",\"version\":\"1:2-3\",\"wanted\":true}"
#define LOCK(packages)                                                                             \
	"{\n  \"arch\": \"amd64\",\n  \"format\": 2,\n  \"inputs\": {\n    \"choices\": \"" HASH   \
	"\"\n  },\n  \"name\": \"tiny\",\n  \"packages\": [\n" packages "\n  ]\n}\n"

static const char *problem_of(const char *text)
{
	static struct error err;
	struct lock lock;
	err = (struct error){0};
	if (lock_parse("l", text, strlen(text), &lock, &err)) {
		lock_finish(&lock);
		return "none";
	}
	return err.code == EXIT_INPUT ? err.text : "wrong exit code";
}

TEST(canonical_json)
{
	struct json_object *value =
		json_tokener_parse("{\"b\":[1,{\"z\":{\"y\":[]},\"a\":\"\\u00e4/"
				   "\\n\"}],\"a\":{},\"c\":null,\"d\":true}");
	struct buffer out = {0};
	canonical_write(value, &out);
	CHECK_STR(out.data, "{\n  \"a\": {},\n  \"b\": [\n    1,\n"
			    "    {\"a\":\"\\u00e4/\\n\",\"z\":{\"y\":[]}}\n  ],\n"
			    "  \"c\": null,\n  \"d\": true\n}\n");
	buffer_finish(&out);
	json_object_put(value);
}

TEST(written_as_it_was_read)
{
	const char *text = LOCK(PACKAGE("apple") ",\n" PACKAGE("pear"));
	struct lock lock;
	struct error err;
	struct buffer out = {0};
	CHECK(lock_parse("l", text, strlen(text), &lock, &err));
	CHECK_INT((long long)lock.count, 2);
	CHECK_STR(lock.packages[1].version, "1:2-3");
	lock_write(&lock, &out);
	CHECK_STR(out.data, text);
	buffer_finish(&out);
	lock_finish(&lock);
}

TEST(problems)
{
	CHECK_STR(problem_of("[]"), "l: not a JSON object");
	CHECK_STR(problem_of("{"), "l: not JSON: continue");
	CHECK_STR(problem_of("{}"), "l: not a lock of format 2");
	CHECK_STR(problem_of(LOCK(PACKAGE("pear") ",\n" PACKAGE("apple"))),
		"l: package apple is not in order");
	CHECK_STR(problem_of(LOCK(PACKAGE("pear") ",\n" PACKAGE("pear"))),
		"l: package pear is not in order");
	CHECK_STR(problem_of(LOCK("{}")), "l: 'name' is missing or not a text");
	CHECK_STR(problem_of(LOCK("3")), "l: item 0 of 'packages' is not an object");
	CHECK(strstr(problem_of(LOCK(PACKAGE("a/../b"))), "not a package's name") != NULL);
}

TEST(paths_stay_on_the_mirror)
{
	char text[2048];
	snprintf(text, sizeof(text), "%s", LOCK(PACKAGE("apple")));
	char *path = strstr(text, "pool/apple");
	memcpy(path, "../x/apple", 10);
	CHECK(strstr(problem_of(text), "'path'") != NULL);
}

TEST(changes)
{
	struct lock before = {0}, after = {0};
	struct package package = {"apple", "1", "all", "debian", "main", "p", "apple", HASH, 7};
	struct buffer out = {0};
	lock_add(&before, &package);
	package.version = "2";
	package.sha256[0] = 'f';
	lock_add(&after, &package);
	package.name = "cherry";
	lock_add(&before, &package);
	package.name = "pear";
	lock_add(&after, &package);
	lock_describe_changes(&before, &after, &out);
	CHECK_STR(out.data, "apple 1 -> 2\ncherry 2 -> (none)\npear (none) -> 2\n");
	buffer_finish(&out);
	lock_finish(&before);
	lock_finish(&after);
}

TEST_MAIN()
