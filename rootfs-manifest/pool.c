// SPDX-License-Identifier: MIT
#include "rootfs-manifest/pool.h"

#include <solv/bitmap.h>
#include <solv/chksum.h>
#include <solv/evr.h>
#include <solv/queue.h>
#include <solv/repo.h>
#include <solv/repo_deb.h>
#include <solv/repo_rpmmd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rootfs-manifest/base.h"
#include "rootfs-manifest/stream.h"

static bool add_index(Pool *pool, const struct index *index, struct error *err)
{
	struct stream stream;
	if (!stream_open(&stream, index->path, INDEX_PLAIN_MAX, err)) {
		return false;
	}
	Repo *repo = repo_create(pool, index->repository->name);
	repo->priority = (int)index->repository->priority;
	repo->appdata = (void *)index->repository;
	int result = pool->disttype == DISTTYPE_DEB ? repo_add_debpackages(repo, stream.file, 0)
						    : repo_add_rpmmd(repo, stream.file, NULL, 0);
	return stream_close(&stream, err) &&
	       (result == 0 || fail(err, "%s: %s", index->repository->name, pool_errstr(pool)));
}

static void forget_dependencies(Pool *pool, const struct manifest *manifest)
{
	Queue nothing;
	queue_init(&nothing);
	for (Id id = 2; id < pool->nsolvables; id++) {
		Solvable *it = pool_id2solvable(pool, id);
		if (it->repo != NULL &&
			strings_has(&manifest->excludes, pool_id2str(pool, it->name))) {
			solvable_set_deparray(it, SOLVABLE_REQUIRES, &nothing, 0);
			solvable_set_deparray(it, SOLVABLE_CONFLICTS, &nothing, 0);
			solvable_set_deparray(it, SOLVABLE_OBSOLETES, &nothing, 0);
		}
	}
	queue_free(&nothing);
}

Pool *pool_fill(const struct manifest *manifest, const char *arch, const struct indexes *indexes,
	struct error *err)
{
	bool is_deb = base_find(manifest->base)->format == PACKAGES_DEB;
	Pool *pool = pool_create();
	pool_setdisttype(pool, is_deb ? DISTTYPE_DEB : DISTTYPE_RPM);
	pool_setarch(pool, arch);
	for (size_t i = 0; i < indexes->count; i++) {
		if (!add_index(pool, &indexes->items[i], err)) {
			pool_free(pool);
			return NULL;
		}
	}
	forget_dependencies(pool, manifest);
	pool_addfileprovides(pool);
	pool_createwhatprovides(pool);
	return pool;
}

static const char *sha256_of(Solvable *solvable)
{
	Id type = 0;
	const char *sha256 = solvable_lookup_checksum(solvable, SOLVABLE_CHECKSUM, &type);
	return type == REPOKEY_TYPE_SHA256 && sha256 != NULL ? sha256 : "";
}

static bool is_newer(Pool *pool, const Solvable *it, const Solvable *other)
{
	return it->repo->priority != other->repo->priority
		       ? it->repo->priority > other->repo->priority
		       : pool_evrcmp(pool, it->evr, other->evr, EVRCMP_COMPARE) > 0;
}

/* Marks the names of updated packages, and the newest of each. */
static void mark_newest(Pool *pool, const struct strings *update, Map *names, Map *packages)
{
	for (size_t i = 0; i < update->count; i++) {
		Id newest = 0, name = pool_str2id(pool, update->items[i], 0);
		for (Id id = 2; name != 0 && id < pool->nsolvables; id++) {
			const Solvable *it = pool_id2solvable(pool, id);
			if (it->repo != NULL && it->name == name &&
				(newest == 0 || is_newer(pool, it, &pool->solvables[newest]))) {
				newest = id;
			}
		}
		if (newest != 0) {
			MAPSET(names, name);
			MAPSET(packages, newest);
		}
	}
}

/* Marks the names of held packages that the pool still has, and those packages themselves. */
static void mark_held(Pool *pool, const struct lock *lock, const struct strings *update, Map *names,
	Map *packages)
{
	for (Id id = 2; id < pool->nsolvables; id++) {
		Solvable *it = pool_id2solvable(pool, id);
		const char *name = it->repo != NULL ? pool_id2str(pool, it->name) : "";
		const struct package *held = lock_find(lock, name);
		if (held != NULL && !strings_has(update, name) &&
			strcmp(sha256_of(it), held->sha256) == 0) {
			MAPSET(names, it->name);
			MAPSET(packages, id);
		}
	}
}

void pool_hold(Pool *pool, const struct lock *lock, const struct strings *update)
{
	Map names, packages;
	map_init(&names, pool->ss.nstrings);
	map_init(&packages, pool->nsolvables);
	mark_held(pool, lock, update, &names, &packages);
	mark_newest(pool, update, &names, &packages);
	pool_release(pool);
	pool->considered = mem_alloc(sizeof(*pool->considered));
	map_init(pool->considered, pool->nsolvables);
	map_setall(pool->considered);
	for (Id id = 2; id < pool->nsolvables; id++) {
		Solvable *it = pool_id2solvable(pool, id);
		if (it->repo != NULL && MAPTST(&names, it->name) && !MAPTST(&packages, id)) {
			MAPCLR(pool->considered, id);
		}
	}
	map_free(&names);
	map_free(&packages);
}

void pool_release(Pool *pool)
{
	if (pool->considered != NULL) {
		map_free(pool->considered);
		free(pool->considered);
		pool->considered = NULL;
	}
}

struct package pool_package(Pool *pool, Solvable *solvable)
{
	const struct repository *repository = solvable->repo->appdata;
	unsigned medium;
	const char *name = pool_id2str(pool, solvable->name);
	const char *source = solvable_lookup_str(solvable, SOLVABLE_SOURCENAME);
	const char *licence = solvable_lookup_str(solvable, SOLVABLE_LICENSE);
	const char *path = solvable_lookup_location(solvable, &medium);
	struct package package = {
		.name = name,
		.version = pool_id2str(pool, solvable->evr),
		.arch = pool_id2str(pool, solvable->arch),
		.repository = repository->name,
		.path = path != NULL ? path : "",
		.source = source != NULL ? source : name,
		.licence = licence != NULL ? licence : "",
		.size = (long)solvable_lookup_num(solvable, SOLVABLE_DOWNLOADSIZE, 0),
	};
	snprintf(package.sha256, sizeof(package.sha256), "%s", sha256_of(solvable));
	return package;
}
