// SPDX-License-Identifier: MIT
#include "rootfs-manifest/pack.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rootfs-manifest/artefact.h"
#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/memory.h"
#include "rootfs-manifest/progress.h"
#include "rootfs-manifest/receipt.h"
#include "rootfs-manifest/sbom.h"
#include "rootfs-manifest/seal.h"
#include "rootfs-manifest/stamp.h"
#include "rootfs-manifest/verity.h"

// Part of every stamp: raise it when the same tree makes another artefact than before.
#define PACK_VERSION 3

#define FORMATS_MAX 16

/* One run: the formats wanted, the manifest's own first. */
struct packing {
	struct artefact_source source;
	const char *tree_inputs;
	const struct artefact_format *formats[FORMATS_MAX];
	size_t count;
	struct receipt receipt;
	struct pack_result result;
	struct error *err;
};

static void stamp_inputs(
	const struct packing *packing, const char *what, char ret_inputs[static DIGEST_SIZE])
{
	const struct manifest *manifest = &packing->source.work->manifest;
	struct stamp stamp = {0};
	stamp_add(&stamp, "pack %d %s tree %s", PACK_VERSION, what, packing->tree_inputs);
	stamp_add(&stamp, "%s %ld %ld %s", manifest->pack.compression, manifest->pack.level,
		manifest->pack.cluster, manifest->pack.uuid);
	stamp_end(&stamp, ret_inputs);
}

static bool add_format(struct packing *packing, const char *name, size_t size)
{
	const struct artefact_format *format = artefact_format_find(name, size);
	if (format == NULL) {
		char known[128] = "";
		for (size_t i = 0; i < artefact_format_count; i++) {
			strcat(strcat(known, i != 0 ? ", " : ""), artefact_formats[i].name);
		}
		return fail_input(
			packing->err, "--format: '%.*s' is none of %s", (int)size, name, known);
	}
	for (size_t i = 0; i < packing->count; i++) {
		if (packing->formats[i] == format) {
			return true;
		}
	}
	packing->formats[packing->count++] = format;
	return true;
}

static bool add_formats(struct packing *packing, const char *list)
{
	bool ok = true;
	while (ok && list != NULL && *list != '\0') {
		size_t size = strcspn(list, ",");
		ok = add_format(packing, list, size);
		list += size + (list[size] == ',');
	}
	return ok;
}

static bool choose_formats(struct packing *packing)
{
	const struct work *work = packing->source.work;
	return add_formats(packing, work->manifest.pack.format) &&
	       add_formats(packing, work->options.formats);
}

static bool add_size(void *data, FTS *walk, FTSENT *found, struct error *err)
{
	long *bytes = data;
	*bytes += found->fts_info == FTS_F ? (long)found->fts_statp->st_size : 0;
	return true;
}

/* An OCI layout is a folder. */
static bool image_size(const char *path, long *ret_bytes, struct error *err)
{
	struct stat st;
	if (stat(path, &st) < 0) {
		return fail(err, "%s: %s", path, strerror(errno));
	}
	*ret_bytes = S_ISDIR(st.st_mode) ? 0 : (long)st.st_size;
	return !S_ISDIR(st.st_mode) || disk_walk(path, FTS_PHYSICAL, add_size, ret_bytes, err);
}

/* The budget is for the image that the manifest asks for. */
static bool check_budget(const struct packing *packing, size_t index, long bytes)
{
	long most = packing->source.work->manifest.budget.bytes;
	return index != 0 || most < 0 || bytes <= most ||
	       fail(packing->err, "the image has %ld bytes: the budget is %ld", bytes, most);
}

/* Hash and size of a file; of an OCI layout those of its index. */
static bool measure(const char *path, struct receipt_artefact *artefact, struct error *err)
{
	struct stat st;
	bool folder = stat(path, &st) == 0 && S_ISDIR(st.st_mode);
	char *file = folder ? mem_print("%s/index.json", path) : mem_copy(path);
	bool ok =
		digest_file(file, artefact->sha256, err) && image_size(file, &artefact->size, err);
	free(file);
	return ok;
}

static char *leaf_of(const char *path)
{
	return mem_copy(strrchr(path, '/') + 1);
}

static bool enter(struct packing *packing, const char *path, const char *format,
	const struct artefact_verity *verity)
{
	struct receipt_artefact artefact = {.data_blocks = verity->data_blocks};
	memcpy(artefact.root_hash, verity->root, DIGEST_SIZE);
	if (!measure(path, &artefact, packing->err)) {
		return false;
	}
	artefact.file = leaf_of(path);
	artefact.format = mem_copy(format);
	receipt_add(&packing->receipt, artefact);
	return true;
}

static bool write_format(
	struct packing *packing, size_t index, const char *path, struct artefact_verity *ret_verity)
{
	char *part = disk_part_name(path);
	long bytes = 0;
	bool ok =
		packing->formats[index]->write(&packing->source, part, ret_verity, packing->err) &&
		image_size(part, &bytes, packing->err) && check_budget(packing, index, bytes) &&
		disk_replace(part, path, packing->err);
	if (!ok) {
		struct error ignored;
		disk_remove(part, &ignored);
	}
	free(part);
	return ok;
}

static bool check_kept(const struct packing *packing, size_t index, const char *path,
	struct artefact_verity *ret_verity)
{
	struct verity_finding finding;
	long bytes = 0;
	if (!image_size(path, &bytes, packing->err) || !check_budget(packing, index, bytes)) {
		return false;
	}
	if (packing->formats[index]->write == artefact_write_erofs) {
		if (!verity_check(path, &finding, packing->err)) {
			return false;
		}
		ret_verity->data_blocks = finding.data_blocks;
		memcpy(ret_verity->root, finding.root, DIGEST_SIZE);
	}
	return true;
}

/* One that was made from the same before is kept. */
static bool make_format(struct packing *packing, size_t index)
{
	const struct artefact_format *format = packing->formats[index];
	struct artefact_verity verity = {0};
	struct progress progress;
	char inputs[DIGEST_SIZE];
	char *path = work_artefact(packing->source.work, format->name);
	char *stamp_path = mem_print("%s.inputs", path);
	stamp_inputs(packing, format->name, inputs);
	bool ok, kept = disk_exists(path) && stamp_matches(stamp_path, inputs);
	if (kept) {
		ok = check_kept(packing, index, path, &verity);
	} else {
		progress_begin(&progress, "pack", 0, 0);
		unlink(stamp_path);
		ok = write_format(packing, index, path, &verity) &&
		     stamp_write(stamp_path, inputs, packing->err);
	}
	ok = ok && enter(packing, path, format->name, &verity);
	if (ok && !kept) {
		long size = packing->receipt.artefacts[packing->receipt.count - 1].size;
		progress_end(&progress, "%.1f MB in %s", (double)size / 1e6, path);
	}
	free(stamp_path);
	free(path);
	return ok;
}

static bool write_text(
	struct packing *packing, const char *extension, const struct buffer *text, bool entered)
{
	const struct artefact_verity none = {0};
	char *path = work_artefact(packing->source.work, extension);
	bool ok = disk_write(path, text->data, text->size, packing->err) &&
		  (!entered || enter(packing, path, extension, &none));
	free(path);
	return ok;
}

/* What has to be known to trust the image, for scripts and for a kernel's command line. */
static bool write_root_hash(struct packing *packing)
{
	const struct receipt_artefact *image = &packing->receipt.artefacts[0];
	struct buffer hash = {0}, command_line = {0};
	if (image->data_blocks == 0) {
		return true;
	}
	buffer_print(&hash, "%s\n", image->root_hash);
	buffer_print(&command_line, "sill.verity=%llu,%s\n", (unsigned long long)image->data_blocks,
		image->root_hash);
	bool ok = write_text(packing, "roothash", &hash, false) &&
		  write_text(packing, "cmdline", &command_line, false);
	buffer_finish(&hash);
	buffer_finish(&command_line);
	return ok;
}

static bool write_sbom(struct packing *packing)
{
	struct buffer text = {0};
	sbom_write(packing->source.contents, &text);
	bool ok = write_text(packing, "spdx.json", &text, true);
	buffer_finish(&text);
	return ok;
}

static bool enter_contents(struct packing *packing)
{
	const struct artefact_verity none = {0};
	char *path = work_artefact(packing->source.work, "contents.json");
	bool ok = enter(packing, path, "contents.json", &none);
	free(path);
	return ok;
}

static bool make_all(struct packing *packing)
{
	bool ok = true;
	for (size_t i = 0; ok && i < packing->count; i++) {
		ok = make_format(packing, i);
	}
	if (!ok || !write_root_hash(packing) || !write_sbom(packing) || !enter_contents(packing)) {
		return false;
	}
	struct buffer text = {0};
	receipt_write(&packing->receipt, &text);
	char *path = work_artefact(packing->source.work, "receipt.json");
	seal_remove(path);
	free(path);
	ok = write_text(packing, "receipt.json", &text, false);
	buffer_finish(&text);
	return ok;
}

/* The receipt has a stamp of its own: that of just these formats. */
static void stamp_all(const struct packing *packing, char ret_inputs[static DIGEST_SIZE])
{
	struct buffer names = {0};
	for (size_t i = 0; i < packing->count; i++) {
		buffer_print(&names, " %s", packing->formats[i]->name);
	}
	stamp_inputs(packing, names.data, ret_inputs);
	buffer_finish(&names);
}

static bool all_there(const struct packing *packing)
{
	char *receipt = work_artefact(packing->source.work, "receipt.json");
	bool there = disk_exists(receipt);
	free(receipt);
	for (size_t i = 0; there && i < packing->count; i++) {
		char *path = work_artefact(packing->source.work, packing->formats[i]->name);
		there = disk_exists(path);
		free(path);
	}
	return there;
}

static bool make_or_keep(struct packing *packing)
{
	const struct work *work = packing->source.work;
	char inputs[DIGEST_SIZE];
	char *stamp_path = work_artefact(work, "receipt.json.inputs");
	stamp_all(packing, inputs);
	packing->result.unchanged = all_there(packing) && stamp_matches(stamp_path, inputs);
	bool ok = true;
	if (packing->result.unchanged) {
		fputs("sill: pack     unchanged\n", stderr);
	} else {
		unlink(stamp_path);
		ok = make_all(packing) && stamp_write(stamp_path, inputs, packing->err);
	}
	free(stamp_path);
	return ok && image_size(work->image_path, &packing->result.bytes, packing->err) &&
	       check_budget(packing, 0, packing->result.bytes);
}

bool pack(const struct work *work, const char *tree_inputs, struct pack_result *ret_result,
	struct error *err)
{
	struct contents contents;
	char *path = work_artefact(work, "contents.json");
	bool ok = contents_read(path, &contents, err);
	free(path);
	if (!ok) {
		return false;
	}
	struct packing packing = {
		.source = {work, &contents}, .tree_inputs = tree_inputs, .err = err};
	packing.receipt.name = mem_copy(work->manifest.name);
	packing.receipt.arch = mem_copy(work->arch);
	ok = choose_formats(&packing) && make_or_keep(&packing);
	receipt_finish(&packing.receipt);
	contents_finish(&contents);
	if (ok) {
		*ret_result = packing.result;
	}
	return ok;
}
