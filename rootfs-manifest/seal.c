// SPDX-License-Identifier: MIT
#include "rootfs-manifest/seal.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/memory.h"

#define KEY_SIZE 32
#define KEY_ID_SIZE 8
#define SIGNATURE_SIZE 64
#define FILE_SIZE_MAX (64 * 1024 * 1024)
#define KEY_FILE_SIZE_MAX (64 * 1024)
#define COMMENT_MAX 256

// minisign(1), "Signature format": this one is of the file itself, not of its hash.
static const char algorithm[2] = {'E', 'd'};

static void base64(const void *data, size_t size, char *out)
{
	EVP_EncodeBlock((unsigned char *)out, data, (int)size);
}

/* The key's own name: minisign only compares it. */
static void key_id(const unsigned char public[static KEY_SIZE], unsigned char *ret_id)
{
	unsigned char hash[EVP_MAX_MD_SIZE];
	EVP_Digest(public, KEY_SIZE, hash, NULL, EVP_sha256(), NULL);
	memcpy(ret_id, hash, KEY_ID_SIZE);
}

static EVP_PKEY *read_private(const char *path, struct error *err)
{
	FILE *file = fopen(path, "re");
	// No passphrase: nobody is there to be asked.
	EVP_PKEY *key = file != NULL ? PEM_read_PrivateKey(file, NULL, NULL, (void *)"") : NULL;
	if (file != NULL) {
		fclose(file);
	}
	if (key == NULL || EVP_PKEY_get_id(key) != EVP_PKEY_ED25519) {
		fail_input(err, "%s: not an ed25519 private key in PEM without a passphrase", path);
		EVP_PKEY_free(key);
		return NULL;
	}
	return key;
}

static bool sign(EVP_PKEY *key, const void *data, size_t size, unsigned char *ret_signature)
{
	size_t signature_size = SIGNATURE_SIZE;
	EVP_MD_CTX *context = mem_need(EVP_MD_CTX_new());
	bool ok = EVP_DigestSignInit(context, NULL, NULL, NULL, key) == 1 &&
		  EVP_DigestSign(context, ret_signature, &signature_size, data, size) == 1;
	EVP_MD_CTX_free(context);
	return ok;
}

/* minisign's file: the signature, and one of signature and comment together. */
static bool print_minisig(EVP_PKEY *key, const unsigned char public[static KEY_SIZE],
	const unsigned char signature[static SIGNATURE_SIZE], const char *name, struct buffer *out)
{
	unsigned char blob[2 + KEY_ID_SIZE + SIGNATURE_SIZE], global[SIGNATURE_SIZE];
	unsigned char covered[SIGNATURE_SIZE + COMMENT_MAX];
	char text[128], comment[COMMENT_MAX];
	int size = snprintf(comment, sizeof(comment), "file:%s", name);
	if (size < 0 || size >= COMMENT_MAX) {
		return false;
	}
	memcpy(covered, signature, SIGNATURE_SIZE);
	memcpy(covered + SIGNATURE_SIZE, comment, (size_t)size);
	if (!sign(key, covered, SIGNATURE_SIZE + (size_t)size, global)) {
		return false;
	}
	memcpy(blob, algorithm, 2);
	key_id(public, blob + 2);
	memcpy(blob + 2 + KEY_ID_SIZE, signature, SIGNATURE_SIZE);
	base64(blob, sizeof(blob), text);
	buffer_print(out, "untrusted comment: signature from sill\n%s\n", text);
	base64(global, sizeof(global), text);
	buffer_print(out, "trusted comment: %s\n%s\n", comment, text);
	return true;
}

static bool write_beside(
	const char *path, const char *suffix, const void *data, size_t size, struct error *err)
{
	char *beside = mem_print("%s%s", path, suffix);
	bool ok = disk_write(beside, data, size, err);
	free(beside);
	return ok;
}

static bool seal(const char *path, EVP_PKEY *key, const struct buffer *text,
	const unsigned char public[static KEY_SIZE], struct error *err)
{
	unsigned char signature[SIGNATURE_SIZE];
	struct buffer minisig = {0};
	const char *slash = strrchr(path, '/');
	bool ok = sign(key, text->data, text->size, signature) &&
		  print_minisig(key, public, signature, slash != NULL ? slash + 1 : path, &minisig);
	ok = ok || fail(err, "%s: it cannot be signed", path);
	ok = ok && write_beside(path, ".sig", signature, sizeof(signature), err) &&
	     write_beside(path, ".minisig", minisig.data, minisig.size, err);
	buffer_finish(&minisig);
	return ok;
}

bool seal_write(const char *path, const char *key, char ret_public[static SEAL_PUBLIC_SIZE],
	struct error *err)
{
	struct buffer text;
	unsigned char public[KEY_SIZE], blob[2 + KEY_ID_SIZE + KEY_SIZE];
	size_t size = sizeof(public);
	if (!disk_read(path, FILE_SIZE_MAX, &text, err)) {
		return false;
	}
	EVP_PKEY *private = read_private(key, err);
	bool ok = private != NULL;
	if (ok) {
		EVP_PKEY_get_raw_public_key(private, public, &size);
		ok = seal(path, private, &text, public, err);
		memcpy(blob, algorithm, 2);
		key_id(public, blob + 2);
		memcpy(blob + 2 + KEY_ID_SIZE, public, KEY_SIZE);
		base64(blob, sizeof(blob), ret_public);
	}
	EVP_PKEY_free(private);
	buffer_finish(&text);
	return ok;
}

/* minisign's public key: a comment, then base64 of algorithm, key's name and key. */
static EVP_PKEY *parse_minisign(const char *text)
{
	unsigned char blob[SEAL_PUBLIC_SIZE];
	const char *line = text;
	if (strncmp(text, "untrusted comment:", 18) == 0) {
		line = strchr(text, '\n');
		line = line != NULL ? line + 1 : "";
	}
	if (strcspn(line, "\r\n") != SEAL_PUBLIC_SIZE - 1 ||
		EVP_DecodeBlock(blob, (const unsigned char *)line, SEAL_PUBLIC_SIZE - 1) !=
			2 + KEY_ID_SIZE + KEY_SIZE ||
		memcmp(blob, algorithm, 2) != 0) {
		return NULL;
	}
	return EVP_PKEY_new_raw_public_key(
		EVP_PKEY_ED25519, NULL, blob + 2 + KEY_ID_SIZE, KEY_SIZE);
}

static EVP_PKEY *read_public(const char *path, struct error *err)
{
	struct buffer text;
	if (!disk_read(path, KEY_FILE_SIZE_MAX, &text, err)) {
		return NULL;
	}
	BIO *memory = mem_need(BIO_new_mem_buf(text.data, (int)text.size));
	EVP_PKEY *key = PEM_read_bio_PUBKEY(memory, NULL, NULL, NULL);
	BIO_free(memory);
	if (key == NULL) {
		key = parse_minisign(text.data);
	}
	buffer_finish(&text);
	if (key == NULL || EVP_PKEY_get_id(key) != EVP_PKEY_ED25519) {
		fail_input(err, "%s: not an ed25519 public key, neither PEM nor minisign's", path);
		EVP_PKEY_free(key);
		return NULL;
	}
	return key;
}

static bool check(EVP_PKEY *key, const char *path, const char *sig, struct error *err)
{
	struct buffer text, signature;
	if (!disk_read(path, FILE_SIZE_MAX, &text, err)) {
		return false;
	}
	bool ok = disk_read(sig, SIGNATURE_SIZE, &signature, err);
	if (ok) {
		EVP_MD_CTX *context = mem_need(EVP_MD_CTX_new());
		ok = signature.size == SIGNATURE_SIZE &&
		     EVP_DigestVerifyInit(context, NULL, NULL, NULL, key) == 1 &&
		     EVP_DigestVerify(context, (unsigned char *)signature.data, signature.size,
			     (unsigned char *)text.data, text.size) == 1;
		ok = ok || fail(err, "%s: not this key's signature of %s", sig, path);
		EVP_MD_CTX_free(context);
		buffer_finish(&signature);
	}
	buffer_finish(&text);
	return ok;
}

bool seal_check(const char *path, const char *key, struct error *err)
{
	EVP_PKEY *public = read_public(key, err);
	if (public == NULL) {
		return false;
	}
	char *sig = mem_print("%s.sig", path);
	bool ok = check(public, path, sig, err);
	free(sig);
	EVP_PKEY_free(public);
	return ok;
}

void seal_remove(const char *path)
{
	const char *const suffixes[] = {".sig", ".minisig"};
	for (size_t i = 0; i < 2; i++) {
		char *beside = mem_print("%s%s", path, suffixes[i]);
		unlink(beside);
		free(beside);
	}
}
