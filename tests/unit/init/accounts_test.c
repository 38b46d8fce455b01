// SPDX-License-Identifier: MIT
#include "init/accounts.h"

#include "tests/harness/test.h"

static const char passwd[] = "root:x:0:0:root:/root:/bin/sh\n"
			     "broken:x:\n"
			     "wslg:x:1000:1001::/home/wslg:/bin/bash\n"
			     "last:x:5:6::/:/x";
static const char group[] = "root:x:0:\nvideo:x:44:wslg,other\naudio:x:29:otherwslg,wslg2\n"
			    "render:x:105:last,wslg\n";

TEST(users_by_name)
{
	struct account account;
	CHECK(account_find_user(passwd, "wslg", &account));
	CHECK_INT(account.uid, 1000);
	CHECK_INT(account.gid, 1001);
	CHECK_STR(account.home, "/home/wslg");
	CHECK_STR(account.shell, "/bin/bash");
	CHECK(account_find_user(passwd, "last", &account));
	CHECK_STR(account.shell, "/x");
	CHECK(!account_find_user(passwd, "wsl", &account));
	CHECK(!account_find_user(passwd, "broken", &account));
	CHECK(!account_find_user("", "root", &account));
}

TEST(users_by_number)
{
	struct account account;
	CHECK(account_find_user(passwd, "1000", &account));
	CHECK_STR(account.name, "wslg");
	CHECK(account_find_user(passwd, "4242", &account));
	CHECK_STR(account.name, "");
	CHECK_INT(account.gid, 4242);
	CHECK(!account_find_user(passwd, "4294967295", &account));
}

TEST(groups)
{
	gid_t gid, gids[4];
	CHECK(account_find_group(group, "video", &gid) && gid == 44);
	CHECK(account_find_group(group, "77", &gid) && gid == 77);
	CHECK(!account_find_group(group, "vide", &gid));
	CHECK_INT(account_member_groups(group, "wslg", gids, 4), 2);
	CHECK_INT(gids[0], 44);
	CHECK_INT(gids[1], 105);
	CHECK_INT(account_member_groups(group, "wslg", gids, 1), 1);
	CHECK_INT(account_member_groups(group, "", gids, 4), 0);
}

TEST(ids_of_a_user_namespace)
{
	static const char everything[] = "         0          0 4294967295\n";
	static const char one[] = "      1000       1000          1\n";
	static const char two[] = "0 100000 10\n1000 1000 1\n";
	CHECK(account_is_mapped(everything, 0) && account_is_mapped(everything, 65534));
	CHECK(account_is_mapped(one, 1000));
	CHECK(!account_is_mapped(one, 0) && !account_is_mapped(one, 1001));
	CHECK(account_is_mapped(two, 9) && !account_is_mapped(two, 10));
	CHECK(account_is_mapped(two, 1000));
	CHECK(!account_is_mapped("", 0));
}

TEST_MAIN()
