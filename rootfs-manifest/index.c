// SPDX-License-Identifier: MIT
#include "rootfs-manifest/index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "rootfs-manifest/cache.h"
#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/fetch.h"
#include "rootfs-manifest/memory.h"
#include "rootfs-manifest/mirror.h"
#include "rootfs-manifest/process.h"
#include "rootfs-manifest/release.h"

#define INDEX_SIZE_MAX (256L * 1024 * 1024)

/* What is being fetched from where. */
struct visit {
	const struct index_source *source;
	const struct repository *repository;
	char *dists; // MIRROR/dists/SUITE
	struct error *err;
};

static bool fetch_one(struct visit *visit, struct fetch *fetch)
{
	fetch_all(fetch, 1, NULL, NULL);
	return fetch->result == FETCH_DONE ||
	       fail(visit->err, "%s: %s", fetch->url, fetch->problem);
}

/* Only what the signature covers comes out of gpgv; what stands around it is never read. */
static bool verify_release(struct visit *visit, const char *signed_path, const char *plain_path,
	struct buffer *ret_text)
{
	// Without a '/' in its name gpgv would look for the keyring in its own home.
	const char *given = visit->repository->key;
	char *key = mem_print("%s%s", strchr(given, '/') != NULL ? "" : "./", given);
	const char *argv[] = {"gpgv", "--keyring", key, "--output", plain_path, signed_path, NULL};
	struct error why = {0};
	bool ok = process_run(argv, &why);
	if (!ok) {
		fail(visit->err, "%s/InRelease: the signature does not hold: %s", visit->dists,
			why.text);
	}
	free(key);
	return ok && disk_read(plain_path, RELEASE_SIZE_MAX, ret_text, visit->err);
}

static bool fetch_release(struct visit *visit, struct buffer *ret_text)
{
	char *url = mem_print("%s/InRelease", visit->dists);
	char *base = mem_print("%s/InRelease", visit->source->cache);
	char *signed_path = disk_part_name(base);
	char *plain_path = disk_part_name(base);
	struct fetch fetch = {.url = url, .path = signed_path, .size = RELEASE_SIZE_MAX};
	bool ok = fetch_one(visit, &fetch) &&
		  verify_release(visit, signed_path, plain_path, ret_text);
	unlink(signed_path);
	unlink(plain_path);
	free(url);
	free(base);
	free(signed_path);
	free(plain_path);
	return ok;
}

static bool check_date(const struct visit *visit, const char *release)
{
	time_t until = release_valid_until(release);
	if (until == 0 || (until > 0 && until >= time(NULL))) {
		return true;
	}
	if (until < 0) {
		return fail(
			visit->err, "%s/InRelease: its Valid-Until cannot be read", visit->dists);
	}
	char date[32];
	struct tm when;
	strftime(date, sizeof(date), "%Y-%m-%d", gmtime_r(&until, &when));
	if (visit->source->allow_expired) {
		fprintf(stderr, "sill: notice: %s/InRelease expired on %s\n", visit->dists, date);
		return true;
	}
	return fail(visit->err,
		"%s/InRelease: expired on %s; the mirror is stale, or use --allow-expired",
		visit->dists, date);
}

static char *index_url(const struct visit *visit, const char *folder, const char *sha256)
{
	if (sha256 != NULL) {
		return mem_print("%s/%s/by-hash/SHA256/%s", visit->dists, folder, sha256);
	}
	return mem_print("%s/%s/Packages.xz", visit->dists, folder);
}

static bool fetch_index(
	struct visit *visit, const char *release, const char *component, struct indexes *indexes)
{
	char sha256[DIGEST_SIZE];
	long size;
	char *path = NULL;
	char *folder = mem_print("%s/binary-%s", component, visit->source->arch);
	char *name = mem_print("%s/Packages.xz", folder);
	char *url = index_url(visit, folder, NULL);
	bool ok = release_find(release, name, sha256, &size) ||
		  fail(visit->err, "%s/InRelease: it has no %s", visit->dists, name);
	ok = ok && (size <= INDEX_SIZE_MAX || fail(visit->err, "%s: too large", url));
	ok = ok && cache_path(visit->source->cache, sha256, &path, visit->err);
	if (ok && !cache_has(path, size)) {
		if (release_has_by_hash(release)) {
			free(url);
			url = index_url(visit, folder, sha256);
		}
		struct fetch fetch = {.url = url, .path = path, .sha256 = sha256, .size = size};
		ok = fetch_one(visit, &fetch);
	}
	if (ok) {
		indexes->items =
			mem_grow(indexes->items, indexes->count + 1, sizeof(*indexes->items));
		indexes->items[indexes->count++] = (struct index){visit->repository, path};
	} else {
		free(path);
	}
	free(url);
	free(folder);
	free(name);
	return ok;
}

static bool visit_repository(struct visit *visit, struct indexes *indexes)
{
	struct buffer release;
	if (!fetch_release(visit, &release)) {
		return false;
	}
	bool ok =
		release_is_suite(release.data, visit->repository->suite) ||
		fail(visit->err, "%s/InRelease: it is the release of another suite", visit->dists);
	ok = ok && check_date(visit, release.data);
	for (size_t i = 0; ok && i < visit->repository->components.count; i++) {
		ok = fetch_index(
			visit, release.data, visit->repository->components.items[i], indexes);
	}
	buffer_finish(&release);
	return ok;
}

static bool add_repository(const struct index_source *source, const struct repository *repository,
	struct indexes *indexes, struct error *err)
{
	char *mirror = mirror_find(repository->archive, source->mirror);
	if (mirror == NULL && strcmp(repository->archive, "debian-security") == 0) {
		fprintf(stderr,
			"sill: notice: no mirror of debian-security is known: left out '%s'; set "
			"SILL_MIRROR_SECURITY=URL\n",
			repository->name);
		return true;
	}
	if (mirror == NULL) {
		return fail(
			err, "no Debian mirror in this machine's apt sources; set SILL_MIRROR=URL");
	}
	char *dists = mem_print("%s/dists/%s", mirror, repository->suite);
	struct visit visit = {source, repository, dists, err};
	bool ok = visit_repository(&visit, indexes);
	free(dists);
	free(mirror);
	return ok;
}

bool indexes_fetch(
	const struct index_source *source, struct indexes *ret_indexes, struct error *err)
{
	struct indexes indexes = {0};
	const struct repository *repositories = source->manifest->repositories.items;
	bool ok = disk_make_dirs(source->cache, err);
	for (size_t i = 0; ok && i < source->manifest->repositories.count; i++) {
		ok = add_repository(source, &repositories[i], &indexes, err);
	}
	if (!ok) {
		indexes_finish(&indexes);
		return false;
	}
	*ret_indexes = indexes;
	return true;
}

void indexes_finish(struct indexes *indexes)
{
	for (size_t i = 0; i < indexes->count; i++) {
		free(indexes->items[i].path);
	}
	free(indexes->items);
	*indexes = (struct indexes){0};
}
