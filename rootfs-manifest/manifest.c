// SPDX-License-Identifier: MIT
#include "rootfs-manifest/manifest.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "rootfs-manifest/base.h"
#include "rootfs-manifest/compose.h"
#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/manifest_schema.h"
#include "rootfs-manifest/memory.h"

const struct repository *manifest_repository(const struct manifest *manifest, const char *name)
{
	const struct repository *items = manifest->repositories.items;
	for (size_t i = 0; i < manifest->repositories.count; i++) {
		if (strcmp(items[i].name, name) == 0) {
			return &items[i];
		}
	}
	return NULL;
}

struct check {
	const struct manifest *manifest;
	struct error *err;
};

static bool complain(const struct check *check, struct place at, const char *what, const char *text)
{
	return fail_at(check->err, at, "%s '%s'", what, text);
}

static bool check_deb_repository(const struct check *check, const struct repository *repository)
{
	if (repository->suite == NULL || repository->components.count == 0) {
		return complain(
			check, repository->place, "no suite or no components in", repository->name);
	}
	if (repository->url != NULL && repository->archive != NULL) {
		return complain(check, repository->place, "url and archive are both given in",
			repository->name);
	}
	return true;
}

static bool check_rpm_repository(const struct check *check, const struct repository *repository)
{
	if (repository->url == NULL || repository->key == NULL) {
		return complain(check, repository->place, "no url or no key in", repository->name);
	}
	if (repository->suite != NULL || repository->archive != NULL ||
		repository->components.count != 0) {
		return complain(check, repository->place,
			"archive, suite and components are Debian's: there are none in",
			repository->name);
	}
	return true;
}

static bool check_repositories(const struct check *check)
{
	const struct repository *items = check->manifest->repositories.items;
	bool is_deb = base_find(check->manifest->base)->format == PACKAGES_DEB;
	for (size_t i = 0; i < check->manifest->repositories.count; i++) {
		if (manifest_repository(check->manifest, items[i].name) != &items[i]) {
			return complain(check, items[i].place, "second repository", items[i].name);
		}
		if (is_deb ? !check_deb_repository(check, &items[i])
			   : !check_rpm_repository(check, &items[i])) {
			return false;
		}
	}
	return true;
}

static bool check_packages(const struct check *check)
{
	const struct wanted_package *items = check->manifest->packages.items;
	for (size_t i = 0; i < check->manifest->packages.count; i++) {
		if (items[i].from != NULL &&
			manifest_repository(check->manifest, items[i].from) == NULL) {
			return complain(
				check, items[i].place, "no such repository:", items[i].from);
		}
		if (strings_has(&check->manifest->excludes, items[i].name)) {
			return complain(
				check, items[i].place, "wanted and excluded:", items[i].name);
		}
		for (size_t j = 0; j < i; j++) {
			if (strcmp(items[i].name, items[j].name) == 0) {
				return complain(
					check, items[i].place, "second package", items[i].name);
			}
		}
	}
	return true;
}

static bool check_users(const struct check *check)
{
	const struct user *items = check->manifest->users.items;
	for (size_t i = 0; i < check->manifest->users.count; i++) {
		for (size_t j = 0; j < i; j++) {
			if (strcmp(items[i].name, items[j].name) == 0 ||
				items[i].uid == items[j].uid) {
				return complain(check, items[i].place,
					"second user with the name or uid of", items[j].name);
			}
		}
	}
	return true;
}

static bool check_files(const struct check *check)
{
	const struct file *items = check->manifest->files.items;
	for (size_t i = 0; i < check->manifest->files.count; i++) {
		const struct file *file = &items[i];
		int given =
			(file->source != NULL) + (file->content != NULL) + (file->append != NULL);
		if (given != 1) {
			return complain(check, file->place,
				"needs one of 'source', 'content' and 'append':", file->path);
		}
		if ((file->mode & 01002) != 0) {
			return complain(check, file->place, "world-writable:", file->path);
		}
	}
	return true;
}

static bool check_links(const struct check *check)
{
	const struct link *items = check->manifest->links.items;
	for (size_t i = 0; i < check->manifest->links.count; i++) {
		size_t size = strlen(items[i].target);
		if (size == 0 || size >= PATH_MAX) {
			return complain(check, items[i].place, "bad target of", items[i].path);
		}
	}
	return true;
}

/* A path as it is seen from where it was written. */
static void resolve(char **path, struct place at)
{
	if (*path != NULL) {
		char *seen = disk_beside(at.file, *path);
		free(*path);
		*path = seen;
	}
}

static void resolve_paths(struct manifest *manifest)
{
	struct repository *repositories = manifest->repositories.items;
	for (size_t i = 0; i < manifest->repositories.count; i++) {
		resolve(&repositories[i].key, repositories[i].place);
	}
	struct file *files = manifest->files.items;
	for (size_t i = 0; i < manifest->files.count; i++) {
		resolve(&files[i].source, files[i].place);
	}
	struct profile *profiles = manifest->apparmor.items;
	for (size_t i = 0; i < manifest->apparmor.count; i++) {
		resolve(&profiles[i].source, profiles[i].place);
	}
	resolve(&manifest->selinux.contexts, manifest->selinux.place);
}

static void add_defaults(struct manifest *manifest)
{
	const struct base *base = base_find(manifest->base);
	struct repository *items = manifest->repositories.items;
	for (size_t i = 0; i < manifest->repositories.count; i++) {
		if (items[i].archive == NULL && items[i].url == NULL) {
			items[i].archive = mem_copy("debian");
		}
		if (items[i].key == NULL) {
			items[i].key = mem_copy(base->key);
		}
	}
}

static bool check_all(const struct manifest *manifest, struct error *err)
{
	struct check check = {manifest, err};
	return check_repositories(&check) && check_packages(&check) && check_users(&check) &&
	       check_files(&check) && check_links(&check);
}

/* What a variant makes is another image: it has a lock and a file of its own. */
static void add_variant(struct manifest *manifest, const char *variant)
{
	char *name = mem_print("%s-%s", manifest->name, variant);
	free(manifest->name);
	manifest->name = name;
}

bool manifest_read(
	const struct manifest_source *source, struct manifest *ret_manifest, struct error *err)
{
	struct node root = {0};
	struct manifest manifest = {0};
	struct compose how = {
		.schema = &manifest_schema,
		.part = &manifest_part_schema,
		.arch = source->arch,
		.variant = source->variant,
		.read = source->read,
		.data = source->data,
	};
	bool ok = compose(&how, source->file, &root, err) &&
		  schema_read(&manifest_schema, &root, &manifest, err) && check_all(&manifest, err);
	document_finish(&root);
	if (ok && source->variant != NULL && !how.has_variant) {
		ok = fail_input(err, "%s: it has no variant '%s'", source->file, source->variant);
	}
	manifest.documents = how.files;
	if (!ok) {
		manifest_finish(&manifest);
		return false;
	}
	if (source->variant != NULL) {
		add_variant(&manifest, source->variant);
	}
	add_defaults(&manifest);
	resolve_paths(&manifest);
	*ret_manifest = manifest;
	return true;
}

void manifest_finish(struct manifest *manifest)
{
	schema_finish(&manifest_schema, manifest);
	strings_finish(&manifest->documents);
	*manifest = (struct manifest){0};
}

static void print_strings(struct buffer *buffer, const char *key, const struct strings *strings)
{
	for (size_t i = 0; i < strings->count; i++) {
		buffer_print(buffer, "%s %s\n", key, strings->items[i]);
	}
}

char *manifest_choices(const struct manifest *manifest)
{
	struct buffer out = {0};
	buffer_print(&out, "name %s\nbase %s\n", manifest->name, manifest->base);
	const struct repository *repositories = manifest->repositories.items;
	for (size_t i = 0; i < manifest->repositories.count; i++) {
		const struct repository *it = &repositories[i];
		const char *where = it->url != NULL ? it->url : it->archive;
		buffer_print(&out, "repository %s %s %s %ld\n", it->name, where,
			it->suite != NULL ? it->suite : "-", it->priority);
		print_strings(&out, "component", &it->components);
	}
	const struct wanted_package *packages = manifest->packages.items;
	for (size_t i = 0; i < manifest->packages.count; i++) {
		const char *from = packages[i].from != NULL ? packages[i].from : "any";
		buffer_print(&out, "package %s from %s\n", packages[i].name, from);
	}
	print_strings(&out, "exclude", &manifest->excludes);
	return out.data;
}
