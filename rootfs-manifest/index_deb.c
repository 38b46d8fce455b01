// SPDX-License-Identifier: MIT
#include "rootfs-manifest/index_format.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "rootfs-manifest/digest.h"
#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/memory.h"
#include "rootfs-manifest/release.h"
#include "rootfs-manifest/signature.h"

/* A suite of a Debian archive. */
struct suite {
	struct visit *visit;
	char *dists; // MIRROR/dists/SUITE
};

/* Only what the signature covers comes out of gpgv; what stands around it is never read. */
static bool verify_release(const struct suite *suite, const char *signed_path,
	const char *plain_path, struct buffer *ret_text)
{
	struct visit *visit = suite->visit;
	struct signature signature = {visit->repository->key, plain_path};
	struct error why = {0};
	if (!signature_open(&signature, signed_path, plain_path, &why)) {
		return fail(visit->err, "%s/InRelease: the signature does not hold: %s",
			suite->dists, why.text);
	}
	return disk_read(plain_path, RELEASE_SIZE_MAX, ret_text, visit->err);
}

static bool fetch_release(const struct suite *suite, struct buffer *ret_text)
{
	char *url = mem_print("%s/InRelease", suite->dists);
	char *base = mem_print("%s/InRelease", suite->visit->source->cache);
	char *signed_path = disk_part_name(base);
	char *plain_path = disk_part_name(base);
	bool ok = visit_fetch_aside(suite->visit, url, RELEASE_SIZE_MAX, signed_path) &&
		  verify_release(suite, signed_path, plain_path, ret_text);
	unlink(signed_path);
	unlink(plain_path);
	free(url);
	free(base);
	free(signed_path);
	free(plain_path);
	return ok;
}

static bool check_date(const struct suite *suite, const char *release)
{
	struct error *err = suite->visit->err;
	time_t until = release_valid_until(release);
	if (until == 0 || (until > 0 && until >= time(NULL))) {
		return true;
	}
	if (until < 0) {
		return fail(err, "%s/InRelease: its Valid-Until cannot be read", suite->dists);
	}
	char date[32];
	struct tm when;
	strftime(date, sizeof(date), "%Y-%m-%d", gmtime_r(&until, &when));
	if (suite->visit->source->allow_expired) {
		fprintf(stderr, "sill: notice: %s/InRelease expired on %s\n", suite->dists, date);
		return true;
	}
	return fail(err, "%s/InRelease: expired on %s; the mirror is stale, or use --allow-expired",
		suite->dists, date);
}

static bool add_index(const struct suite *suite, const char *release, const char *component,
	struct indexes *indexes)
{
	struct visit *visit = suite->visit;
	char sha256[DIGEST_SIZE];
	long size;
	char *folder = mem_print("%s/binary-%s", component, visit->source->arch);
	char *name = mem_print("%s/Packages.xz", folder);
	bool ok = release_find(release, name, sha256, &size) ||
		  fail(visit->err, "%s/InRelease: it has no %s", suite->dists, name);
	if (ok) {
		char *url = release_has_by_hash(release) ? mem_print("%s/%s/by-hash/SHA256/%s",
								   suite->dists, folder, sha256)
							 : mem_print("%s/%s", suite->dists, name);
		ok = visit_add(visit, url, sha256, size, indexes);
		free(url);
	}
	free(folder);
	free(name);
	return ok;
}

static bool visit_suite(const struct suite *suite, struct indexes *indexes)
{
	struct visit *visit = suite->visit;
	struct buffer release;
	if (!fetch_release(suite, &release)) {
		return false;
	}
	bool ok =
		release_is_suite(release.data, visit->repository->suite) ||
		fail(visit->err, "%s/InRelease: it is the release of another suite", suite->dists);
	ok = ok && check_date(suite, release.data);
	const struct strings *components = &visit->repository->components;
	for (size_t i = 0; ok && i < components->count; i++) {
		ok = add_index(suite, release.data, components->items[i], indexes);
	}
	buffer_finish(&release);
	return ok;
}

bool index_visit_deb(struct visit *visit, struct indexes *indexes)
{
	struct suite suite = {
		visit, mem_print("%s/dists/%s", visit->url, visit->repository->suite)};
	bool ok = visit_suite(&suite, indexes);
	free(suite.dists);
	return ok;
}
