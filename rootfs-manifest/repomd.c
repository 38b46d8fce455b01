// SPDX-License-Identifier: MIT
#include "rootfs-manifest/repomd.h"

#include <solv/dataiterator.h>
#include <solv/knownid.h>
#include <solv/pool.h>
#include <solv/repo.h>
#include <solv/repo_repomdxml.h>
#include <stdio.h>
#include <string.h>

#include "rootfs-manifest/rules.h"

static bool take_entry(
	Dataiterator *entry, char **ret_path, char sha256[static DIGEST_SIZE], struct error *err)
{
	Id type = 0;
	const char *path = pool_lookup_str(entry->pool, SOLVID_POS, REPOSITORY_REPOMD_LOCATION);
	const char *checksum =
		pool_lookup_checksum(entry->pool, SOLVID_POS, REPOSITORY_REPOMD_CHECKSUM, &type);
	if (path == NULL || rule_url_path(path) != NULL) {
		return fail(err, "its 'primary' leads nowhere safe");
	}
	if (checksum == NULL || type != REPOKEY_TYPE_SHA256 || rule_sha256(checksum) != NULL) {
		return fail(err, "its 'primary' has no sha256");
	}
	*ret_path = mem_copy(path);
	memcpy(sha256, checksum, DIGEST_SIZE);
	return true;
}

static bool find_primary(
	Pool *pool, char **ret_path, char sha256[static DIGEST_SIZE], struct error *err)
{
	Dataiterator entry;
	bool found = false, ok = true;
	dataiterator_init(&entry, pool, pool->repos[1], SOLVID_META, REPOSITORY_REPOMD_TYPE,
		"primary", SEARCH_STRING);
	dataiterator_prepend_keyname(&entry, REPOSITORY_REPOMD);
	if (dataiterator_step(&entry) != 0) {
		found = true;
		dataiterator_setpos_parent(&entry);
		ok = take_entry(&entry, ret_path, sha256, err);
	}
	dataiterator_free(&entry);
	return found ? ok : fail(err, "it has no 'primary'");
}

bool repomd_find_primary(const char *text, size_t size, char **ret_path,
	char ret_sha256[static DIGEST_SIZE], struct error *err)
{
	FILE *file = size != 0 ? fmemopen((void *)text, size, "r") : NULL;
	if (file == NULL) {
		return fail(err, "it is empty");
	}
	Pool *pool = pool_create();
	pool_setdisttype(pool, DISTTYPE_RPM);
	Repo *repo = repo_create(pool, "repomd");
	bool ok = repo_add_repomdxml(repo, file, 0) == 0 || fail(err, "%s", pool_errstr(pool));
	fclose(file);
	ok = ok && find_primary(pool, ret_path, ret_sha256, err);
	pool_free(pool);
	return ok;
}
