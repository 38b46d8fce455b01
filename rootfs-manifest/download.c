// SPDX-License-Identifier: MIT
#include "rootfs-manifest/download.h"

#include <stdlib.h>
#include <string.h>

#include "rootfs-manifest/cache.h"
#include "rootfs-manifest/fetch.h"
#include "rootfs-manifest/memory.h"
#include "rootfs-manifest/mirror.h"
#include "rootfs-manifest/progress.h"

/* The downloads and which package each is for; they own their url and path. */
struct batch {
	struct fetch *fetches;
	const struct package **packages;
	size_t count;
	size_t bytes;
};

/* Where the package's repository is; NULL, and why, where that is not known. */
static char *find_url(const struct download *from, const struct package *package, const char *arch,
	struct error *err)
{
	const struct repository *repository =
		manifest_repository(from->manifest, package->repository);
	if (repository == NULL) {
		fail(err, "package %s is from a repository '%s' that the manifest does not have",
			package->name, package->repository);
		return NULL;
	}
	char *url = mirror_of(repository, arch, from->mirror);
	if (url == NULL) {
		fail(err, "package %s is on a mirror of %s, and this machine knows none",
			package->name, repository->archive);
	}
	return url;
}

static bool add_missing(struct batch *batch, const struct download *from,
	const struct package *package, const char *arch, struct strings *gone, struct error *err)
{
	char *path;
	if (!cache_path(from->cache, package->sha256, &path, err)) {
		return false;
	}
	if (cache_has(path, package->size)) {
		free(path);
		return true;
	}
	// A mirror that is not known is one that does not have it.
	char *base = find_url(from, package, arch, err);
	if (base == NULL) {
		free(path);
		strings_add(gone, package->name);
		return false;
	}
	batch->packages[batch->count] = package;
	batch->fetches[batch->count++] = (struct fetch){
		.url = mem_print("%s/%s", base, package->path),
		.path = path,
		.sha256 = package->sha256,
		.size = package->size,
		.is_size_exact = true,
	};
	batch->bytes += (size_t)package->size;
	free(base);
	return true;
}

static void show(void *data, size_t files, size_t bytes)
{
	progress_show(data, files, bytes);
}

static bool report(const struct batch *batch, struct strings *gone, struct error *err)
{
	bool ok = true;
	for (size_t i = 0; i < batch->count; i++) {
		const struct fetch *fetch = &batch->fetches[i];
		if (fetch->result == FETCH_GONE) {
			strings_add(gone, batch->packages[i]->name);
		}
		// A package that is there but wrong matters more than one that is gone.
		bool worse = ok || fetch->result == FETCH_FAILED;
		if (fetch->result != FETCH_DONE && worse) {
			ok = fail(err, "package %s: %s: %s", batch->packages[i]->name, fetch->url,
				fetch->problem);
		}
	}
	for (size_t i = 0; i < batch->count; i++) {
		if (batch->fetches[i].result == FETCH_FAILED) {
			strings_finish(gone);
		}
	}
	return ok;
}

static void batch_finish(struct batch *batch)
{
	for (size_t i = 0; i < batch->count; i++) {
		free((char *)batch->fetches[i].url);
		free((char *)batch->fetches[i].path);
	}
	free(batch->fetches);
	free(batch->packages);
}

bool download_packages(const struct download *from, const struct lock *lock,
	struct strings *ret_gone, struct error *err)
{
	struct batch batch = {
		.fetches = mem_alloc(lock->count * sizeof(*batch.fetches)),
		.packages = mem_alloc(lock->count * sizeof(struct package *)),
	};
	bool ok = true;
	for (size_t i = 0; ok && i < lock->count; i++) {
		ok = add_missing(&batch, from, &lock->packages[i], lock->arch, ret_gone, err);
	}
	if (ok && batch.count != 0) {
		struct progress progress;
		progress_begin(&progress, "fetch", batch.count, batch.bytes);
		fetch_all(batch.fetches, batch.count, show, &progress);
		ok = report(&batch, ret_gone, err);
		progress_end(&progress, "%zu packages, %.1f MB%s", batch.count,
			(double)batch.bytes / 1e6, ok ? "" : ", not all of them");
	}
	batch_finish(&batch);
	return ok;
}
