// SPDX-License-Identifier: MIT
#include "rootfs-manifest/manifest_schema.h"

#include <limits.h>

#include "rootfs-manifest/manifest.h"
#include "rootfs-manifest/rules.h"

#define ID_MAX 65534

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define AT(type, member) .offset = offsetof(struct type, member)
#define SCHEMA(type)                                                                               \
	.fields = type##_fields, .count = COUNT(type##_fields), .size = sizeof(struct type)
#define ITEM(type) {SCHEMA(type), .place = (int)offsetof(struct type, place)}

static const char *const bases[] = {"debian", "azurelinux", NULL};
static const char *const archives[] = {"debian", "debian-security", NULL};
// An image, or what boots one in a virtual machine.
static const char *const formats[] = {"erofs", "initramfs,kernel", NULL};
static const char *const compressions[] = {"lz4hc", "lz4", "none", NULL};
static const char *const selinux_modes[] = {"disabled", "permissive", "enforcing", NULL};

static const struct field repository_fields[] = {
	{"name", FIELD_TEXT, AT(repository, name), .required = true, .problem = rule_word},
	{"archive", FIELD_TEXT, AT(repository, archive), .choices = archives},
	{"url", FIELD_TEXT, AT(repository, url), .problem = rule_url},
	{"suite", FIELD_TEXT, AT(repository, suite), .problem = rule_suite},
	{"components", FIELD_TEXTS, AT(repository, components), .problem = rule_suite},
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

static const struct field need_fields[] = {
	{"when", FIELD_TEXT, AT(need, when), .required = true, .problem = rule_pattern},
	{"files", FIELD_TEXTS, AT(need, files), .required = true, .problem = rule_pattern},
	{"why", FIELD_TEXT, AT(need, why), .required = true},
};
static const struct schema need_schema = ITEM(need);

static const struct field profile_fields[] = {
	{"source", FIELD_TEXT, AT(profile, source), .required = true},
};
static const struct schema profile_schema = {
	SCHEMA(profile), .place = (int)offsetof(struct profile, place), .shorthand = true};

static const struct field selinux_fields[] = {
	{"mode", FIELD_TEXT, AT(manifest, selinux.mode), .required = true,
		.choices = selinux_modes},
	{"policy", FIELD_TEXT, AT(manifest, selinux.policy), .problem = rule_word},
	{"contexts", FIELD_TEXT, AT(manifest, selinux.contexts), .required = true},
};

static const struct field keep_fields[] = {
	{"entries", FIELD_TEXTS, AT(manifest, keep.entries), .required = true,
		.problem = rule_pattern},
	{"data", FIELD_TEXTS, AT(manifest, keep.data), .problem = rule_pattern},
	{"drop", FIELD_TEXTS, AT(manifest, keep.drop), .problem = rule_pattern},
};
static const struct field pack_fields[] = {
	{"format", FIELD_TEXT, AT(manifest, pack.format), .required = true, .choices = formats},
	{"compression", FIELD_TEXT, AT(manifest, pack.compression), .required = true,
		.choices = compressions},
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
static const struct schema selinux_schema = {selinux_fields, COUNT(selinux_fields),
	.place = (int)offsetof(struct manifest, selinux.place)};
static const struct schema pack_schema = {pack_fields, COUNT(pack_fields), .place = -1};
static const struct schema budget_schema = {budget_fields, COUNT(budget_fields), .place = -1};

/* The first of these are the manifest's alone; the others may also stand in a part of it. */
#define HEAD_FIELDS 3
static const struct field manifest_fields[] = {
	{"name", FIELD_TEXT, AT(manifest, name), .required = true, .problem = rule_word},
	{"base", FIELD_TEXT, AT(manifest, base), .required = true, .choices = bases},
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
	{"services", FIELD_TEXTS, AT(manifest, services), .problem = rule_path},
	{"apparmor", FIELD_RECORDS, AT(manifest, apparmor), .schema = &profile_schema},
	{"selinux", FIELD_RECORD, .schema = &selinux_schema},
	{"own", FIELD_TEXTS, AT(manifest, own), .problem = rule_pattern},
	{"needs", FIELD_RECORDS, AT(manifest, needs), .schema = &need_schema},
	{"keep", FIELD_RECORD, .required = true, .schema = &keep_schema},
	{"pack", FIELD_RECORD, .required = true, .schema = &pack_schema},
	{"budget", FIELD_RECORD, .schema = &budget_schema},
};
const struct schema manifest_schema = {SCHEMA(manifest), .place = -1};
const struct schema manifest_part_schema = {manifest_fields + HEAD_FIELDS,
	COUNT(manifest_fields) - HEAD_FIELDS, sizeof(struct manifest), .place = -1};
