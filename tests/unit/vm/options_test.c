// SPDX-License-Identifier: MIT
#include "system-distro/vm/options.h"

#include "tests/harness/test.h"

#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static const char *problem_of(const char *command_line)
{
	struct options options;
	const char *problem = options_parse(command_line, &options);
	return problem != NULL ? problem : "none";
}

TEST(all_of_it)
{
	struct options options;
	char table[OPTIONS_TABLE_MAX];
	CHECK(options_parse("console=ttyS0 quiet sill.verity=22536," HASH
			    " sill.image=/dev/vdb sill.address=10.0.2.15/24 sill.listen=0.0.0.0:1"
			    " sill.profile=kms\n",
		      &options) == NULL);
	CHECK_INT((long long)options.blocks, 22536);
	CHECK_STR(options.address, "10.0.2.15");
	CHECK_INT(options.prefix, 24);
	CHECK_STR(options.listen, "0.0.0.0:1");
	CHECK(options_table(&options, table));
	CHECK_STR(table, "1 /dev/vdb /dev/vdb 4096 4096 22536 22537 sha256 " HASH
			 " - 1 panic_on_corruption");
}

TEST(as_little_as_possible)
{
	struct options options;
	CHECK(options_parse("sill.verity=1," HASH, &options) == NULL);
	CHECK_STR(options.device, "/dev/vda");
	CHECK_STR(options.address, "");
	CHECK_STR(options.listen, "");
}

TEST(no_image_no_start)
{
	const char *wrong = "sill.verity= is not BLOCKS,ROOT-HASH";
	CHECK_STR(problem_of(""), "sill.verity= is missing");
	CHECK_STR(problem_of("quiet root=/dev/vda"), "sill.verity= is missing");
	CHECK_STR(problem_of("sill.verity="), wrong);
	CHECK_STR(problem_of("sill.verity=none"), wrong);
	CHECK_STR(problem_of("sill.verity=0," HASH), wrong);
	CHECK_STR(problem_of("sill.verity=-1," HASH), wrong);
	CHECK_STR(problem_of("sill.verity=67108865," HASH), wrong);
	CHECK_STR(problem_of("sill.verity=99999999999999999999999," HASH), wrong);
	CHECK_STR(problem_of("sill.verity=1," HASH "0"), wrong);
	CHECK_STR(problem_of("sill.verity=1,A123456789abcdef0123456789abcdef0123456789abcdef"
			     "0123456789abcdef"),
		wrong);
}

TEST(wrong_words)
{
#define GOOD "sill.verity=1," HASH " "
	CHECK_STR(
		problem_of(GOOD "sill.verify=1"), "an option that begins with sill. is not known");
	CHECK_STR(problem_of(GOOD "sill.image=vda"), "sill.image= is not a device below /dev");
	CHECK_STR(problem_of(GOOD "sill.image="), "sill.image= is not a device below /dev");
	CHECK_STR(problem_of(GOOD "sill.profile="), "sill.profile= is not a name");
	CHECK_STR(problem_of(GOOD "sill.profile=../x"), "sill.profile= is not a name");
	CHECK_STR(problem_of(GOOD "sill.listen=3389"), "sill.listen= is not ADDR:PORT");
	CHECK_STR(problem_of(GOOD "sill.listen=a\"b:1"), "sill.listen= is not ADDR:PORT");
	const char *address = "sill.address= is not an IPv4 address and its bits: A.B.C.D/N";
	CHECK_STR(problem_of(GOOD "sill.address=10.0.2.15"), address);
	CHECK_STR(problem_of(GOOD "sill.address=10.0.2.15/33"), address);
	CHECK_STR(problem_of(GOOD "sill.address=10.0.2/24"), address);
	CHECK_STR(problem_of(GOOD "sill.address=10.0.2.15/"), address);
}

TEST_MAIN()
