// SPDX-License-Identifier: MIT
#include "rootfs-manifest/provenance.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rootfs-manifest/base.h"
#include "rootfs-manifest/contents.h"
#include "rootfs-manifest/copyright.h"
#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/memory.h"
#include "rootfs-manifest/unpack.h"

#define COMMIT_SIZE_MAX 256
#define COMMIT_PATH "usr/share/sill/commit"

/* Which package each thing in a tree is from. */
struct origins {
	const struct lock *lock;
	char **folders; // where each package was unpacked to
	size_t *bytes; // what is kept of each
	bool *used;
};

static void origins_init(struct origins *origins, const struct work *work, const struct lock *lock)
{
	*origins = (struct origins){.lock = lock};
	origins->folders = mem_alloc(lock->count * sizeof(char *));
	origins->bytes = mem_alloc(lock->count * sizeof(size_t));
	origins->used = mem_alloc(lock->count * sizeof(bool));
	for (size_t i = 0; i < lock->count; i++) {
		origins->folders[i] = unpack_folder(work->cache, &lock->packages[i]);
	}
}

static void origins_finish(struct origins *origins)
{
	for (size_t i = 0; i < origins->lock->count; i++) {
		free(origins->folders[i]);
	}
	free(origins->folders);
	free(origins->bytes);
	free(origins->used);
}

static bool is_below(const char *path, const char *folder)
{
	size_t size = strlen(folder);
	return strncmp(path, folder, size) == 0 && path[size] == '/';
}

static bool has_link(const char *folder, const struct entry *link)
{
	char path[PATH_MAX], target[PATH_MAX];
	int size = snprintf(path, sizeof(path), "%s/%s", folder, link->path);
	ssize_t found = size > 0 && (size_t)size < sizeof(path)
				? readlink(path, target, sizeof(target) - 1)
				: -1;
	target[found > 0 ? found : 0] = '\0';
	return found > 0 && strcmp(target, link->target) == 0;
}

/* The package's index, or the count of all when it is of none. */
static size_t find_origin(const struct origins *origins, const struct entry *entry)
{
	size_t i = 0;
	for (; i < origins->lock->count; i++) {
		if (entry->kind == ENTRY_LINK
				? has_link(origins->folders[i], entry)
				: entry->origin != NULL &&
					  is_below(entry->origin, origins->folders[i])) {
			break;
		}
	}
	return i;
}

/* Folders are everybody's: what decides is files and links. */
static void find_used(struct origins *origins, const struct tree *tree)
{
	for (size_t i = 0; i < tree->count; i++) {
		const struct entry *entry = &tree->items[i];
		size_t from = entry->kept && entry->kind != ENTRY_FOLDER
				      ? find_origin(origins, entry)
				      : origins->lock->count;
		if (from < origins->lock->count) {
			origins->used[from] = true;
			origins->bytes[from] += entry->size;
		}
	}
}

/* What our own programs were built from: their installation says it. NULL when it does not. */
static char *read_commit(const struct work *work)
{
	struct buffer text;
	struct error ignored;
	if (work->options.own == NULL || work->manifest.own.count == 0) {
		return NULL;
	}
	char *path = mem_print("%s/" COMMIT_PATH, work->options.own);
	bool found = disk_read(path, COMMIT_SIZE_MAX, &text, &ignored);
	free(path);
	if (!found) {
		return NULL;
	}
	text.data[strcspn(text.data, " \t\r\n")] = '\0';
	return text.data;
}

void provenance_stamp(const struct work *work, struct stamp *stamp)
{
	char *commit = read_commit(work);
	stamp_add(stamp, "sill " SILL_VERSION " %s", commit != NULL ? commit : "");
	free(commit);
}

static void add_text(struct tree *added, const char *path, struct buffer *text)
{
	tree_add(added, (struct entry){.path = mem_copy(path),
				.kind = ENTRY_FILE,
				.mode = 0644,
				.content = text->data,
				.size = text->size,
				.kept = true});
}

static void print_versions(
	const struct origins *origins, const struct work *work, struct buffer *out)
{
	char *commit = read_commit(work);
	buffer_print(out, "sill ( %s ): " SILL_VERSION "%s%s\n", work->arch,
		commit != NULL ? " " : "", commit != NULL ? commit : "");
	for (size_t i = 0; i < origins->lock->count; i++) {
		const struct package *package = &origins->lock->packages[i];
		if (origins->used[i]) {
			buffer_print(out, "%s: %s\n", package->name, package->version);
		}
	}
	free(commit);
}

/* dpkg's own list: scanners read it where there is no dpkg. */
static void print_dpkg_status(const struct origins *origins, struct buffer *out)
{
	for (size_t i = 0; i < origins->lock->count; i++) {
		const struct package *package = &origins->lock->packages[i];
		if (origins->used[i]) {
			buffer_print(out,
				"Package: %s\nStatus: install ok installed\nInstalled-Size: %zu\n"
				"Architecture: %s\nSource: %s\nVersion: %s\n\n",
				package->name, origins->bytes[i] / 1024, package->arch,
				package->source, package->version);
		}
	}
}

/*
 * As Azure Linux's own images without a package manager have it: NAME VERSION-RELEASE INSTALLTIME
 * BUILDTIME VENDOR (none) SIZE ARCH EPOCHNUM SOURCERPM.
 */
static void print_container_manifest(const struct origins *origins, struct buffer *out)
{
	for (size_t i = 0; i < origins->lock->count; i++) {
		const struct package *package = &origins->lock->packages[i];
		const char *colon = strchr(package->version, ':');
		const char *version = colon != NULL ? colon + 1 : package->version;
		if (origins->used[i]) {
			buffer_print(out, "%s\t%s\t0\t0\t(none)\t(none)\t%zu\t%s\t%.*s\t%s\n",
				package->name, version, origins->bytes[i], package->arch,
				colon != NULL ? (int)(colon - package->version) : 1,
				colon != NULL ? package->version : "0", package->source);
		}
	}
}

void provenance_add(const struct work *work, const struct lock *lock, struct tree *tree)
{
	struct origins origins;
	struct buffer versions = {0}, packages = {0};
	buffer_add(&packages, "", 0);
	origins_init(&origins, work, lock);
	find_used(&origins, tree);
	print_versions(&origins, work, &versions);
	add_text(tree, "etc/versions.txt", &versions);
	if (base_find(work->manifest.base)->format == PACKAGES_DEB) {
		print_dpkg_status(&origins, &packages);
		add_text(tree, "var/lib/dpkg/status", &packages);
	} else {
		print_container_manifest(&origins, &packages);
		add_text(tree, "var/lib/rpmmanifest/container-manifest-2", &packages);
	}
	origins_finish(&origins);
	tree_sort(tree);
}

static void attribute(struct contents *contents, const struct origins *origins, struct tree *tree)
{
	for (size_t i = 0; i < contents->count; i++) {
		struct content *item = &contents->items[i];
		const struct entry *entry = tree_find(tree, item->path);
		size_t from = entry != NULL && item->kind != ENTRY_FOLDER
				      ? find_origin(origins, entry)
				      : origins->lock->count;
		if (from < origins->lock->count) {
			item->package = mem_copy(origins->lock->packages[from].name);
		}
	}
}

/* The package that a package's documentation is really in: it may be a link to another's. */
static const struct package *documented_in(const struct origins *origins, size_t index)
{
	char path[PATH_MAX], target[PATH_MAX];
	const struct package *package = &origins->lock->packages[index];
	snprintf(path, sizeof(path), "%s/usr/share/doc/%s", origins->folders[index], package->name);
	ssize_t size = readlink(path, target, sizeof(target) - 1);
	if (size <= 0) {
		return package;
	}
	target[size] = '\0';
	const char *slash = strrchr(target, '/');
	return lock_find(origins->lock, slash != NULL ? slash + 1 : target);
}

static bool read_copyright(
	const struct origins *origins, const struct package *package, struct buffer *ret)
{
	struct error ignored;
	char *path = mem_print("%s/usr/share/doc/%s/copyright",
		origins->folders[package - origins->lock->packages], package->name);
	bool found = disk_read(path, COPYRIGHT_SIZE_MAX, ret, &ignored) && ret->data != NULL;
	free(path);
	return found;
}

/*
 * What the lock says; else, as for Debian whose indexes say nothing, what the package names itself;
 * and where it names none, its own words.
 */
static void find_licence(
	const struct origins *origins, size_t index, struct source_package *ret_package)
{
	const char *known = origins->lock->packages[index].licence;
	const struct package *from = documented_in(origins, index);
	struct buffer text = {0};
	if (known[0] != '\0' || from == NULL || !read_copyright(origins, from, &text)) {
		ret_package->licence = mem_copy(known);
		return;
	}
	ret_package->licence = copyright_licences(text.data);
	if (ret_package->licence[0] == '\0') {
		ret_package->copyright = copyright_text(text.data, strlen(text.data));
	}
	buffer_finish(&text);
}

static void add_packages(struct contents *contents, const struct origins *origins)
{
	for (size_t i = 0; i < origins->lock->count; i++) {
		const struct package *it = &origins->lock->packages[i];
		if (origins->used[i]) {
			struct source_package package = {.name = mem_copy(it->name),
				.version = mem_copy(it->version),
				.arch = mem_copy(it->arch),
				.source = mem_copy(it->source)};
			find_licence(origins, i, &package);
			memcpy(package.sha256, it->sha256, DIGEST_SIZE);
			contents_add_package(contents, package);
		}
	}
}

static void digest_lock(const struct lock *lock, char ret_hex[static DIGEST_SIZE])
{
	struct buffer text = {0};
	lock_write(lock, &text);
	digest_bytes(text.data, text.size, ret_hex);
	buffer_finish(&text);
}

bool provenance_record(
	const struct work *work, const struct lock *lock, struct tree *tree, struct error *err)
{
	struct origins origins;
	struct contents contents = {.name = mem_copy(work->manifest.name),
		.arch = mem_copy(work->arch),
		.base = mem_copy(work->manifest.base),
		.commit = read_commit(work)};
	digest_lock(lock, contents.lock);
	origins_init(&origins, work, lock);
	find_used(&origins, tree);
	bool ok = contents_scan(work->tree_path, &contents, err);
	if (ok) {
		struct buffer text = {0};
		attribute(&contents, &origins, tree);
		add_packages(&contents, &origins);
		contents_write(&contents, &text);
		char *path = work_artefact(work, "contents.json");
		ok = disk_write(path, text.data, text.size, err);
		free(path);
		buffer_finish(&text);
	}
	origins_finish(&origins);
	contents_finish(&contents);
	return ok;
}
