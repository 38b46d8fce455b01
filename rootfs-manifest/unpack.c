// SPDX-License-Identifier: MIT
#include "rootfs-manifest/unpack.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rootfs-manifest/cache.h"
#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/rules.h"

#define BLOCK_SIZE 65536
#define SAFE_FLAGS                                                                                 \
	(ARCHIVE_EXTRACT_PERM | ARCHIVE_EXTRACT_SECURE_SYMLINKS |                                  \
		ARCHIVE_EXTRACT_SECURE_NODOTDOT | ARCHIVE_EXTRACT_SECURE_NOABSOLUTEPATHS)

// Debian's merged /usr: older packages still say /lib.
static const char *const merged[] = {"bin", "sbin", "lib", "lib32", "lib64", "libx32"};

static bool is_merged(const char *path)
{
	for (size_t i = 0; i < sizeof(merged) / sizeof(merged[0]); i++) {
		size_t size = strlen(merged[i]);
		if (strncmp(path, merged[i], size) == 0 && path[size] == '/') {
			return true;
		}
	}
	return false;
}

const char *unpack_member_path(const char *member, char ret_path[static PATH_MAX])
{
	while (strncmp(member, "./", 2) == 0) {
		member += 2;
	}
	size_t size = strlen(member);
	while (size > 1 && member[size - 1] == '/') {
		size--;
	}
	if (size == 0 || (size == 1 && member[0] == '.')) {
		ret_path[0] = '\0';
		return NULL;
	}
	if (member[0] == '/') {
		return "an absolute path";
	}
	int written = snprintf(
		ret_path, PATH_MAX, "%s%.*s", is_merged(member) ? "usr/" : "", (int)size, member);
	if (written < 0 || written >= PATH_MAX) {
		return "too long a path";
	}
	char rooted[PATH_MAX + 1];
	snprintf(rooted, sizeof(rooted), "/%s", ret_path);
	return rule_path(rooted) == NULL ? NULL : "an unsafe path";
}

/* A package being unpacked into the current folder. */
struct payload {
	const struct package *package;
	struct archive *outer;
	struct archive *inner;
	struct archive *disk;
	struct error *err;
	long long bytes;
	long entries;
	char block[BLOCK_SIZE];
};

static bool fail_package(struct payload *payload, const char *what, const char *detail)
{
	return fail(payload->err, "package %s: %s: %s", payload->package->name, what,
		detail != NULL ? detail : "unknown reason");
}

static la_ssize_t read_member(struct archive *inner, void *data, const void **ret_block)
{
	struct payload *payload = data;
	la_ssize_t size = archive_read_data(payload->outer, payload->block, BLOCK_SIZE);
	if (size < 0) {
		archive_set_error(inner, EIO, "%s", archive_error_string(payload->outer));
	}
	*ret_block = payload->block;
	return size;
}

static bool set_paths(struct payload *payload, struct archive_entry *entry, bool *ret_skip)
{
	char path[PATH_MAX];
	const char *member = archive_entry_pathname(entry);
	const char *hard = archive_entry_hardlink(entry);
	const char *problem = member != NULL ? unpack_member_path(member, path) : "a nameless file";
	if (problem != NULL) {
		return fail_package(payload, problem, member);
	}
	*ret_skip = path[0] == '\0';
	archive_entry_copy_pathname(entry, path);
	if (hard != NULL) {
		problem = unpack_member_path(hard, path);
		if (problem != NULL) {
			return fail_package(payload, problem, hard);
		}
		archive_entry_copy_hardlink(entry, path);
	}
	return true;
}

/* What is not a file, folder or link is refused; of modes only "executable" is taken over. */
static bool check_entry(struct payload *payload, struct archive_entry *entry)
{
	mode_t type = archive_entry_filetype(entry);
	if (archive_entry_hardlink(entry) == NULL && type != AE_IFREG && type != AE_IFDIR &&
		type != AE_IFLNK) {
		return fail_package(
			payload, "neither file, folder nor link", archive_entry_pathname(entry));
	}
	payload->bytes += archive_entry_size(entry);
	if (archive_entry_size(entry) < 0 || payload->bytes > UNPACK_BYTES_MAX ||
		++payload->entries > UNPACK_ENTRIES_MAX) {
		return fail_package(payload, "unpacks to too much", archive_entry_pathname(entry));
	}
	bool executable = type == AE_IFDIR || (archive_entry_perm(entry) & 0111) != 0;
	archive_entry_set_perm(entry, executable ? 0755 : 0644);
	return true;
}

/* Its folder is its own: what is there already, but for folders, is the package's as well. */
static bool is_twice(struct archive_entry *entry)
{
	struct stat info;
	bool is_there = lstat(archive_entry_pathname(entry), &info) == 0;
	return is_there && !(S_ISDIR(info.st_mode) && archive_entry_filetype(entry) == AE_IFDIR);
}

static bool unpack_entry(struct payload *payload, struct archive_entry *entry)
{
	bool skip = false;
	if (!set_paths(payload, entry, &skip) || !check_entry(payload, entry)) {
		return false;
	}
	if (is_twice(entry)) {
		return fail_package(payload, "twice in it", archive_entry_pathname(entry));
	}
	if (!skip && archive_read_extract2(payload->inner, entry, payload->disk) != ARCHIVE_OK) {
		return fail_package(payload, archive_entry_pathname(entry),
			archive_error_string(payload->inner));
	}
	return true;
}

static void open_payload(struct payload *payload)
{
	payload->inner = archive_read_new();
	payload->disk = archive_write_disk_new();
	archive_write_disk_set_options(payload->disk, SAFE_FLAGS);
	archive_read_support_filter_xz(payload->inner);
	archive_read_support_filter_zstd(payload->inner);
	archive_read_support_filter_gzip(payload->inner);
}

static bool unpack_members(struct payload *payload, bool is_open)
{
	bool ok = is_open ||
		  fail_package(payload, "its payload", archive_error_string(payload->inner));
	struct archive_entry *entry;
	int result;
	while (ok && (result = archive_read_next_header(payload->inner, &entry)) != ARCHIVE_EOF) {
		ok = result == ARCHIVE_OK ? unpack_entry(payload, entry)
					  : fail_package(payload, "its payload",
						    archive_error_string(payload->inner));
	}
	archive_read_free(payload->inner);
	if (archive_write_free(payload->disk) != ARCHIVE_OK && ok) {
		ok = fail_package(payload, "its payload", "cannot be written");
	}
	return ok;
}

/* An .rpm is headers with a compressed cpio archive behind them. */
static bool unpack_rpm(struct payload *payload, const char *rpm)
{
	open_payload(payload);
	archive_read_support_format_cpio(payload->inner);
	archive_read_support_filter_rpm(payload->inner);
	int opened = archive_read_open_filename(payload->inner, rpm, BLOCK_SIZE);
	return unpack_members(payload, opened == ARCHIVE_OK);
}

/* A .deb is an ar archive of debian-binary, control.tar.* and data.tar.*: deb(5). */
static bool unpack_deb(struct payload *payload, const char *deb)
{
	payload->outer = archive_read_new();
	archive_read_support_format_ar(payload->outer);
	bool ok = archive_read_open_filename(payload->outer, deb, BLOCK_SIZE) == ARCHIVE_OK ||
		  fail_package(payload, deb, archive_error_string(payload->outer));
	bool found = false;
	struct archive_entry *entry;
	while (ok && !found && archive_read_next_header(payload->outer, &entry) == ARCHIVE_OK) {
		const char *name = archive_entry_pathname(entry);
		if (name != NULL && strncmp(name, "data.tar", 8) == 0) {
			found = true;
			open_payload(payload);
			archive_read_support_format_tar(payload->inner);
			int opened =
				archive_read_open(payload->inner, payload, NULL, read_member, NULL);
			ok = unpack_members(payload, opened == ARCHIVE_OK);
		}
	}
	archive_read_free(payload->outer);
	return ok && (found || fail_package(payload, deb, "it has no payload"));
}

/* A file of the cache has no ending; an .rpm starts with these bytes. */
static bool is_rpm(const char *path)
{
	static const unsigned char magic[] = {0xed, 0xab, 0xee, 0xdb};
	unsigned char head[sizeof(magic)] = {0};
	FILE *file = fopen(path, "re");
	bool found = file != NULL && fread(head, 1, sizeof(head), file) == sizeof(head) &&
		     memcmp(head, magic, sizeof(magic)) == 0;
	if (file != NULL) {
		fclose(file);
	}
	return found;
}

char *unpack_folder(const char *cache, const struct package *package)
{
	return mem_print("%s/unpacked/%s", cache, package->sha256);
}

static bool check_cached(const char *path, const struct package *package, struct error *err)
{
	char sha256[DIGEST_SIZE];
	if (!digest_file(path, sha256, err)) {
		return false;
	}
	if (strcmp(sha256, package->sha256) != 0) {
		unlink(path);
		return fail(err, "package %s: damaged in the cache; it was removed: try again",
			package->name);
	}
	return true;
}

bool unpack_file(const struct package *package, const char *path, struct error *err)
{
	struct payload *payload = mem_alloc(sizeof(*payload));
	*payload = (struct payload){.package = package, .err = err};
	bool ok = is_rpm(path) ? unpack_rpm(payload, path) : unpack_deb(payload, path);
	free(payload);
	return ok;
}

/* Changes the current folder: for a process of its own. */
static bool unpack_one(const char *cache, const struct package *package, struct error *err)
{
	char *folder = unpack_folder(cache, package);
	char *part = disk_part_name(folder);
	char *file = NULL;
	bool ok = cache_path(cache, package->sha256, &file, err) &&
		  check_cached(file, package, err) && disk_remove(part, err) &&
		  disk_make_dirs(part, err);
	ok = ok && (chdir(part) == 0 || fail(err, "%s: %s", part, strerror(errno)));
	ok = ok && unpack_file(package, file, err);
	if (ok && rename(part, folder) < 0 && errno != EEXIST && errno != ENOTEMPTY) {
		ok = fail(err, "%s: %s", folder, strerror(errno));
	}
	struct error ignored;
	disk_remove(part, &ignored); // after a failure, or when another build was faster
	free(folder);
	free(part);
	free(file);
	return ok;
}

/* A worker: each `step`-th package. Its only words are an error's, written to the pipe. */
static void work(const char *cache, const struct lock *lock, size_t first, size_t step, int pipe)
{
	umask(022);
	for (size_t i = first; i < lock->count; i += step) {
		struct error err;
		char *folder = unpack_folder(cache, &lock->packages[i]);
		bool ok = disk_exists(folder) || unpack_one(cache, &lock->packages[i], &err);
		free(folder);
		if (!ok) {
			ssize_t written = write(pipe, err.text, strlen(err.text) + 1);
			_exit(written > 0 ? 1 : 2);
		}
	}
	_exit(0);
}

static size_t worker_count(void)
{
	cpu_set_t cpus;
	size_t count =
		sched_getaffinity(0, sizeof(cpus), &cpus) == 0 ? (size_t)CPU_COUNT(&cpus) : 1;
	return count < UNPACK_WORKERS_MAX ? count : UNPACK_WORKERS_MAX;
}

/* Waits for all workers; the first error written is the one reported. */
static bool wait_workers(int pipe, const pid_t *workers, size_t started, struct error *err)
{
	char text[sizeof(err->text)];
	ssize_t size = read(pipe, text, sizeof(text) - 1);
	text[size > 0 ? size : 0] = '\0';
	bool ok = true;
	for (size_t i = 0; i < started; i++) {
		int status;
		if (waitpid(workers[i], &status, 0) < 0 || !WIFEXITED(status) ||
			WEXITSTATUS(status) != 0) {
			ok = false;
		}
	}
	return ok || fail(err, "%s", text[0] != '\0' ? text : "unpacking was killed");
}

bool unpack_all(const char *cache, const struct lock *lock, struct error *err)
{
	int ends[2];
	pid_t workers[UNPACK_WORKERS_MAX];
	char *absolute = realpath(cache, NULL); // workers change their folder
	if (absolute == NULL || pipe2(ends, O_CLOEXEC) < 0) {
		free(absolute);
		return fail(err, "%s: %s", cache, strerror(errno));
	}
	size_t wanted = worker_count();
	size_t started = 0;
	fflush(NULL);
	for (; started < wanted; started++) {
		workers[started] = fork();
		if (workers[started] == 0) {
			close(ends[0]);
			work(absolute, lock, started, wanted, ends[1]);
		} else if (workers[started] < 0) {
			break;
		}
	}
	close(ends[1]);
	bool ok = wait_workers(ends[0], workers, started, err);
	ok = ok && (started == wanted || fail(err, "cannot start a worker: %s", strerror(errno)));
	close(ends[0]);
	free(absolute);
	return ok;
}
