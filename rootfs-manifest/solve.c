// SPDX-License-Identifier: MIT
#include "rootfs-manifest/solve.h"

#include <errno.h>
#include <fcntl.h>
#include <solv/chksum.h>
#include <solv/pool.h>
#include <solv/poolarch.h>
#include <solv/queue.h>
#include <solv/repo.h>
#include <solv/repo_deb.h>
#include <solv/solv_xfopen.h>
#include <solv/solver.h>
#include <solv/transaction.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rootfs-manifest/sizes.h"

static FILE *open_index(const struct index *index, struct error *err)
{
	// solv_xfopen tells the compression by the name's ending; a cached file has none.
	int fd = open(index->path, O_RDONLY | O_CLOEXEC);
	FILE *file = fd >= 0 ? solv_xfopen_fd("Packages.xz", fd, "r") : NULL;
	if (file == NULL) {
		fail(err, "%s: cannot be read: %s", index->path, strerror(errno));
	}
	return file;
}

static bool add_index(Pool *pool, const struct index *index, struct error *err)
{
	FILE *file = open_index(index, err);
	if (file == NULL) {
		return false;
	}
	Repo *repo = repo_create(pool, index->repository->name);
	repo->priority = (int)index->repository->priority;
	repo->appdata = (void *)index->repository;
	int result = repo_add_debpackages(repo, file, 0);
	fclose(file);
	return result == 0 || fail(err, "%s: %s", index->repository->name, pool_errstr(pool));
}

static bool add_sizes(const struct indexes *indexes, struct lock *lock, struct error *err)
{
	for (size_t i = 0; i < indexes->count; i++) {
		FILE *file = open_index(&indexes->items[i], err);
		if (file == NULL) {
			return false;
		}
		sizes_read(file, lock);
		fclose(file);
	}
	return true;
}

/* A package whose dependencies are forgotten drags nothing in. */
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
		}
	}
	queue_free(&nothing);
}

static bool want_package(
	Pool *pool, const struct wanted_package *wanted, Queue *jobs, struct error *err)
{
	Id name = pool_str2id(pool, wanted->name, 0);
	Queue candidates;
	queue_init(&candidates);
	for (Id id = 2; name != 0 && id < pool->nsolvables; id++) {
		const Solvable *it = pool_id2solvable(pool, id);
		if (it->repo != NULL && it->name == name &&
			(wanted->from == NULL || strcmp(it->repo->name, wanted->from) == 0)) {
			queue_push(&candidates, id);
		}
	}
	bool found = candidates.count != 0;
	if (found) {
		queue_push2(jobs, SOLVER_INSTALL | SOLVER_SOLVABLE_ONE_OF,
			pool_queuetowhatprovides(pool, &candidates));
	}
	queue_free(&candidates);
	return found || fail(err, "package %s is not in %s", wanted->name,
				wanted->from != NULL ? wanted->from : "any repository");
}

static const char *describe_problem(Solver *solver)
{
	Id rule = solver_findproblemrule(solver, 1);
	Id source, target, dep;
	SolverRuleinfo type = solver_ruleinfo(solver, rule, &source, &target, &dep);
	return solver_problemruleinfo2str(solver, type, source, target, dep);
}

static void add_solvable(Pool *pool, Solvable *it, struct lock *lock)
{
	const struct repository *repository = it->repo->appdata;
	unsigned medium;
	Id type = 0;
	const char *name = pool_id2str(pool, it->name);
	const char *source = solvable_lookup_str(it, SOLVABLE_SOURCENAME);
	const char *sha256 = solvable_lookup_checksum(it, SOLVABLE_CHECKSUM, &type);
	const char *path = solvable_lookup_location(it, &medium);
	struct package package = {
		.name = name,
		.version = pool_id2str(pool, it->evr),
		.arch = pool_id2str(pool, it->arch),
		.archive = repository->archive,
		.repository = repository->name,
		.path = path != NULL ? path : "",
		.source = source != NULL ? source : name,
		.size = (long)solvable_lookup_num(it, SOLVABLE_DOWNLOADSIZE, 0),
	};
	if (type == REPOKEY_TYPE_SHA256) {
		snprintf(package.sha256, sizeof(package.sha256), "%s", sha256);
	}
	lock_add(lock, &package);
}

static void collect(Solver *solver, const struct manifest *manifest, struct lock *lock)
{
	Pool *pool = solver->pool;
	Transaction *transaction = solver_create_transaction(solver);
	Queue chosen;
	queue_init(&chosen);
	transaction_installedresult(transaction, &chosen);
	for (int i = 0; i < chosen.count; i++) {
		Solvable *it = pool_id2solvable(pool, chosen.elements[i]);
		if (!strings_has(&manifest->excludes, pool_id2str(pool, it->name))) {
			add_solvable(pool, it, lock);
		}
	}
	queue_free(&chosen);
	transaction_free(transaction);
	lock_sort(lock);
}

static bool run_solver(Pool *pool, const struct manifest *manifest, Queue *jobs, struct lock *lock,
	struct error *err)
{
	Solver *solver = solver_create(pool);
	solver_set_flag(solver, SOLVER_FLAG_IGNORE_RECOMMENDED, 1);
	bool ok = solver_solve(solver, jobs) == 0 ||
		  fail(err, "the packages do not fit together: %s", describe_problem(solver));
	if (ok) {
		collect(solver, manifest, lock);
	}
	solver_free(solver);
	return ok;
}

/* Each package must be one that can be fetched and proved. */
static bool check_lock(const struct lock *lock, struct error *err)
{
	for (size_t i = 0; i < lock->count; i++) {
		const struct package *package = &lock->packages[i];
		if (package->sha256[0] == '\0' || package->path[0] == '\0' || package->size <= 0) {
			return fail(err, "package %s has no sha256, path or size in %s",
				package->name, package->repository);
		}
	}
	return true;
}

bool solve(const struct manifest *manifest, const char *arch, const struct indexes *indexes,
	struct lock *ret_lock, struct error *err)
{
	struct lock lock = {.name = mem_copy(manifest->name), .arch = mem_copy(arch)};
	Pool *pool = pool_create();
	Queue jobs;
	queue_init(&jobs);
	pool_setdisttype(pool, DISTTYPE_DEB);
	pool_setarch(pool, arch);
	bool ok = true;
	for (size_t i = 0; ok && i < indexes->count; i++) {
		ok = add_index(pool, &indexes->items[i], err);
	}
	if (ok) {
		forget_dependencies(pool, manifest);
		pool_createwhatprovides(pool);
	}
	const struct wanted_package *wanted = manifest->packages.items;
	for (size_t i = 0; ok && i < manifest->packages.count; i++) {
		ok = want_package(pool, &wanted[i], &jobs, err);
	}
	ok = ok && run_solver(pool, manifest, &jobs, &lock, err) &&
	     add_sizes(indexes, &lock, err) && check_lock(&lock, err);
	queue_free(&jobs);
	pool_free(pool);
	if (!ok) {
		lock_finish(&lock);
		return false;
	}
	*ret_lock = lock;
	return true;
}
