// SPDX-License-Identifier: MIT
#include "rootfs-manifest/cache_archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rootfs-manifest/cache.h"
#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/rules.h"

#define BLOCK_SIZE 65536
#define POOL "pool/sha256/"

static bool write_data(struct archive *tar, const char *path, struct error *err)
{
	char block[BLOCK_SIZE];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t size = fd >= 0 ? 0 : -1;
	bool ok = fd >= 0;
	while (ok && (size = read(fd, block, sizeof(block))) > 0) {
		ok = archive_write_data(tar, block, (size_t)size) == size;
	}
	if (fd >= 0) {
		close(fd);
	}
	return (ok && size == 0) || fail(err, "%s: cannot be written to the archive", path);
}

static bool export_one(
	struct archive *tar, const char *cache, const struct package *package, struct error *err)
{
	char *path = NULL;
	if (!cache_path(cache, package->sha256, &path, err)) {
		return false;
	}
	char *member = mem_print(POOL "%.2s/%s", package->sha256, package->sha256);
	struct archive_entry *entry = archive_entry_new();
	archive_entry_set_pathname(entry, member);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_perm(entry, 0644);
	archive_entry_set_size(entry, package->size);
	archive_entry_set_mtime(entry, 0, 0);
	bool ok = archive_write_header(tar, entry) == ARCHIVE_OK ||
		  fail(err, "%s", archive_error_string(tar));
	ok = ok && write_data(tar, path, err);
	archive_entry_free(entry);
	free(member);
	free(path);
	return ok;
}

bool cache_export(const char *cache, const struct lock *lock, const char *path, struct error *err)
{
	char *part = disk_part_name(path);
	struct archive *tar = archive_write_new();
	archive_write_set_format_ustar(tar);
	bool ok = archive_write_open_filename(tar, part) == ARCHIVE_OK ||
		  fail(err, "%s: %s", part, archive_error_string(tar));
	for (size_t i = 0; ok && i < lock->count; i++) {
		ok = export_one(tar, cache, &lock->packages[i], err);
	}
	if (archive_write_close(tar) != ARCHIVE_OK && ok) {
		ok = fail(err, "%s: %s", part, archive_error_string(tar));
	}
	archive_write_free(tar);
	if (ok && rename(part, path) < 0) {
		ok = fail(err, "%s: %s", path, strerror(errno));
	}
	unlink(part);
	free(part);
	return ok;
}

/* The hash that a member is named after, or NULL for what is no file of a cache. */
static const char *hash_of(struct archive_entry *entry)
{
	const char *name = archive_entry_pathname(entry);
	bool ok = name != NULL && archive_entry_filetype(entry) == AE_IFREG &&
		  archive_entry_hardlink(entry) == NULL && strncmp(name, POOL, strlen(POOL)) == 0;
	const char *hash = ok && strlen(name) > strlen(POOL) + 3 ? name + strlen(POOL) + 3 : NULL;
	return hash != NULL && rule_sha256(hash) == NULL && strncmp(hash, hash - 3, 2) == 0 &&
			       hash[-1] == '/'
		       ? hash
		       : NULL;
}

static bool copy_data(struct archive *tar, FILE *file, char sha256[static DIGEST_SIZE])
{
	char block[BLOCK_SIZE];
	long long total = 0;
	la_ssize_t size;
	struct evp_md_ctx_st *digest = digest_begin();
	bool ok = true;
	while (ok && (size = archive_read_data(tar, block, sizeof(block))) != 0) {
		ok = size > 0 && (total += size) <= CACHE_MEMBER_SIZE_MAX &&
		     fwrite(block, 1, (size_t)size, file) == (size_t)size;
		if (ok) {
			digest_add(digest, block, (size_t)size);
		}
	}
	digest_end(digest, sha256);
	return ok;
}

static bool import_one(struct archive *tar, const char *cache, const char *hash, struct error *err)
{
	char *path = NULL;
	char sha256[DIGEST_SIZE];
	if (!cache_path(cache, hash, &path, err)) {
		return false;
	}
	char *part = disk_part_name(path);
	FILE *file = fopen(part, "we");
	bool ok = file != NULL || fail(err, "%s: %s", part, strerror(errno));
	if (ok) {
		ok = copy_data(tar, file, sha256) || fail(err, "%s: cannot be read", hash);
		ok = (fclose(file) == 0 || fail(err, "%s: %s", part, strerror(errno))) && ok;
	}
	ok = ok && (strcmp(sha256, hash) == 0 ||
			   fail(err, "a file that is named %s has the sha256 %s", hash, sha256));
	ok = ok && (rename(part, path) == 0 || fail(err, "%s: %s", path, strerror(errno)));
	unlink(part);
	free(part);
	free(path);
	return ok;
}

static bool import_all(struct archive *tar, const char *cache, size_t *ret_count, struct error *err)
{
	struct archive_entry *entry;
	int result;
	while ((result = archive_read_next_header(tar, &entry)) == ARCHIVE_OK) {
		const char *found = hash_of(entry);
		if (found == NULL || ++*ret_count > CACHE_MEMBERS_MAX) {
			const char *name = archive_entry_pathname(entry);
			return fail(err, "'%s' does not belong into an exported cache",
				name != NULL ? name : "");
		}
		char hash[DIGEST_SIZE];
		memcpy(hash, found, DIGEST_SIZE);
		if (!import_one(tar, cache, hash, err)) {
			return false;
		}
	}
	return result == ARCHIVE_EOF || fail(err, "%s", archive_error_string(tar));
}

bool cache_import(const char *cache, const char *path, size_t *ret_count, struct error *err)
{
	struct error why;
	struct archive *tar = archive_read_new();
	archive_read_support_format_tar(tar);
	*ret_count = 0;
	bool ok = archive_read_open_filename(tar, path, BLOCK_SIZE) == ARCHIVE_OK ||
		  fail(&why, "%s", archive_error_string(tar));
	ok = (ok && import_all(tar, cache, ret_count, &why)) || fail(err, "%s: %s", path, why.text);
	archive_read_free(tar);
	return ok;
}
