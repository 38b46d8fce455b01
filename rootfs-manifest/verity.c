// SPDX-License-Identifier: MIT
#include "rootfs-manifest/verity.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rootfs-manifest/erofs.h"
#include "rootfs-manifest/memory.h"

#define CHUNK_BLOCKS 64

/* A tree in memory: less than a hundredth of the data. */
struct verity_tree {
	struct verity_layout layout;
	uint8_t *blocks;
	uint8_t root[VERITY_DIGEST];
};

static void hash_blocks(EVP_MD_CTX *context, const uint8_t *data, size_t count, uint8_t *out)
{
	for (size_t i = 0; i < count; i++) {
		EVP_DigestInit_ex(context, EVP_sha256(), NULL);
		EVP_DigestUpdate(context, data + i * VERITY_BLOCK, VERITY_BLOCK);
		EVP_DigestFinal_ex(context, out + i * VERITY_DIGEST, NULL);
	}
}

static bool read_whole(int fd, void *data, size_t size, off_t at)
{
	uint8_t *bytes = data;
	while (size != 0) {
		ssize_t got = pread(fd, bytes, size, at);
		if (got <= 0) {
			errno = got == 0 ? EIO : errno;
			return false;
		}
		bytes += got;
		at += got;
		size -= (size_t)got;
	}
	return true;
}

static bool write_whole(int fd, const void *data, size_t size, off_t at)
{
	const uint8_t *bytes = data;
	while (size != 0) {
		ssize_t put = pwrite(fd, bytes, size, at);
		if (put < 0) {
			return false;
		}
		bytes += put;
		at += put;
		size -= (size_t)put;
	}
	return true;
}

/* Where the hashes of what is in the file go, and of each level the one above it. */
static uint8_t *level_at(const struct verity_tree *tree, unsigned level)
{
	return tree->blocks + tree->layout.first[level] * VERITY_BLOCK;
}

static bool hash_data(EVP_MD_CTX *context, int fd, uint64_t data_blocks, uint8_t *out)
{
	static uint8_t chunk[CHUNK_BLOCKS * VERITY_BLOCK];
	for (uint64_t block = 0; block < data_blocks; block += CHUNK_BLOCKS) {
		uint64_t left = data_blocks - block;
		size_t count = left < CHUNK_BLOCKS ? (size_t)left : CHUNK_BLOCKS;
		if (!read_whole(fd, chunk, count * VERITY_BLOCK, (off_t)(block * VERITY_BLOCK))) {
			return false;
		}
		hash_blocks(context, chunk, count, out + block * VERITY_DIGEST);
	}
	return true;
}

static bool tree_build(struct verity_tree *tree, int fd, uint64_t data_blocks, struct error *err)
{
	const struct verity_layout *layout = &tree->layout;
	if (!verity_layout_compute(data_blocks, &tree->layout)) {
		return fail(err, "%llu blocks: too few or too many for a hash tree",
			(unsigned long long)data_blocks);
	}
	tree->blocks = mem_alloc(layout->total * VERITY_BLOCK);
	EVP_MD_CTX *context = mem_need(EVP_MD_CTX_new());
	bool ok = hash_data(
		context, fd, data_blocks, layout->levels != 0 ? level_at(tree, 0) : tree->root);
	for (unsigned level = 0; ok && level < layout->levels; level++) {
		uint8_t *above =
			level + 1 < layout->levels ? level_at(tree, level + 1) : tree->root;
		hash_blocks(context, level_at(tree, level), layout->blocks[level], above);
	}
	EVP_MD_CTX_free(context);
	return ok || fail(err, "the image cannot be read: %s", strerror(errno));
}

static void print_root(const struct verity_tree *tree, char ret_root[static DIGEST_SIZE])
{
	for (size_t i = 0; i < VERITY_DIGEST; i++) {
		snprintf(ret_root + 2 * i, 3, "%02x", tree->root[i]);
	}
}

static void parse_uuid(const char *text, uint8_t ret_bytes[static 16])
{
	size_t nibble = 0;
	memset(ret_bytes, 0, 16);
	for (; *text != '\0' && nibble < 32; text++) {
		const char *digits = "0123456789abcdef";
		const char *digit = strchr(digits, *text);
		if (digit != NULL) {
			unsigned shift = nibble % 2 == 0 ? 4 : 0;
			ret_bytes[nibble++ / 2] |= (uint8_t)((unsigned)(digit - digits) << shift);
		}
	}
}

static bool append(
	int fd, const char *uuid, uint64_t data_blocks, char *ret_root, struct error *err)
{
	struct verity_tree tree = {0};
	struct verity_header header = {.data_blocks = data_blocks};
	uint8_t block[VERITY_BLOCK] = {0};
	parse_uuid(uuid, header.uuid);
	verity_header_write(&header, block);
	bool ok = tree_build(&tree, fd, data_blocks, err);
	off_t end = (off_t)(data_blocks * VERITY_BLOCK);
	if (ok && (!write_whole(fd, block, sizeof(block), end) ||
			  !write_whole(fd, tree.blocks, tree.layout.total * VERITY_BLOCK,
				  end + VERITY_BLOCK))) {
		ok = fail(err, "the hash tree cannot be written: %s", strerror(errno));
	}
	if (ok) {
		print_root(&tree, ret_root);
	}
	free(tree.blocks);
	return ok;
}

bool verity_append(const char *path, const char *uuid, uint64_t *ret_data_blocks,
	char ret_root[static DIGEST_SIZE], struct error *err)
{
	struct stat st;
	int fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) < 0) {
		fail(err, "%s: %s", path, strerror(errno));
		if (fd >= 0) {
			close(fd);
		}
		return false;
	}
	*ret_data_blocks = (uint64_t)st.st_size / VERITY_BLOCK;
	bool ok = st.st_size % VERITY_BLOCK == 0 ||
		  fail(err, "%s: its size is no multiple of %d", path, VERITY_BLOCK);
	ok = ok && append(fd, uuid, *ret_data_blocks, ret_root, err);
	if (close(fd) < 0 && ok) {
		ok = fail(err, "%s: %s", path, strerror(errno));
	}
	return ok;
}

/* The tree in the file says what the data was: where it disagrees with what is there now. */
static void compare(struct verity_finding *finding, const struct verity_tree *built,
	const uint8_t *stored, uint64_t data_blocks)
{
	for (uint64_t i = 0; built->layout.levels != 0 && i < data_blocks; i++) {
		uint64_t at = built->layout.first[0] * VERITY_BLOCK + i * VERITY_DIGEST;
		if (memcmp(built->blocks + at, stored + at, VERITY_DIGEST) != 0 &&
			finding->damaged++ == 0) {
			finding->first_damaged = i;
		}
	}
	size_t size = built->layout.total * VERITY_BLOCK;
	if (finding->damaged == 0 && memcmp(built->blocks, stored, size) != 0) {
		finding->damaged = 1;
		finding->first_damaged = data_blocks;
	}
}

static bool check_tree_of(
	int fd, const char *path, struct verity_finding *finding, struct error *err)
{
	uint64_t data_blocks = finding->data_blocks;
	struct verity_tree built = {0};
	bool ok = tree_build(&built, fd, data_blocks, err);
	if (ok) {
		size_t size = built.layout.total * VERITY_BLOCK;
		uint8_t *stored = mem_alloc(size);
		ok = read_whole(fd, stored, size, (off_t)((data_blocks + 1) * VERITY_BLOCK)) ||
		     fail(err, "%s: it ends in its hash tree", path);
		print_root(&built, finding->root);
		compare(finding, &built, stored, data_blocks);
		free(stored);
	}
	free(built.blocks);
	return ok;
}

static bool find_header(int fd, const char *path, uint64_t *ret_data_blocks, struct error *err)
{
	uint8_t erofs[EROFS_HEADER_SIZE], bytes[VERITY_HEADER_SIZE];
	struct verity_header header = {0};
	uint64_t blocks = 0;
	if (!read_whole(fd, erofs, sizeof(erofs), EROFS_HEADER_AT)) {
		return fail(err, "%s: too short for an image", path);
	}
	const char *problem = erofs_header_parse(erofs, &blocks);
	if (problem != NULL) {
		return fail(err, "%s: %s", path, problem);
	}
	if (!read_whole(fd, bytes, sizeof(bytes), (off_t)(blocks * VERITY_BLOCK))) {
		return fail(err, "%s: it ends before its hash tree", path);
	}
	problem = verity_header_parse(bytes, &header);
	if (problem == NULL && header.data_blocks != blocks) {
		problem = "the hash tree is for an image of another size";
	}
	*ret_data_blocks = blocks;
	return problem == NULL || fail(err, "%s: %s", path, problem);
}

bool verity_check(const char *path, struct verity_finding *ret_finding, struct error *err)
{
	struct verity_finding finding = {0};
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		return fail(err, "%s: %s", path, strerror(errno));
	}
	bool ok = find_header(fd, path, &finding.data_blocks, err) &&
		  check_tree_of(fd, path, &finding, err);
	close(fd);
	if (ok) {
		*ret_finding = finding;
	}
	return ok;
}
