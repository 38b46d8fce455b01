// SPDX-License-Identifier: MIT
#include "rootfs-manifest/image_file.h"

#include <errno.h>
#include <fcntl.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rootfs-manifest/digest.h"
#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/member.h"
#include "rootfs-manifest/process.h"
#include "rootfs-manifest/rules.h"

#define JSON_SIZE_MAX (4 * 1024 * 1024)
#define LAYERS_MAX 128
#define EXT4_MAGIC_AT 1080

/* Magic numbers in the formats' first bytes. */
static const struct {
	enum image_kind kind;
	size_t at;
	size_t size;
	const char *bytes;
} magics[] = {
	{IMAGE_EROFS, 1024, 4, "\xe2\xe1\xf5\xe0"},
	{IMAGE_SQUASHFS, 0, 4, "hsqs"},
	{IMAGE_TAR, 257, 5, "ustar"},
};

static enum image_kind kind_of_file(int fd, off_t size)
{
	char bytes[VHD_FOOTER_SIZE];
	if (size > VHD_FOOTER_SIZE &&
		pread(fd, bytes, sizeof(bytes), size - VHD_FOOTER_SIZE) == sizeof(bytes) &&
		memcmp(bytes, "conectix", 8) == 0) {
		return IMAGE_VHD;
	}
	for (size_t i = 0; i < sizeof(magics) / sizeof(magics[0]); i++) {
		if (pread(fd, bytes, magics[i].size, (off_t)magics[i].at) ==
				(ssize_t)magics[i].size &&
			memcmp(bytes, magics[i].bytes, magics[i].size) == 0) {
			return magics[i].kind;
		}
	}
	return IMAGE_UNKNOWN;
}

bool image_kind(const char *path, enum image_kind *ret_kind, struct error *err)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) < 0) {
		return fail_input(err, "%s: %s", path, strerror(errno));
	}
	*ret_kind = IMAGE_UNKNOWN;
	if (S_ISDIR(st.st_mode)) {
		bool oci = faccessat(fd, "oci-layout", F_OK, 0) == 0;
		*ret_kind = oci ? IMAGE_OCI : IMAGE_TREE;
	} else if (S_ISREG(st.st_mode)) {
		*ret_kind = kind_of_file(fd, st.st_size);
	}
	close(fd);
	return true;
}

const char *image_kind_name(enum image_kind kind)
{
	static const char *const names[] = {"folder", "OCI image layout", "erofs", "squashfs",
		"tar", "VHD", "something unknown"};
	return names[kind];
}

const char *image_vhd_problem(const char *path)
{
	uint8_t bytes[VHD_FOOTER_SIZE], magic[2] = {0};
	struct vhd_footer footer;
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	const char *problem = "it cannot be read";
	if (fd >= 0 && fstat(fd, &st) == 0 && st.st_size > VHD_FOOTER_SIZE &&
		pread(fd, bytes, sizeof(bytes), st.st_size - VHD_FOOTER_SIZE) == sizeof(bytes) &&
		pread(fd, magic, sizeof(magic), EXT4_MAGIC_AT) == sizeof(magic)) {
		problem = vhd_footer_parse(bytes, (uint64_t)st.st_size, &footer);
		if (problem == NULL && (magic[0] != 0x53 || magic[1] != 0xef)) {
			problem = "there is no ext4 file system at its very start";
		}
	}
	if (fd >= 0) {
		close(fd);
	}
	return problem;
}

char *image_beside(const char *image, const char *extension)
{
	size_t size = strlen(image);
	while (size > 1 && image[size - 1] == '/') {
		size--;
	}
	const char *slash = memrchr(image, '/', size);
	const char *leaf = slash != NULL ? slash + 1 : image;
	const char *dot = memrchr(leaf, '.', size - (size_t)(leaf - image));
	// Of two parts: x.contents.json lies beside x.receipt.json.
	const char *inner = dot != NULL ? memrchr(leaf, '.', (size_t)(dot - leaf)) : NULL;
	bool json = dot != NULL && strncmp(dot, ".json", 5) == 0 && inner != NULL;
	size_t stem = dot != NULL ? (size_t)((json ? inner : dot) - image) : size;
	return mem_print("%.*s.%s", (int)stem, image, extension);
}

/* Reads a JSON file of a layout whose hash is known; with `sha256` NULL any. */
static struct json_object *read_json(
	const char *layout, const char *leaf, const char *sha256, struct error *err)
{
	struct buffer text;
	char found[DIGEST_SIZE];
	struct json_object *value = NULL;
	char *path = mem_print("%s/%s", layout, leaf);
	if (disk_read(path, JSON_SIZE_MAX, &text, err)) {
		digest_bytes(text.data, text.size, found);
		if (sha256 == NULL || strcmp(found, sha256) == 0) {
			value = member_document(path, text.data, text.size, err);
		} else {
			fail(err, "%s: its name says another hash", path);
		}
		buffer_finish(&text);
	}
	free(path);
	return value;
}

static bool blob_digest(
	const char *layout, struct json_object *blob, const char **ret_sha256, struct error *err)
{
	const char *digest;
	if (!member_text(layout, blob, "digest", NULL, &digest, err)) {
		return false;
	}
	if (strncmp(digest, "sha256:", 7) != 0 || rule_sha256(digest + 7) != NULL) {
		return fail(err, "%s: '%s' is no sha256", layout, digest);
	}
	*ret_sha256 = digest + 7;
	return true;
}

static bool unpack_layer(
	const char *layout, struct json_object *layer, const char *folder, struct error *err)
{
	const char *sha256;
	char found[DIGEST_SIZE];
	if (!blob_digest(layout, layer, &sha256, err)) {
		return false;
	}
	char *path = mem_print("%s/blobs/sha256/%s", layout, sha256);
	const char *const argv[] = {"tar", "--numeric-owner", "-xpzf", path, "-C", folder, NULL};
	bool ok =
		digest_file(path, found, err) &&
		(strcmp(found, sha256) == 0 || fail(err, "%s: its name says another hash", path)) &&
		process_run(argv, err);
	free(path);
	return ok;
}

static bool unpack_manifest(
	const char *layout, struct json_object *manifest, const char *folder, struct error *err)
{
	struct json_object *layers;
	bool ok = member_list(layout, manifest, "layers", LAYERS_MAX, &layers, err);
	for (size_t i = 0; ok && i < json_object_array_length(layers); i++) {
		ok = unpack_layer(layout, json_object_array_get_idx(layers, i), folder, err);
	}
	return ok;
}

/* The first image of the index: ours have one. Every blob's hash is checked on the way. */
static bool unpack_oci(const char *layout, const char *folder, struct error *err)
{
	struct json_object *list, *manifest = NULL,
				  *index = read_json(layout, "index.json", NULL, err);
	const char *sha256;
	bool ok =
		index != NULL && member_list(layout, index, "manifests", LAYERS_MAX, &list, err) &&
		(json_object_array_length(list) != 0 || fail(err, "%s: it has no image", layout)) &&
		blob_digest(layout, json_object_array_get_idx(list, 0), &sha256, err);
	if (ok) {
		char *leaf = mem_print("blobs/sha256/%s", sha256);
		manifest = read_json(layout, leaf, sha256, err);
		free(leaf);
		ok = manifest != NULL && unpack_manifest(layout, manifest, folder, err);
	}
	json_object_put(manifest);
	json_object_put(index);
	return ok;
}

static bool unpack_erofs(const char *image, const char *folder, struct error *err)
{
	char *extract = mem_print("--extract=%s", folder);
	bool root = geteuid() == 0;
	const char *const argv[] = {"fsck.erofs", extract, "--overwrite", "--preserve-perms",
		root ? "--preserve-owner" : "--no-preserve-owner", image, NULL};
	bool ok = process_run(argv, err);
	free(extract);
	return ok;
}

static bool unpack_vhd(const char *image, const char *folder, struct error *err)
{
	char *request = mem_print("rdump / %s", folder);
	char *lost = mem_print("%s/lost+found", folder);
	const char *const argv[] = {"debugfs", "-R", request, image, NULL};
	const char *problem = image_vhd_problem(image);
	bool ok = problem == NULL || fail(err, "%s: %s", image, problem);
	ok = ok && process_run(argv, err);
	rmdir(lost);
	free(lost);
	free(request);
	return ok;
}

static bool unpack(const char *image, enum image_kind kind, const char *folder, struct error *err)
{
	const char *const tar[] = {"tar", "--numeric-owner", "-xpf", image, "-C", folder, NULL};
	const char *const squashfs[] = {
		"unsquashfs", "-quiet", "-no-progress", "-force", "-dest", folder, image, NULL};
	switch (kind) {
	case IMAGE_OCI:
		return unpack_oci(image, folder, err);
	case IMAGE_EROFS:
		return unpack_erofs(image, folder, err);
	case IMAGE_SQUASHFS:
		return process_run(squashfs, err);
	case IMAGE_TAR:
		return process_run(tar, err);
	case IMAGE_VHD:
		return unpack_vhd(image, folder, err);
	case IMAGE_TREE:
	case IMAGE_UNKNOWN:
		break;
	}
	return fail_input(err, "%s: it is %s", image, image_kind_name(kind));
}

bool image_open(
	const char *image, enum image_kind kind, struct image_folder *ret_folder, struct error *err)
{
	const char *temporary = getenv("TMPDIR");
	if (kind == IMAGE_TREE) {
		*ret_folder = (struct image_folder){.path = mem_copy(image)};
		return true;
	}
	struct image_folder folder = {.owners = geteuid() == 0};
	folder.scratch = mem_print("%s/sill-image-XXXXXX",
		temporary != NULL && temporary[0] != '\0' ? temporary : "/tmp");
	if (mkdtemp(folder.scratch) == NULL) {
		fail(err, "%s: %s", folder.scratch, strerror(errno));
		free(folder.scratch);
		return false;
	}
	folder.path = mem_print("%s/root", folder.scratch);
	bool ok = disk_make_dirs(folder.path, err) && unpack(image, kind, folder.path, err);
	if (!ok) {
		image_close(&folder);
		return false;
	}
	*ret_folder = folder;
	return true;
}

void image_close(struct image_folder *folder)
{
	struct error ignored;
	if (folder->scratch != NULL) {
		disk_remove(folder->scratch, &ignored);
	}
	free(folder->scratch);
	free(folder->path);
	*folder = (struct image_folder){0};
}
