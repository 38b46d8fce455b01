// SPDX-License-Identifier: MIT
#include "rootfs-manifest/visit.h"

#include <stdlib.h>

#include "rootfs-manifest/cache.h"
#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/fetch.h"
#include "rootfs-manifest/memory.h"

static bool fetch_one(struct visit *visit, struct fetch *fetch)
{
	fetch_all(fetch, 1, NULL, NULL);
	return fetch->result == FETCH_DONE ||
	       fail(visit->err, "%s: %s", fetch->url, fetch->problem);
}

bool visit_fetch_aside(struct visit *visit, const char *url, long most, const char *path)
{
	struct fetch fetch = {.url = url, .path = path, .size = most};
	return fetch_one(visit, &fetch);
}

bool visit_add(struct visit *visit, const char *url, const char *sha256, long size,
	struct indexes *indexes)
{
	char *path = NULL;
	bool ok = size <= INDEX_SIZE_MAX || fail(visit->err, "%s: too large", url);
	ok = ok && cache_path(visit->source->cache, sha256, &path, visit->err);
	bool is_cached = ok && (size >= 0 ? cache_has(path, size) : disk_exists(path));
	if (ok && !is_cached) {
		struct fetch fetch = {.url = url,
			.path = path,
			.sha256 = sha256,
			.size = size >= 0 ? size : INDEX_SIZE_MAX,
			.is_size_exact = size >= 0};
		ok = fetch_one(visit, &fetch);
	}
	if (!ok) {
		free(path);
		return false;
	}
	indexes->items = mem_grow(indexes->items, indexes->count + 1, sizeof(*indexes->items));
	indexes->items[indexes->count++] = (struct index){visit->repository, path};
	return true;
}
