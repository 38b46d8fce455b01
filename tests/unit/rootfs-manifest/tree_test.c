// SPDX-License-Identifier: MIT
#include "rootfs-manifest/tree.h"

#include <unistd.h>

#include "rootfs-manifest/check.h"
#include "rootfs-manifest/closure.h"
#include "rootfs-manifest/memory.h"
#include "rootfs-manifest/unpack.h"
#include "tests/harness/test.h"

static void add(struct tree *tree, const char *path, const char *target)
{
	struct entry entry = {.path = mem_copy(path), .mode = 0644};
	entry.kind = target != NULL ? ENTRY_LINK : ENTRY_FILE;
	entry.target = target != NULL ? mem_copy(target) : NULL;
	tree_add(tree, entry);
}

static void add_folder(struct tree *tree, const char *path)
{
	tree_add(tree, (struct entry){.path = mem_copy(path), .kind = ENTRY_FOLDER, .mode = 0755});
}

/* A real file of the machine the test runs on. */
static void add_real(struct tree *tree, const char *path, const char *origin)
{
	tree_add(tree, (struct entry){.path = mem_copy(path),
			       .kind = ENTRY_FILE,
			       .mode = 0755,
			       .origin = mem_copy(origin)});
}

TEST(later_entries_win)
{
	struct tree tree = {0};
	add(&tree, "b", NULL);
	add(&tree, "a", NULL);
	add(&tree, "b", "a");
	add(&tree, "c", NULL);
	tree_sort(&tree);
	CHECK_INT((long long)tree.count, 3);
	CHECK_INT(tree_find(&tree, "b")->kind, ENTRY_LINK);
	add(&tree, "d", NULL);
	tree_sort(&tree);
	CHECK(tree_find(&tree, "d") != NULL);
	tree_finish(&tree);
}

TEST(paths_are_followed)
{
	struct tree tree = {0};
	add(&tree, "bin", "usr/bin");
	add_folder(&tree, "usr");
	add_folder(&tree, "usr/bin");
	add(&tree, "usr/bin/sh", "dash");
	add(&tree, "usr/bin/dash", NULL);
	add(&tree, "etc/x", "/bin/../bin/./sh");
	add(&tree, "loop", "loop");
	add(&tree, "out", "../../../usr/bin/dash");
	tree_sort(&tree);
	struct entry *dash = tree_find(&tree, "usr/bin/dash");
	CHECK(tree_follow(&tree, "/bin/sh", false) == dash);
	CHECK(tree_follow(&tree, "etc/x", false) == dash);
	CHECK(tree_follow(&tree, "out", false) == dash);
	CHECK(tree_follow(&tree, "loop", false) == NULL);
	CHECK(tree_follow(&tree, "bin/nothing", false) == NULL);
	CHECK(!tree_find(&tree, "bin")->kept);
	CHECK(tree_follow(&tree, "etc/x", true) == dash);
	CHECK(dash->kept && tree_find(&tree, "bin")->kept && tree_find(&tree, "usr/bin/sh")->kept);
	char *path = tree_canonical(&tree, "/bin/sh");
	CHECK_STR(path, "usr/bin/sh");
	free(path);
	tree_finish(&tree);
}

TEST(what_a_real_program_needs)
{
	struct tree tree = {0};
	struct error err = {0};
	struct strings entries = {0};
	add_real(&tree, "usr/bin/program", "/proc/self/exe");
	strings_add(&entries, "usr/bin/program");
	tree_sort(&tree);
	CHECK(closure_keep(&tree, &entries, true, &err));
	CHECK(!closure_complete(&tree, &err));
	CHECK(strstr(err.text, "which usr/bin/program needs") != NULL);
	strings_finish(&entries);
	tree_finish(&tree);
}

TEST(what_is_declared_must_be_there)
{
	struct tree tree = {0};
	struct error err = {0};
	struct strings patterns = {0};
	add(&tree, "etc/text", NULL);
	tree_sort(&tree);
	strings_add(&patterns, "etc/t*");
	CHECK(closure_keep(&tree, &patterns, false, &err));
	CHECK(!closure_keep(&tree, &patterns, true, &err));
	CHECK_STR(err.text, "keep: entries: 'etc/text' is no program or library");
	strings_add(&patterns, "etc/none");
	CHECK(!closure_keep(&tree, &patterns, false, &err));
	CHECK_STR(err.text, "keep: nothing in the packages matches 'etc/none'");
	strings_finish(&patterns);
	tree_finish(&tree);
}

TEST(the_last_look)
{
	struct manifest manifest = {.budget = {-1, -1, -1}};
	struct tree tree = {0};
	struct error err = {0};
	add(&tree, "a", "nowhere");
	add(&tree, "b", "/run/there");
	add(&tree, "c", NULL);
	tree_sort(&tree);
	tree_find(&tree, "b")->kept = true;
	tree_find(&tree, "c")->kept = true;
	CHECK(check_tree(&manifest, &tree, &err));
	tree_find(&tree, "a")->kept = true;
	CHECK(!check_tree(&manifest, &tree, &err));
	CHECK_STR(err.text, "a leads to nowhere, which is not in the image");
	tree_find(&tree, "a")->kept = false;
	tree_find(&tree, "c")->mode = 04755;
	CHECK(!check_tree(&manifest, &tree, &err));
	CHECK_STR(err.text, "c is set-id");
	tree_find(&tree, "c")->mode = 0646;
	CHECK(!check_tree(&manifest, &tree, &err));
	CHECK_STR(err.text, "c is world-writable");
	tree_find(&tree, "c")->mode = 0644;
	manifest.budget.files = 1;
	CHECK(!check_tree(&manifest, &tree, &err));
	CHECK_STR(err.text, "2 files: the budget is 1");
	tree_finish(&tree);
}

TEST(members_of_packages)
{
	char path[PATH_MAX];
	CHECK(unpack_member_path("./usr/bin/x", path) == NULL);
	CHECK_STR(path, "usr/bin/x");
	CHECK(unpack_member_path("./lib/x86_64-linux-gnu/libc.so.6", path) == NULL);
	CHECK_STR(path, "usr/lib/x86_64-linux-gnu/libc.so.6");
	CHECK(unpack_member_path("./lib", path) == NULL);
	CHECK_STR(path, "lib");
	CHECK(unpack_member_path("./library/x", path) == NULL);
	CHECK_STR(path, "library/x");
	CHECK(unpack_member_path("./", path) == NULL);
	CHECK_STR(path, "");
	CHECK(unpack_member_path("/etc/passwd", path) != NULL);
	CHECK(unpack_member_path("../etc/passwd", path) != NULL);
	CHECK(unpack_member_path("./a/../../b", path) != NULL);
	CHECK(unpack_member_path("a//b", path) != NULL);
	CHECK(unpack_member_path("a/./b", path) != NULL);
}

TEST_MAIN()
