// SPDX-License-Identifier: MIT
#include "rootfs-manifest/copyright.h"
#include "rootfs-manifest/release.h"
#include "rootfs-manifest/sources.h"

#include "tests/harness/test.h"

#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static const char release[] =
	"Origin: Debian\nSuite: stable-updates\nCodename: trixie-updates\n"
	"Acquire-By-Hash: yes\nValid-Until: Thu, 01 Jan 1970 00:01:40 UTC\n"
	"MD5Sum:\n 00000000000000000000000000000000 12 main/binary-amd64/Packages.xz\n"
	"SHA256:\n"
	" " HASH "       34 main/binary-amd64/Packages\n"
	" " HASH "       56 main/binary-amd64/Packages.xz\n"
	"Else: x\n " HASH " 78 main/binary-arm64/Packages.xz\n";

TEST(release_names)
{
	CHECK(release_is_suite(release, "trixie-updates"));
	CHECK(release_is_suite(release, "stable-updates"));
	CHECK(!release_is_suite(release, "trixie"));
	CHECK(release_has_by_hash(release));
	CHECK(!release_has_by_hash("Acquire-By-Hash: no\n"));
}

TEST(release_dates)
{
	CHECK_INT(release_valid_until(release), 100);
	CHECK_INT(release_valid_until("Suite: x\n"), 0);
	CHECK_INT(release_valid_until("Valid-Until: tomorrow\n"), -1);
}

TEST(release_files)
{
	char sha256[DIGEST_SIZE];
	long size = 0;
	CHECK(release_find(release, "main/binary-amd64/Packages.xz", sha256, &size));
	CHECK_STR(sha256, HASH);
	CHECK_INT(size, 56);
	CHECK(!release_find(release, "main/binary-arm64/Packages.xz", sha256, &size));
	CHECK(!release_find(release, "main/binary-amd64/Packages.x", sha256, &size));
	CHECK(!release_find("SHA256:\n zz 1 a\n", "a", sha256, &size));
	CHECK(!release_find("Suite: x\n", "a", sha256, &size));
}

static bool finds(char *found, const char *wanted)
{
	bool same = found != NULL && strcmp(found, wanted) == 0;
	free(found);
	return same;
}

TEST(one_line_sources)
{
	const char *text = "# deb http://no/debian a main\n"
			   "deb-src http://no/debian a main\n"
			   "deb [arch=amd64 signed-by=/k] https://m.example/debian/ trixie main\n"
			   "deb http://s.example/debian-security trixie-security main\n";
	CHECK(finds(sources_find_list(text, "debian"), "https://m.example/debian"));
	CHECK(finds(
		sources_find_list(text, "debian-security"), "http://s.example/debian-security"));
	CHECK(sources_find_list("deb cdrom:[x]/debian a\n", "debian") == NULL);
	CHECK(sources_find_list("deb", "debian") == NULL);
	CHECK(sources_find_list("", "debian") == NULL);
}

TEST(deb822_sources)
{
	const char *text = "Types: deb\nURIs: http://x.example/ubuntu\n"
			   "# URIs: http://no/debian\n http://m.example/debian/\nSuites: a\n\n"
			   "URIs: http://n.example/other http://s.example/debian-security";
	CHECK(finds(sources_find_deb822(text, "debian"), "http://m.example/debian"));
	CHECK(finds(
		sources_find_deb822(text, "debian-security"), "http://s.example/debian-security"));
	CHECK(sources_find_deb822("Suites: http://m.example/debian\n", "debian") == NULL);
}

static bool licenses(const char *text, const char *wanted)
{
	return finds(copyright_licences(text), wanted);
}

TEST(copyright_files)
{
	const char *text = "Format: https://www.debian.org/doc/copyright-format/1.0/\n"
			   "\nFiles: *\nLicense: GPL-2+ or MIT\n License: not this\n"
			   "\nFiles: a\nlicense:\tExpat  \r\n\nLicense: Expat\n text\n"
			   "\nFiles: b\nLicense:\n";
	CHECK(licenses(text, "Expat AND (GPL-2+ or MIT)"));
	CHECK(licenses("Format: x\nLicense: GPL-2+ or MIT", "GPL-2+ or MIT"));
	CHECK(licenses("This is free.\nLicense: MIT\n", ""));
	CHECK(licenses("", ""));
}

static bool becomes(const char *text, const char *wanted)
{
	return finds(copyright_text(text, strlen(text)), wanted);
}

TEST(copyright_texts_are_utf8)
{
	CHECK(becomes("", ""));
	CHECK(becomes("Zo\xc3\xab \xe2\x82\xac \xf0\x9f\x98\x80\n",
		"Zo\xc3\xab \xe2\x82\xac \xf0\x9f\x98\x80\n"));
	CHECK(becomes("Zo\xeb", "Zo\xc3\xab"));
	CHECK(becomes("\xa9 1999\xc3", "\xc2\xa9 1999\xc3\x83"));
	CHECK(becomes("\xc0\x80\xff", "\xc3\x80\xc2\x80\xc3\xbf"));
}

TEST_MAIN()
