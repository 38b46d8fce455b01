// SPDX-License-Identifier: MIT
#include "rootfs-manifest/manifest.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "rootfs-manifest/memory.h"
#include "rootfs-manifest/rules.h"

#define DEFAULT_KEY "/usr/share/keyrings/debian-archive-keyring.gpg"
#define ID_MAX 65534

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define AT(type, member) .offset = offsetof(struct type, member)
#define SCHEMA(type)                                                                               \
	.fields = type##_fields, .count = COUNT(type##_fields), .size = sizeof(struct type)
#define ITEM(type) {SCHEMA(type), .place = (int)offsetof(struct type, place)}

static const struct field repository_fields[] = {
	{"name", FIELD_TEXT, AT(repository, name), .required = true, .problem = rule_word},
	{"archive", FIELD_TEXT, AT(repository, archive), .problem = rule_archive},
	{"suite", FIELD_TEXT, AT(repository, suite), .required = true, .problem = rule_suite},
	{"components", FIELD_TEXTS, AT(repository, components), .required = true,
		.problem = rule_suite},
	{"key", FIELD_TEXT, AT(repository, key)},
	{"priority", FIELD_NUMBER, AT(repository, priority), .absent = 500, .most = 1000},
};
static const struct schema repository_schema = ITEM(repository);

static const struct field wanted_package_fields[] = {
	{"name", FIELD_TEXT, AT(wanted_package, name), .required = true, .problem = rule_package},
	{"from", FIELD_TEXT, AT(wanted_package, from), .problem = rule_word},
};
static const struct schema wanted_package_schema = {SCHEMA(wanted_package),
	.place = (int)offsetof(struct wanted_package, place), .shorthand = true};

static const struct field user_fields[] = {
	{"name", FIELD_TEXT, AT(user, name), .required = true, .problem = rule_word},
	{"uid", FIELD_NUMBER, AT(user, uid), .required = true, .most = ID_MAX},
	{"home", FIELD_TEXT, AT(user, home), .problem = rule_account_field},
	{"shell", FIELD_TEXT, AT(user, shell), .problem = rule_account_field},
};
static const struct schema user_schema = ITEM(user);

static const struct field group_fields[] = {
	{"name", FIELD_TEXT, AT(group, name), .required = true, .problem = rule_word},
	{"gid", FIELD_NUMBER, AT(group, gid), .required = true, .most = ID_MAX},
	{"members", FIELD_TEXTS, AT(group, members), .problem = rule_word},
};
static const struct schema group_schema = ITEM(group);

static const struct field directory_fields[] = {
	{"path", FIELD_TEXT, AT(directory, path), .required = true, .problem = rule_path},
	{"mode", FIELD_MODE, AT(directory, mode), .absent = 0755},
};
static const struct schema directory_schema = {
	SCHEMA(directory), .place = (int)offsetof(struct directory, place), .shorthand = true};

static const struct field link_fields[] = {
	{"path", FIELD_TEXT, AT(link, path), .required = true, .problem = rule_path},
	{"target", FIELD_TEXT, AT(link, target), .required = true},
};
static const struct schema link_schema = ITEM(link);

static const struct field file_fields[] = {
	{"path", FIELD_TEXT, AT(file, path), .required = true, .problem = rule_path},
	{"source", FIELD_TEXT, AT(file, source)},
	{"content", FIELD_TEXT, AT(file, content)},
	{"append", FIELD_TEXT, AT(file, append)},
	{"mode", FIELD_MODE, AT(file, mode), .absent = 0644},
};
static const struct schema file_schema = ITEM(file);

static const struct field keep_fields[] = {
	{"entries", FIELD_TEXTS, AT(manifest, keep.entries), .required = true,
		.problem = rule_pattern},
	{"data", FIELD_TEXTS, AT(manifest, keep.data), .problem = rule_pattern},
	{"drop", FIELD_TEXTS, AT(manifest, keep.drop), .problem = rule_pattern},
};
static const struct field pack_fields[] = {
	{"format", FIELD_TEXT, AT(manifest, pack.format), .required = true, .problem = rule_format},
	{"compression", FIELD_TEXT, AT(manifest, pack.compression), .required = true,
		.problem = rule_compression},
	{"level", FIELD_NUMBER, AT(manifest, pack.level), .absent = 9, .most = 12},
	{"cluster", FIELD_NUMBER, AT(manifest, pack.cluster), .absent = 65536, .most = 1048576},
	{"uuid", FIELD_TEXT, AT(manifest, pack.uuid), .required = true, .problem = rule_uuid},
};
static const struct field budget_fields[] = {
	{"bytes", FIELD_NUMBER, AT(manifest, budget.bytes), .absent = -1, .most = LONG_MAX},
	{"packages", FIELD_NUMBER, AT(manifest, budget.packages), .absent = -1, .most = LONG_MAX},
	{"files", FIELD_NUMBER, AT(manifest, budget.files), .absent = -1, .most = LONG_MAX},
};
// Sections of the manifest itself: their members are counted from its start.
static const struct schema keep_schema = {keep_fields, COUNT(keep_fields), .place = -1};
static const struct schema pack_schema = {pack_fields, COUNT(pack_fields), .place = -1};
static const struct schema budget_schema = {budget_fields, COUNT(budget_fields), .place = -1};

static const struct field manifest_fields[] = {
	{"name", FIELD_TEXT, AT(manifest, name), .required = true, .problem = rule_word},
	{"base", FIELD_TEXT, AT(manifest, base), .required = true, .problem = rule_base},
	{"architectures", FIELD_TEXTS, AT(manifest, architectures), .required = true,
		.problem = rule_arch},
	{"repositories", FIELD_RECORDS, AT(manifest, repositories), .required = true,
		.schema = &repository_schema},
	{"packages", FIELD_RECORDS, AT(manifest, packages), .required = true,
		.schema = &wanted_package_schema},
	{"excludes", FIELD_TEXTS, AT(manifest, excludes), .problem = rule_package},
	{"users", FIELD_RECORDS, AT(manifest, users), .schema = &user_schema},
	{"groups", FIELD_RECORDS, AT(manifest, groups), .schema = &group_schema},
	{"directories", FIELD_RECORDS, AT(manifest, directories), .schema = &directory_schema},
	{"links", FIELD_RECORDS, AT(manifest, links), .schema = &link_schema},
	{"files", FIELD_RECORDS, AT(manifest, files), .schema = &file_schema},
	{"own", FIELD_TEXTS, AT(manifest, own), .problem = rule_pattern},
	{"keep", FIELD_RECORD, .required = true, .schema = &keep_schema},
	{"pack", FIELD_RECORD, .required = true, .schema = &pack_schema},
	{"budget", FIELD_RECORD, .schema = &budget_schema},
};
static const struct schema manifest_schema = {SCHEMA(manifest), .place = -1};

struct check {
	const char *file;
	const struct manifest *manifest;
	struct error *err;
};

static bool fail_at(const struct check *check, struct place at, const char *what, const char *text)
{
	return fail_input(
		check->err, "%s:%u:%u: %s '%s'", check->file, at.line, at.column, what, text);
}

static bool check_repositories(const struct check *check)
{
	const struct repository *items = check->manifest->repositories.items;
	for (size_t i = 0; i < check->manifest->repositories.count; i++) {
		if (items[i].components.count == 0) {
			return fail_at(check, items[i].place, "no components in", items[i].name);
		}
		for (size_t j = 0; j < i; j++) {
			if (strcmp(items[i].name, items[j].name) == 0) {
				return fail_at(
					check, items[i].place, "second repository", items[i].name);
			}
		}
	}
	return true;
}

static bool has_repository(const struct manifest *manifest, const char *name)
{
	const struct repository *items = manifest->repositories.items;
	for (size_t i = 0; i < manifest->repositories.count; i++) {
		if (strcmp(items[i].name, name) == 0) {
			return true;
		}
	}
	return false;
}

static bool check_packages(const struct check *check)
{
	const struct wanted_package *items = check->manifest->packages.items;
	for (size_t i = 0; i < check->manifest->packages.count; i++) {
		if (items[i].from != NULL && !has_repository(check->manifest, items[i].from)) {
			return fail_at(check, items[i].place, "no such repository:", items[i].from);
		}
		if (strings_has(&check->manifest->excludes, items[i].name)) {
			return fail_at(
				check, items[i].place, "wanted and excluded:", items[i].name);
		}
		for (size_t j = 0; j < i; j++) {
			if (strcmp(items[i].name, items[j].name) == 0) {
				return fail_at(
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
				return fail_at(check, items[i].place,
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
			return fail_at(check, file->place,
				"needs one of 'source', 'content' and 'append':", file->path);
		}
		if ((file->mode & 01002) != 0) {
			return fail_at(check, file->place, "world-writable:", file->path);
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
			return fail_at(check, items[i].place, "bad target of", items[i].path);
		}
	}
	return true;
}

static void add_defaults(struct manifest *manifest)
{
	struct repository *items = manifest->repositories.items;
	for (size_t i = 0; i < manifest->repositories.count; i++) {
		if (items[i].archive == NULL) {
			items[i].archive = mem_copy("debian");
		}
		if (items[i].key == NULL) {
			items[i].key = mem_copy(DEFAULT_KEY);
		}
	}
}

bool manifest_parse(const char *file, const char *text, size_t size, struct manifest *ret_manifest,
	struct error *err)
{
	struct node root;
	if (!document_parse(file, text, size, &root, err)) {
		return false;
	}
	struct manifest manifest = {0};
	bool ok = schema_read(&manifest_schema, file, &root, &manifest, err);
	document_finish(&root);
	struct check check = {file, &manifest, err};
	if (!ok || !check_repositories(&check) || !check_packages(&check) || !check_users(&check) ||
		!check_files(&check) || !check_links(&check)) {
		manifest_finish(&manifest);
		return false;
	}
	add_defaults(&manifest);
	*ret_manifest = manifest;
	return true;
}

void manifest_finish(struct manifest *manifest)
{
	schema_finish(&manifest_schema, manifest);
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
		buffer_print(&out, "repository %s %s %s %ld\n", it->name, it->archive, it->suite,
			it->priority);
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
