// SPDX-License-Identifier: MIT
#include "rootfs-manifest/work.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/utsname.h>

#include "rootfs-manifest/base.h"
#include "rootfs-manifest/cache.h"
#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/download.h"
#include "rootfs-manifest/index.h"
#include "rootfs-manifest/memory.h"
#include "rootfs-manifest/solve.h"

/* A document of the manifest; its hash becomes part of the manifest's. */
static bool read_document(void *data, const char *path, struct buffer *ret_text, struct error *err)
{
	char sha256[DIGEST_SIZE];
	if (!disk_read(path, DOCUMENT_SIZE_MAX, ret_text, err)) {
		return false;
	}
	digest_bytes(ret_text->data, ret_text->size, sha256);
	buffer_print(data, "%s\n", sha256);
	return true;
}

static bool read_manifest(struct work *work, const char *arch, struct error *err)
{
	struct buffer inputs = {0};
	struct manifest_source source = {
		.file = work->options.manifest,
		.arch = arch,
		.variant = work->options.variant,
		.read = read_document,
		.data = &inputs,
	};
	bool ok = manifest_read(&source, &work->manifest, err);
	if (ok) {
		buffer_print(&inputs, "%s %s\n", arch, work->manifest.name);
		digest_bytes(inputs.data, inputs.size, work->manifest_sha256);
	}
	buffer_finish(&inputs);
	return ok;
}

char *work_artefact(const struct work *work, const char *extension)
{
	return mem_print("%s/%s.%s.%s", work->output, work->manifest.name, work->arch, extension);
}

static void set_paths(struct work *work)
{
	const char *output = work->options.output;
	const char *name = work->manifest.name;
	work->cache = cache_folder();
	char *folder = disk_folder_of(work->options.manifest);
	work->lock_path = mem_print("%s/%s.%s.lock.json", folder, name, work->arch);
	free(folder);
	work->output = output != NULL ? mem_copy(output)
				      : mem_print("%s/images/%s.%s", work->cache, name, work->arch);
	work->tree_path = mem_print("%s/tree", work->output);
	char *format = work->manifest.pack.format;
	char *first = mem_print("%.*s", (int)strcspn(format, ","), format);
	work->image_path = work_artefact(work, first);
	free(first);
	work->survey_path = mem_print("%s/tree.packages.json", work->output);
}

bool work_init(const struct options *options, struct work *work, struct error *err)
{
	*work = (struct work){.options = *options};
	struct utsname machine;
	uname(&machine);
	const char *arch = options->arch != NULL ? options->arch : machine.machine;
	if (!read_manifest(work, arch, err)) {
		return false;
	}
	const char *own_name = base_arch(base_find(work->manifest.base), arch);
	arch = own_name != NULL ? own_name : arch;
	if (!strings_has(&work->manifest.architectures, arch)) {
		manifest_finish(&work->manifest);
		return fail_input(
			err, "%s: it is not made for architecture '%s'", options->manifest, arch);
	}
	work->arch = mem_copy(arch);
	char *choices = manifest_choices(&work->manifest);
	digest_bytes(choices, strlen(choices), work->choices);
	free(choices);
	set_paths(work);
	return true;
}

void work_finish(struct work *work)
{
	manifest_finish(&work->manifest);
	free(work->arch);
	free(work->cache);
	free(work->lock_path);
	free(work->output);
	free(work->tree_path);
	free(work->survey_path);
	free(work->image_path);
	*work = (struct work){0};
}

int work_lock_output(const struct work *work, struct error *err)
{
	if (!disk_make_dirs(work->output, err)) {
		return -1;
	}
	int fd = open(work->output, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) < 0 && errno == EWOULDBLOCK) {
		fprintf(stderr, "sill: notice: waiting for another build in %s\n", work->output);
		flock(fd, LOCK_EX);
	}
	if (fd < 0) {
		fail(err, "%s: %s", work->output, strerror(errno));
		return -1;
	}
	// Nobody else is at work here: what is unfinished stays so.
	disk_remove_parts(work->tree_path);
	char *any = work_artefact(work, "*");
	disk_remove_parts(any);
	free(any);
	return fd;
}

bool work_check_own(const struct work *work, struct error *err)
{
	const char *own = work->options.own;
	if (own == NULL) {
		return work->manifest.own.count == 0 ||
		       fail_input(err, "the manifest wants our own programs: give --own=DIR");
	}
	return disk_exists(own) || fail_input(err, "--own: there is no %s", own);
}

bool work_solve(const struct work *work, const struct lock *held, const struct strings *update,
	struct lock *ret_lock, struct error *err)
{
	struct index_source source = {
		.manifest = &work->manifest,
		.arch = work->arch,
		.mirror = work->options.mirror,
		.cache = work->cache,
		.allow_expired = work->options.allow_expired,
	};
	struct indexes indexes;
	if (!indexes_fetch(&source, &indexes, err)) {
		return false;
	}
	struct solve_request request = {
		.manifest = &work->manifest,
		.arch = work->arch,
		.indexes = &indexes,
		.held = held,
		.update = update,
	};
	bool ok = solve(&request, ret_lock, err);
	indexes_finish(&indexes);
	if (ok) {
		memcpy(ret_lock->choices, work->choices, DIGEST_SIZE);
	}
	return ok;
}

bool work_download(const struct work *work, const struct lock *lock, struct strings *ret_gone,
	struct error *err)
{
	struct download from = {&work->manifest, work->cache, work->options.mirror};
	return download_packages(&from, lock, ret_gone, err);
}

bool work_read_lock(
	const struct work *work, const char *path, struct lock *ret_lock, struct error *err)
{
	struct buffer text;
	if (!disk_read(path, LOCK_SIZE_MAX, &text, err)) {
		return false;
	}
	bool ok = lock_parse(path, text.data, text.size, ret_lock, err);
	buffer_finish(&text);
	if (ok && (strcmp(ret_lock->name, work->manifest.name) != 0 ||
			  strcmp(ret_lock->arch, work->arch) != 0)) {
		ok = fail_input(err, "%s: it is the lock of %s for %s", path, ret_lock->name,
			ret_lock->arch);
		lock_finish(ret_lock);
	}
	return ok;
}

bool work_read_chosen_lock(const struct work *work, struct lock *ret_lock, struct error *err)
{
	const char *path = work->options.lock != NULL ? work->options.lock : work->lock_path;
	return work_read_lock(work, path, ret_lock, err);
}

bool work_write_lock(const struct lock *lock, const char *path, struct error *err)
{
	struct buffer text = {0};
	lock_write(lock, &text);
	bool ok = disk_write(path, text.data, text.size, err);
	buffer_finish(&text);
	return ok;
}
