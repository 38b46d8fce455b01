// SPDX-License-Identifier: MIT
#include "rootfs-manifest/contents.h"
#include "rootfs-manifest/receipt.h"
#include "rootfs-manifest/sbom.h"

#include "tests/harness/test.h"

#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define CONTENTS(files)                                                                            \
	"{\n  \"arch\": \"amd64\",\n  \"base\": \"debian\",\n  \"commit\": \"c0ffee\",\n"          \
	"  \"files\": [\n" files "\n  ],\n  \"format\": 1,\n  \"lock\": \"" HASH "\",\n"           \
	"  \"name\": \"tiny\",\n  \"packages\": [\n"                                               \
	"    {\"arch\":\"amd64\",\"licence\":\"\",\"name\":\"libstdc++6\",\"sha256\":\"" HASH      \
	"\",\"source\":\"gcc-14\",\"version\":\"1:14.2-1+b1\"}\n  ]\n}\n"
#define FILE_AT(path)                                                                              \
	"    {\"mode\":\"0644\",\"package\":\"libstdc++6\",\"path\":\"" path                       \
	"\",\"sha256\":\"" HASH "\",\"size\":7}"
#define FILES                                                                                      \
	"    {\"path\":\"bin\",\"target\":\"usr/bin\"},\n"                                         \
	"    {\"mode\":\"1777\",\"path\":\"tmp\"},\n" FILE_AT("usr/lib/libstdc++.so.6")

static const char *problem_of(const char *text)
{
	static struct error err;
	struct contents contents;
	err = (struct error){0};
	if (contents_parse("c", text, strlen(text), &contents, &err)) {
		contents_finish(&contents);
		return "none";
	}
	return err.code == EXIT_INPUT ? err.text : "wrong exit code";
}

TEST(written_as_it_was_read)
{
	struct contents contents;
	struct error err;
	struct buffer out = {0};
	const char *text = CONTENTS(FILES);
	CHECK(contents_parse("c", text, strlen(text), &contents, &err));
	CHECK_INT((long long)contents.count, 3);
	CHECK_INT(contents_find(&contents, "tmp")->mode, 01777);
	CHECK(contents_find(&contents, "tm") == NULL);
	CHECK_INT((long long)contents_bytes(&contents), 7);
	CHECK_STR(contents_package(&contents, "libstdc++6")->source, "gcc-14");
	contents_write(&contents, &out);
	CHECK_STR(out.data, text);
	buffer_finish(&out);
	contents_finish(&contents);
}

TEST(names_in_any_script)
{
	struct contents contents;
	struct error err;
	struct buffer out = {0};
	const char *text = CONTENTS(FILE_AT("a\\u0151\\u20ac\\ud83d\\ude00b"));
	CHECK(contents_parse("c", text, strlen(text), &contents, &err));
	CHECK_STR(contents.items[0].path, "a\xc5\x91\xe2\x82\xac\xf0\x9f\x98\x80"
					  "b");
	contents_write(&contents, &out);
	CHECK_STR(out.data, text);
	buffer_finish(&out);
	contents_finish(&contents);
}

TEST(wrong_contents)
{
	CHECK_STR(problem_of("[]"), "c: not a JSON object");
	CHECK_STR(problem_of("{"), "c: not JSON: continue");
	CHECK_STR(problem_of("{}"), "c: 'format' is missing or not a number up to "
				    "9223372036854775807");
	CHECK_STR(problem_of(CONTENTS(FILE_AT("b") ",\n" FILE_AT("a"))), "c: a is not in order");
	CHECK_STR(problem_of(CONTENTS(FILE_AT("a") ",\n" FILE_AT("a"))), "c: a is not in order");
	CHECK(strncmp(problem_of(CONTENTS(FILE_AT("../a"))), "c: 'path': '../a' is not", 24) == 0);
	CHECK_STR(problem_of(CONTENTS("{\"path\":\"a\",\"mode\":\"644\"}")),
		"c: 'mode': '644' is not right: not four octal digits");
	CHECK_STR(problem_of(CONTENTS("{\"path\":\"a\",\"target\":\"\"}")),
		"c: 'target': '' is not right: empty or too long");
	CHECK_STR(problem_of(CONTENTS("7")), "c: item 0 of 'files' is not an object");
}

TEST(bill_of_materials)
{
	struct contents contents;
	struct error err;
	struct buffer out = {0};
	const char *text = CONTENTS(FILES);
	CHECK(contents_parse("c", text, strlen(text), &contents, &err));
	sbom_write(&contents, &out);
	CHECK(strstr(out.data, "\"SPDXID\":\"SPDXRef-package-libstdcxx6\"") != NULL);
	CHECK(strstr(out.data, "\"pkg:deb/debian/libstdc%2B%2B6@1:14.2-1%2Bb1?arch=amd64\"") !=
		NULL);
	CHECK(strstr(out.data, "\"built from commit c0ffee\"") != NULL);
	CHECK(strstr(out.data, "\"spdxVersion\": \"SPDX-2.3\"") != NULL);
	buffer_finish(&out);
	contents_finish(&contents);
}

TEST(receipts)
{
	const char *text =
		"{\n  \"arch\": \"amd64\",\n  \"artefacts\": [\n"
		"    {\"data_blocks\":9,\"file\":\"a.erofs\",\"format\":\"erofs\",\"root_hash\":"
		"\"" HASH "\",\"sha256\":\"" HASH "\",\"size\":7}\n  ],\n"
		"  \"format\": 1,\n  \"name\": \"tiny\"\n}\n";
	struct receipt receipt;
	struct error err;
	struct buffer out = {0};
	CHECK(receipt_parse("r", text, strlen(text), &receipt, &err));
	CHECK_STR(receipt_find(&receipt, "a.erofs")->root_hash, HASH);
	CHECK(receipt_find(&receipt, "b.erofs") == NULL);
	receipt_write(&receipt, &out);
	CHECK_STR(out.data, text);
	buffer_finish(&out);
	receipt_finish(&receipt);
	text = "{\"format\":1,\"name\":\"n\",\"arch\":\"a\",\"artefacts\":[{\"file\":\"../x\"}]}";
	CHECK(!receipt_parse("r", text, strlen(text), &receipt, &err));
	CHECK_INT(err.code, EXIT_INPUT);
}

TEST_MAIN()
