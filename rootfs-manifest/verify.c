// SPDX-License-Identifier: MIT
#include "rootfs-manifest/verify.h"

#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rootfs-manifest/compare.h"
#include "rootfs-manifest/contents.h"
#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/image_file.h"
#include "rootfs-manifest/lock.h"
#include "rootfs-manifest/receipt.h"
#include "rootfs-manifest/seal.h"
#include "rootfs-manifest/verity.h"
#include "rootfs-manifest/wsl_profile.h"

#define DIFFERENCES_SHOWN 50

/* One run: what was found out so far that later checks need. */
struct verification {
	const struct verify_request *request;
	struct findings *findings;
	enum image_kind kind;
	char *receipt_path;
	struct receipt receipt;
	bool has_receipt;
	struct contents contents;
	bool has_contents;
};

/* A tree is called "tree", so the one receipt beside it is its. */
static char *find_tree_receipt(const char *tree)
{
	glob_t found = {0};
	char *pattern = mem_print("%s/../*.receipt.json", tree);
	glob(pattern, 0, NULL, &found);
	char *path = found.gl_pathc == 1 ? mem_copy(found.gl_pathv[0]) : NULL;
	globfree(&found);
	free(pattern);
	return path;
}

static void find_receipt(struct verification *it)
{
	const struct verify_request *request = it->request;
	if (request->receipt != NULL) {
		it->receipt_path = mem_copy(request->receipt);
	} else if (it->kind == IMAGE_TREE) {
		it->receipt_path = find_tree_receipt(request->image);
	} else {
		it->receipt_path = image_beside(request->image, "receipt.json");
	}
}

static void check_receipt(struct verification *it)
{
	struct error err;
	find_receipt(it);
	if (it->receipt_path == NULL || !disk_exists(it->receipt_path)) {
		findings_add(it->findings, "receipt", FINDING_FAILED,
			"there is none for it: name one with --receipt");
	} else if (!receipt_read(it->receipt_path, &it->receipt, &err)) {
		findings_add(it->findings, "receipt", FINDING_FAILED, "%s", err.text);
	} else {
		it->has_receipt = true;
		findings_add(it->findings, "receipt", FINDING_OK, "%s for %s", it->receipt.name,
			it->receipt.arch);
	}
}

static void check_signature(struct verification *it)
{
	struct error err;
	if (it->request->key == NULL) {
		findings_add(it->findings, "signature", FINDING_SKIPPED,
			"no public key was given with --key");
	} else if (!it->has_receipt) {
		findings_add(it->findings, "signature", FINDING_FAILED, "there is no receipt");
	} else if (seal_check(it->receipt_path, it->request->key, &err)) {
		findings_add(it->findings, "signature", FINDING_OK, "the receipt is signed by %s",
			it->request->key);
	} else {
		findings_add(it->findings, "signature", FINDING_FAILED, "%s", err.text);
	}
}

static const struct receipt_artefact *find_entry(const struct verification *it)
{
	char *copy = mem_copy(it->request->image);
	size_t size = strlen(copy);
	while (size > 1 && copy[size - 1] == '/') {
		copy[--size] = '\0';
	}
	const char *slash = strrchr(copy, '/');
	const struct receipt_artefact *entry =
		receipt_find(&it->receipt, slash != NULL ? slash + 1 : copy);
	free(copy);
	return entry;
}

/* The artefact as a whole. A tree has no hash of its own: its files have. */
static void check_hash(struct verification *it)
{
	char sha256[DIGEST_SIZE];
	struct error err;
	const struct receipt_artefact *entry = find_entry(it);
	if (it->kind == IMAGE_TREE) {
		return;
	}
	if (entry == NULL) {
		findings_add(it->findings, "sha256", FINDING_FAILED,
			"the receipt does not know a file of this name");
		return;
	}
	char *path = it->kind == IMAGE_OCI ? mem_print("%s/index.json", it->request->image)
					   : mem_copy(it->request->image);
	if (!digest_file(path, sha256, &err)) {
		findings_add(it->findings, "sha256", FINDING_FAILED, "%s", err.text);
	} else if (strcmp(sha256, entry->sha256) != 0) {
		findings_add(it->findings, "sha256", FINDING_FAILED,
			"it is %s, and the receipt says %s", sha256, entry->sha256);
	} else {
		findings_add(it->findings, "sha256", FINDING_OK, "%s", sha256);
	}
	free(path);
}

static void check_verity(struct verification *it)
{
	struct verity_finding found;
	struct error err;
	const struct receipt_artefact *entry = it->has_receipt ? find_entry(it) : NULL;
	if (it->kind != IMAGE_EROFS) {
		return;
	}
	if (!verity_check(it->request->image, &found, &err)) {
		findings_add(it->findings, "hash tree", FINDING_FAILED, "%s", err.text);
	} else if (found.damaged != 0) {
		findings_add(it->findings, "hash tree", FINDING_FAILED,
			"%llu of its blocks are damaged, the first is block %llu",
			(unsigned long long)found.damaged, (unsigned long long)found.first_damaged);
	} else if (entry != NULL && strcmp(entry->root_hash, found.root) != 0) {
		findings_add(it->findings, "hash tree", FINDING_FAILED,
			"its root is %s, and the receipt says %s", found.root, entry->root_hash);
	} else {
		findings_add(it->findings, "hash tree", FINDING_OK, "root hash %s", found.root);
	}
}

static void check_vhd(struct verification *it)
{
	if (it->kind == IMAGE_VHD) {
		const char *problem = image_vhd_problem(it->request->image);
		findings_add(it->findings, "vhd", problem == NULL ? FINDING_OK : FINDING_FAILED,
			"%s",
			problem == NULL ? "ext4 over the whole disk, and a fixed VHD's footer"
					: problem);
	}
}

static const struct receipt_artefact *find_format(const struct receipt *receipt, const char *format)
{
	for (size_t i = 0; i < receipt->count; i++) {
		if (strcmp(receipt->artefacts[i].format, format) == 0) {
			return &receipt->artefacts[i];
		}
	}
	return NULL;
}

static bool read_contents(struct verification *it, struct error *err)
{
	char sha256[DIGEST_SIZE];
	const struct receipt_artefact *entry = find_format(&it->receipt, "contents.json");
	if (entry == NULL) {
		return fail(err, "the receipt names no contents");
	}
	char *folder = disk_folder_of(it->receipt_path);
	char *path = mem_print("%s/%s", folder, entry->file);
	bool ok = digest_file(path, sha256, err) &&
		  (strcmp(sha256, entry->sha256) == 0 ||
			  fail(err, "%s: it is not the one of the receipt", path)) &&
		  contents_read(path, &it->contents, err);
	free(folder);
	free(path);
	return ok;
}

static void check_contents(struct verification *it)
{
	struct error err;
	if (!it->has_receipt) {
		return;
	}
	it->has_contents = read_contents(it, &err);
	if (it->has_contents) {
		findings_add(it->findings, "contents", FINDING_OK, "%zu files of %zu packages",
			it->contents.count, it->contents.package_count);
	} else {
		findings_add(it->findings, "contents", FINDING_FAILED, "%s", err.text);
	}
}

/* The packages that the contents name are those of the lock. */
static const char *compare_with_lock(const struct contents *contents, const struct lock *lock)
{
	for (size_t i = 0; i < contents->package_count; i++) {
		const struct package *locked = lock_find(lock, contents->packages[i].name);
		if (locked == NULL || strcmp(locked->sha256, contents->packages[i].sha256) != 0) {
			return contents->packages[i].name;
		}
	}
	return NULL;
}

static void check_lock(struct verification *it)
{
	struct buffer text;
	struct lock lock;
	struct error err;
	const char *path = it->request->lock;
	if (path == NULL || !it->has_contents) {
		findings_add(it->findings, "lock", FINDING_SKIPPED, "%s",
			path == NULL ? "none was given with --lock" : "there are no contents");
		return;
	}
	bool ok = disk_read(path, LOCK_SIZE_MAX, &text, &err);
	if (ok) {
		ok = lock_parse(path, text.data, text.size, &lock, &err);
		buffer_finish(&text);
	}
	if (!ok) {
		findings_add(it->findings, "lock", FINDING_FAILED, "%s", err.text);
		return;
	}
	const char *odd = compare_with_lock(&it->contents, &lock);
	lock_finish(&lock);
	if (odd == NULL) {
		findings_add(it->findings, "lock", FINDING_OK, "every package is the locked one");
	} else {
		findings_add(it->findings, "lock", FINDING_FAILED,
			"package %s is not the locked one", odd);
	}
}

/* The files, one line for each that is not as it should be. */
struct file_check {
	struct findings *findings;
	const struct contents *found;
	size_t count;
};

/* Below something that is mounted: it may be there, but nobody can see it. */
static bool is_hidden(const struct contents *found, const char *path)
{
	char *folder = mem_copy(path);
	bool hidden = false;
	for (char *slash; !hidden && (slash = strrchr(folder, '/')) != NULL;) {
		*slash = '\0';
		const struct content *item = contents_find(found, folder);
		hidden = item != NULL && item->mounted;
	}
	free(folder);
	return hidden;
}

static void report_file(const struct difference *difference, void *data)
{
	struct file_check *check = data;
	const struct content *item =
		difference->before != NULL ? difference->before : difference->after;
	if (difference->change == CHANGE_REMOVED && is_hidden(check->found, item->path)) {
		return;
	}
	if (check->count++ >= DIFFERENCES_SHOWN) {
		return;
	}
	switch (difference->change) {
	case CHANGE_ADDED:
		findings_add(check->findings, "file", FINDING_FAILED, "/%s does not belong there",
			item->path);
		break;
	case CHANGE_REMOVED:
		findings_add(check->findings, "file", FINDING_FAILED, "/%s is missing", item->path);
		break;
	case CHANGE_MODIFIED:
		findings_add(check->findings, "file", FINDING_FAILED,
			"/%s has another %s than was packed", item->path, difference->what);
		break;
	}
}

static void check_files(struct verification *it, const char *folder, bool owners)
{
	struct contents found = {0};
	struct error err;
	struct file_check check = {.findings = it->findings, .found = &found};
	if (!contents_scan(folder, &found, &err)) {
		findings_add(it->findings, "files", FINDING_FAILED, "%s", err.text);
	} else {
		compare_contents(&it->contents, &found, owners, report_file, &check);
		if (check.count > DIFFERENCES_SHOWN) {
			findings_add(it->findings, "files", FINDING_FAILED, "and %zu more",
				check.count - DIFFERENCES_SHOWN);
		} else if (check.count == 0) {
			findings_add(it->findings, "files", FINDING_OK,
				"%zu, each with its hash and mode%s", found.count,
				owners ? " and owner" : "; owners were not looked at");
		}
	}
	contents_finish(&found);
}

/* What needs to see the files: they are unpacked for it, or looked at where they are mounted. */
static void check_inside(struct verification *it)
{
	struct image_folder folder = {0};
	struct error err;
	bool live = it->request->live != NULL;
	if (live) {
		// Mounted from the image by root, or through FUSE for whoever looks: root's either
		// way.
		folder = (struct image_folder){
			.path = mem_copy(it->request->live), .owners = geteuid() == 0};
	} else if (!image_open(it->request->image, it->kind, &folder, &err)) {
		findings_add(it->findings, "files", FINDING_FAILED, "%s", err.text);
		return;
	}
	if (it->has_contents) {
		check_files(it, folder.path, folder.owners);
	}
	if (it->request->wsl) {
		wsl_profile_check(it->request->image, it->kind, folder.path, it->findings);
	}
	image_close(&folder);
}

bool verify(const struct verify_request *request, struct findings *findings, struct error *err)
{
	struct verification it = {.request = request, .findings = findings};
	if (!image_kind(request->image, &it.kind, err)) {
		return false;
	}
	if (it.kind == IMAGE_UNKNOWN) {
		return fail_input(err, "%s: no image of a kind that sill knows", request->image);
	}
	check_receipt(&it);
	check_signature(&it);
	if (it.has_receipt) {
		check_hash(&it);
	}
	check_verity(&it);
	check_vhd(&it);
	check_contents(&it);
	check_lock(&it);
	check_inside(&it);
	contents_finish(&it.contents);
	receipt_finish(&it.receipt);
	free(it.receipt_path);
	return true;
}
