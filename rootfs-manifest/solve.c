// SPDX-License-Identifier: MIT
#include "rootfs-manifest/solve.h"

#include <solv/bitmap.h>
#include <solv/pool.h>
#include <solv/queue.h>
#include <solv/repo.h>
#include <solv/solver.h>
#include <solv/transaction.h>
#include <stdio.h>
#include <string.h>

#include "rootfs-manifest/pool.h"
#include "rootfs-manifest/sizes.h"
#include "rootfs-manifest/stream.h"

static bool add_sizes(const struct indexes *indexes, struct lock *lock, struct error *err)
{
	for (size_t i = 0; i < indexes->count; i++) {
		struct stream stream;
		if (!stream_open(&stream, indexes->items[i].path, INDEX_PLAIN_MAX, err)) {
			return false;
		}
		sizes_read(stream.file, lock);
		if (!stream_close(&stream, err)) {
			return false;
		}
	}
	return true;
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

static bool is_wanted(const struct manifest *manifest, const char *name)
{
	const struct wanted_package *wanted = manifest->packages.items;
	for (size_t i = 0; i < manifest->packages.count; i++) {
		if (strcmp(wanted[i].name, name) == 0) {
			return true;
		}
	}
	return false;
}

/* Notes with each package that fulfils the dependency who has it. */
static void note_dependency(
	Pool *pool, const Map *chosen, Id dependency, const char *by, struct lock *lock)
{
	Id provider, next;
	FOR_PROVIDES(provider, next, dependency)
	{
		const char *name = pool_id2str(pool, pool_id2solvable(pool, provider)->name);
		struct package *package = MAPTST(chosen, provider) ? lock_find(lock, name) : NULL;
		if (package != NULL && strcmp(name, by) != 0 &&
			!strings_has(&package->needed_by, by)) {
			strings_add(&package->needed_by, by);
		}
	}
}

static void note_needs(Pool *pool, const Queue *ids, struct lock *lock)
{
	Map chosen;
	Queue
		requires;
	map_init(&chosen, pool->nsolvables);
	queue_init(&requires);
	for (int i = 0; i < ids->count; i++) {
		MAPSET(&chosen, ids->elements[i]);
	}
	for (int i = 0; i < ids->count; i++) {
		Solvable *it = pool_id2solvable(pool, ids->elements[i]);
		queue_empty(&requires); // what is not there leaves it as it was
		solvable_lookup_deparray(it, SOLVABLE_REQUIRES, &requires, 0);
		for (int j = 0; j < requires.count; j++) {
			if (requires.elements[j] != SOLVABLE_PREREQMARKER) {
				note_dependency(pool, &chosen, requires.elements[j],
					pool_id2str(pool, it->name), lock);
			}
		}
	}
	for (size_t i = 0; i < lock->count; i++) {
		strings_sort(&lock->packages[i].needed_by);
	}
	queue_free(&requires);
	map_free(&chosen);
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
		const char *name = pool_id2str(pool, it->name);
		if (!strings_has(&manifest->excludes, name)) {
			struct package package = pool_package(pool, it);
			package.wanted = is_wanted(manifest, name);
			lock_add(lock, &package);
		}
	}
	lock_sort(lock);
	note_needs(pool, &chosen, lock);
	queue_free(&chosen);
	transaction_free(transaction);
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

/*
 * First with everything else held; where a new package does not fit to old ones those of its own
 * source go with it, and where that does not help nothing is held.
 */
static bool run_held(Pool *pool, const struct solve_request *request, Queue *jobs,
	struct lock *lock, struct error *err)
{
	struct strings moving = {0};
	struct error ignored;
	for (size_t i = 0; i < request->update->count; i++) {
		strings_add(&moving, request->update->items[i]);
	}
	pool_hold(pool, request->held, &moving);
	bool ok = run_solver(pool, request->manifest, jobs, lock, &ignored);
	for (size_t i = 0; !ok && i < request->held->count; i++) {
		const struct package *package = &request->held->packages[i];
		for (size_t j = 0; j < request->update->count; j++) {
			const struct package *updated =
				lock_find(request->held, request->update->items[j]);
			if (updated != NULL && strcmp(updated->source, package->source) == 0) {
				strings_add(&moving, package->name);
			}
		}
	}
	if (!ok) {
		pool_hold(pool, request->held, &moving);
		ok = run_solver(pool, request->manifest, jobs, lock, &ignored);
	}
	pool_release(pool);
	strings_finish(&moving);
	if (!ok) {
		fputs("sill: notice: that does not fit to the other packages as they are locked: "
		      "all are chosen anew\n",
			stderr);
		ok = run_solver(pool, request->manifest, jobs, lock, err);
	}
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

static bool choose(
	Pool *pool, const struct solve_request *request, struct lock *lock, struct error *err)
{
	Queue jobs;
	queue_init(&jobs);
	bool ok = true;
	const struct wanted_package *wanted = request->manifest->packages.items;
	for (size_t i = 0; ok && i < request->manifest->packages.count; i++) {
		ok = want_package(pool, &wanted[i], &jobs, err);
	}
	ok = ok && (request->held != NULL ? run_held(pool, request, &jobs, lock, err)
					  : run_solver(pool, request->manifest, &jobs, lock, err));
	if (ok && pool->disttype == DISTTYPE_DEB) {
		ok = add_sizes(request->indexes, lock, err);
	}
	queue_free(&jobs);
	return ok && check_lock(lock, err);
}

bool solve(const struct solve_request *request, struct lock *ret_lock, struct error *err)
{
	struct lock lock = {
		.name = mem_copy(request->manifest->name), .arch = mem_copy(request->arch)};
	Pool *pool = pool_fill(request->manifest, request->arch, request->indexes, err);
	bool ok = pool != NULL && choose(pool, request, &lock, err);
	if (pool != NULL) {
		pool_free(pool);
	}
	if (!ok) {
		lock_finish(&lock);
		return false;
	}
	*ret_lock = lock;
	return true;
}
