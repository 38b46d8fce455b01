// SPDX-License-Identifier: MIT
#include "rootfs-manifest/layout.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/pattern.h"

#define FILE_SIZE_MAX (1024 * 1024)

void layout_print_passwd(const struct manifest *manifest, struct buffer *out)
{
	const struct user *users = manifest->users.items;
	for (size_t i = 0; i < manifest->users.count; i++) {
		const struct user *it = &users[i];
		buffer_print(out, "%s:x:%ld:%ld::%s:%s\n", it->name, it->uid, it->uid,
			it->home != NULL ? it->home : "/",
			it->shell != NULL ? it->shell : "/usr/sbin/nologin");
	}
}

static bool has_group(const struct manifest *manifest, const char *name)
{
	const struct group *groups = manifest->groups.items;
	for (size_t i = 0; i < manifest->groups.count; i++) {
		if (strcmp(groups[i].name, name) == 0) {
			return true;
		}
	}
	return false;
}

void layout_print_group(const struct manifest *manifest, struct buffer *out)
{
	const struct user *users = manifest->users.items;
	for (size_t i = 0; i < manifest->users.count; i++) {
		if (!has_group(manifest, users[i].name)) {
			buffer_print(out, "%s:x:%ld:\n", users[i].name, users[i].uid);
		}
	}
	const struct group *groups = manifest->groups.items;
	for (size_t i = 0; i < manifest->groups.count; i++) {
		buffer_print(out, "%s:x:%ld:", groups[i].name, groups[i].gid);
		for (size_t j = 0; j < groups[i].members.count; j++) {
			buffer_print(out, "%s%s", j != 0 ? "," : "", groups[i].members.items[j]);
		}
		buffer_print(out, "\n");
	}
}

/* An entry at its real place: /sbin/init goes to usr/sbin/init. */
static struct entry declare(struct tree *tree, const char *path, enum entry_kind kind, long mode)
{
	return (struct entry){.path = tree_canonical(tree, path),
		.kind = kind,
		.mode = (unsigned)mode,
		.kept = true};
}

static void add_text(
	struct tree *tree, struct tree *added, const char *path, const char *text, long mode)
{
	struct entry entry = declare(tree, path, ENTRY_FILE, mode);
	entry.content = mem_copy(text);
	entry.size = strlen(text);
	tree_add(added, entry);
}

static void add_accounts(const struct manifest *manifest, struct tree *tree, struct tree *added)
{
	struct buffer text = {0};
	if (manifest->users.count == 0) {
		return;
	}
	layout_print_passwd(manifest, &text);
	add_text(tree, added, "/etc/passwd", text.data, 0644);
	buffer_finish(&text);
	layout_print_group(manifest, &text);
	if (text.data != NULL) {
		add_text(tree, added, "/etc/group", text.data, 0644);
	}
	buffer_finish(&text);
}

static void add_folders_and_links(
	const struct manifest *manifest, struct tree *tree, struct tree *added)
{
	const struct directory *directories = manifest->directories.items;
	for (size_t i = 0; i < manifest->directories.count; i++) {
		tree_add(added,
			declare(tree, directories[i].path, ENTRY_FOLDER, directories[i].mode));
	}
	const struct link *links = manifest->links.items;
	for (size_t i = 0; i < manifest->links.count; i++) {
		struct entry entry = declare(tree, links[i].path, ENTRY_LINK, 0777);
		entry.target = mem_copy(links[i].target);
		tree_add(added, entry);
	}
}

/* A file with something added to it: what is there may be a link, as os-release is. */
static bool add_appended(
	const struct file *file, struct tree *tree, struct tree *added, struct error *err)
{
	struct buffer text;
	struct entry *old = tree_follow(tree, file->path, true);
	if (old == NULL || old->origin == NULL) {
		return fail(err, "files: %s: no package has a file to append to", file->path);
	}
	if (!disk_read(old->origin, FILE_SIZE_MAX, &text, err)) {
		return false;
	}
	buffer_add(&text, file->append, strlen(file->append));
	add_text(tree, added, old->path, text.data, file->mode);
	buffer_finish(&text);
	return true;
}

static bool add_folder(const struct file *file, const char *source, struct tree *tree,
	struct tree *added, struct error *err)
{
	struct tree found = {0};
	bool ok = tree_scan(&found, source, err);
	for (size_t i = 0; ok && i < found.count; i++) {
		struct entry *it = &found.items[i];
		if (it->kind == ENTRY_LINK) {
			ok = fail(err, "files: %s/%s: a link", source, it->path);
			break;
		}
		char *path = mem_print("%s/%s", file->path, it->path);
		struct entry entry =
			declare(tree, path, it->kind, it->kind == ENTRY_FILE ? file->mode : 0755);
		entry.origin = it->origin != NULL ? mem_copy(it->origin) : NULL;
		entry.size = it->size;
		tree_add(added, entry);
		free(path);
	}
	tree_finish(&found);
	return ok;
}

static bool add_source(
	const struct file *file, struct tree *tree, struct tree *added, struct error *err)
{
	const char *source = file->source;
	struct stat st;
	bool ok =
		stat(source, &st) == 0 || fail_input(err, "files: %s: %s", source, strerror(errno));
	if (ok && S_ISDIR(st.st_mode)) {
		ok = add_folder(file, source, tree, added, err);
	} else if (ok && S_ISREG(st.st_mode)) {
		struct entry entry = declare(tree, file->path, ENTRY_FILE, file->mode);
		entry.origin = mem_copy(source);
		entry.size = (size_t)st.st_size;
		tree_add(added, entry);
	} else if (ok) {
		ok = fail_input(err, "files: %s: neither file nor folder", source);
	}
	return ok;
}

static bool add_files(
	const struct manifest *manifest, struct tree *tree, struct tree *added, struct error *err)
{
	const struct file *files = manifest->files.items;
	bool ok = true;
	for (size_t i = 0; ok && i < manifest->files.count; i++) {
		if (files[i].content != NULL) {
			add_text(tree, added, files[i].path, files[i].content, files[i].mode);
		} else if (files[i].append != NULL) {
			ok = add_appended(&files[i], tree, added, err);
		} else {
			ok = add_source(&files[i], tree, added, err);
		}
	}
	return ok;
}

/* Profiles are loaded by the machine's own init, where there is AppArmor: apparmor.d(5). */
static bool add_profiles(
	const struct manifest *manifest, struct tree *tree, struct tree *added, struct error *err)
{
	const struct profile *profiles = manifest->apparmor.items;
	bool ok = true;
	for (size_t i = 0; ok && i < manifest->apparmor.count; i++) {
		const char *slash = strrchr(profiles[i].source, '/');
		const char *name = slash != NULL ? slash + 1 : profiles[i].source;
		char *path = mem_print("/etc/apparmor.d/%s", name);
		struct file file = {.path = path, .source = profiles[i].source, .mode = 0644};
		ok = add_source(&file, tree, added, err);
		free(path);
	}
	return ok;
}

static void add_selinux(const struct manifest *manifest, struct tree *tree, struct tree *added)
{
	if (manifest->selinux.mode != NULL) {
		const char *policy = manifest->selinux.policy;
		char *text = mem_print("SELINUX=%s\nSELINUXTYPE=%s\n", manifest->selinux.mode,
			policy != NULL ? policy : "targeted");
		add_text(tree, added, "/etc/selinux/config", text, 0644);
		free(text);
	}
}

static void take_entry(struct tree *tree, struct tree *added, const struct entry *found)
{
	struct entry entry = declare(tree, found->path, found->kind, found->mode);
	entry.origin = found->origin != NULL ? mem_copy(found->origin) : NULL;
	entry.target = found->target != NULL ? mem_copy(found->target) : NULL;
	entry.size = found->size;
	tree_add(added, entry);
}

static bool add_own(const struct manifest *manifest, const char *own, struct tree *tree,
	struct tree *added, struct error *err)
{
	struct tree found = {0};
	if (own == NULL || manifest->own.count == 0) {
		return true;
	}
	bool ok = tree_scan(&found, own, err);
	for (size_t i = 0; ok && i < manifest->own.count; i++) {
		bool any = false;
		for (size_t j = 0; j < found.count; j++) {
			if (found.items[j].kind != ENTRY_FOLDER &&
				pattern_matches(manifest->own.items[i], found.items[j].path)) {
				take_entry(tree, added, &found.items[j]);
				any = true;
			}
		}
		ok = any || fail(err, "own: %s is not in %s: is it installed there?",
				    manifest->own.items[i], own);
	}
	tree_finish(&found);
	return ok;
}

static void merge(struct tree *tree, struct tree *added)
{
	for (size_t i = 0; i < added->count; i++) {
		tree_add(tree, added->items[i]);
	}
	free(added->items);
	tree_sort(tree);
}

bool layout_apply(
	const struct manifest *manifest, const char *own, struct tree *tree, struct error *err)
{
	// Collected apart, because the tree must stay sorted while paths are looked up in it.
	struct tree added = {0};
	add_folders_and_links(manifest, tree, &added);
	add_accounts(manifest, tree, &added);
	add_selinux(manifest, tree, &added);
	bool ok = add_files(manifest, tree, &added, err) &&
		  add_profiles(manifest, tree, &added, err) &&
		  add_own(manifest, own, tree, &added, err);
	merge(tree, &added);
	return ok;
}
