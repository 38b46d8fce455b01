// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/credentials.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "compositor-glue/rdp/log.h"

#define VALID_DAYS (20 * 365)
#define RSA_BITS 2048
#define FINGERPRINT_SIZE 32

/* files */

/* The whole file as a string, or NULL with errno. */
static char *read_file(int directory, const char *name)
{
	char *text = malloc(CREDENTIALS_FILE_LIMIT + 1);
	int fd = text == NULL ? -1 : openat(directory, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0) {
		free(text);
		return NULL;
	}
	size_t length = 0;
	ssize_t got;
	while ((got = read(fd, text + length, CREDENTIALS_FILE_LIMIT - length)) > 0) {
		length += (size_t)got;
	}
	int saved = errno;
	close(fd);
	if (got < 0) {
		free(text);
		errno = saved;
		return NULL;
	}
	text[length] = '\0';
	return text;
}

static int write_whole(int fd, const char *text)
{
	size_t left = strlen(text);
	while (left > 0) {
		ssize_t put = write(fd, text, left);
		if (put < 0) {
			return -1;
		}
		text += put;
		left -= (size_t)put;
	}
	return fsync(fd);
}

/* Either the whole file appears under its name, or nothing does. */
static int write_file(int directory, const char *name, const char *text, mode_t mode)
{
	char draft[64];
	snprintf(draft, sizeof(draft), ".%s.new", name);
	unlinkat(directory, draft, 0);
	int fd = openat(directory, draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	if (fd < 0) {
		return -1;
	}
	int result = fchmod(fd, mode) < 0 ? -1 : write_whole(fd, text);
	if (close(fd) < 0 || result < 0 || renameat(directory, draft, directory, name) < 0) {
		int saved = errno;
		unlinkat(directory, draft, 0);
		errno = saved;
		return -1;
	}
	return 0;
}

/* key and certificate */

static char *bio_take_string(BIO *bio)
{
	char *data = NULL;
	long length = BIO_get_mem_data(bio, &data);
	return length > 0 ? strndup(data, (size_t)length) : NULL;
}

static char *key_to_pem(EVP_PKEY *key)
{
	BIO *bio = BIO_new(BIO_s_mem());
	char *pem = NULL;
	if (bio != NULL && PEM_write_bio_PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL) == 1) {
		pem = bio_take_string(bio);
	}
	BIO_free(bio);
	return pem;
}

static char *certificate_to_pem(X509 *certificate)
{
	BIO *bio = BIO_new(BIO_s_mem());
	char *pem = NULL;
	if (bio != NULL && PEM_write_bio_X509(bio, certificate) == 1) {
		pem = bio_take_string(bio);
	}
	BIO_free(bio);
	return pem;
}

static bool certificate_fill(X509 *certificate, EVP_PKEY *key)
{
	unsigned char serial[8];
	if (RAND_bytes(serial, sizeof(serial)) != 1) {
		return false;
	}
	serial[0] &= 0x7f;
	BIGNUM *number = BN_bin2bn(serial, sizeof(serial), NULL);
	X509_NAME *name = X509_get_subject_name(certificate);
	bool filled =
		number != NULL &&
		BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != NULL &&
		X509_set_version(certificate, X509_VERSION_3) == 1 &&
		/* A day back: clocks of virtual machines start wrong. */
		X509_gmtime_adj(X509_getm_notBefore(certificate), -86400) != NULL &&
		X509_time_adj_ex(X509_getm_notAfter(certificate), VALID_DAYS, 0, NULL) != NULL &&
		X509_set_pubkey(certificate, key) == 1 &&
		X509_NAME_add_entry_by_txt(
			name, "CN", MBSTRING_ASC, (const unsigned char *)"sill", -1, -1, 0) == 1 &&
		X509_set_issuer_name(certificate, name) == 1 &&
		X509_sign(certificate, key, EVP_sha256()) > 0;
	BN_free(number);
	return filled;
}

static bool generate_pair(struct credentials *credentials)
{
	/* RSA, since FreeRDP and some clients take no other key for a server. */
	EVP_PKEY *key = EVP_RSA_gen(RSA_BITS);
	X509 *certificate = X509_new();
	if (key != NULL && certificate != NULL && certificate_fill(certificate, key)) {
		credentials->key_pem = key_to_pem(key);
		credentials->certificate_pem = certificate_to_pem(certificate);
	}
	X509_free(certificate);
	EVP_PKEY_free(key);
	return credentials->key_pem != NULL && credentials->certificate_pem != NULL;
}

/* sha256 of the certificate's DER form, in hexadecimal, with a newline; also checks that it parses.
 */
static bool fingerprint(const char *pem, char text[FINGERPRINT_SIZE * 2 + 2])
{
	unsigned char digest[FINGERPRINT_SIZE];
	unsigned length = sizeof(digest);
	BIO *bio = BIO_new_mem_buf(pem, -1);
	X509 *certificate = bio != NULL ? PEM_read_bio_X509(bio, NULL, NULL, NULL) : NULL;
	bool done =
		certificate != NULL && X509_digest(certificate, EVP_sha256(), digest, &length) == 1;
	X509_free(certificate);
	BIO_free(bio);
	if (!done) {
		return false;
	}
	for (size_t i = 0; i < sizeof(digest); i++) {
		snprintf(text + 2 * i, 3, "%02x", digest[i]);
	}
	memcpy(text + FINGERPRINT_SIZE * 2, "\n", 2);
	return true;
}

static int load_pair(struct credentials *credentials, int directory)
{
	credentials->key_pem = read_file(directory, "key.pem");
	if (credentials->key_pem == NULL && errno != ENOENT) {
		return -1;
	}
	credentials->certificate_pem = read_file(directory, "cert.pem");
	if (credentials->certificate_pem == NULL && errno != ENOENT) {
		return -1;
	}
	if (credentials->key_pem != NULL && credentials->certificate_pem != NULL) {
		return 0;
	}
	/* The key is written first: cut short between the two, the next start makes both anew. */
	free(credentials->key_pem);
	free(credentials->certificate_pem);
	if (!generate_pair(credentials)) {
		errno = EIO;
		return -1;
	}
	if (write_file(directory, "key.pem", credentials->key_pem, 0600) < 0) {
		return -1;
	}
	return write_file(directory, "cert.pem", credentials->certificate_pem, 0644);
}

static int load_fingerprint(const struct credentials *credentials, int directory)
{
	char text[FINGERPRINT_SIZE * 2 + 2];
	if (!fingerprint(credentials->certificate_pem, text)) {
		errno = EBADMSG;
		return -1;
	}
	char *old = read_file(directory, "fingerprint");
	bool same = old != NULL && strcmp(old, text) == 0;
	free(old);
	return same ? 0 : write_file(directory, "fingerprint", text, 0644);
}

/* password */

static int generate_password(struct credentials *credentials, int directory)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
	unsigned char random[CREDENTIALS_PASSWORD_LENGTH];
	char text[CREDENTIALS_PASSWORD_LENGTH + 2];
	if (RAND_bytes(random, sizeof(random)) != 1) {
		errno = EIO;
		return -1;
	}
	for (size_t i = 0; i < sizeof(random); i++) {
		text[i] = letters[random[i] & 31];
	}
	memcpy(text + sizeof(random), "\n", 2);
	credentials->password = strndup(text, sizeof(random));
	int result =
		credentials->password == NULL ? -1 : write_file(directory, "password", text, 0600);
	OPENSSL_cleanse(text, sizeof(text));
	OPENSSL_cleanse(random, sizeof(random));
	return result;
}

static int load_password(struct credentials *credentials, int directory)
{
	credentials->password = read_file(directory, "password");
	if (credentials->password == NULL) {
		return errno == ENOENT ? generate_password(credentials, directory) : -1;
	}
	credentials->password[strcspn(credentials->password, "\r\n")] = '\0';
	if (credentials->password[0] == '\0') {
		/* An empty one would let everybody in. */
		errno = EBADMSG;
		return -1;
	}
	return 0;
}

int credentials_init(struct credentials *credentials, const char *directory)
{
	*credentials = (struct credentials){0};
	int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0) {
		log_line("%s: %s", directory, strerror(errno));
		return -1;
	}
	const char *failed = NULL;
	if (load_pair(credentials, fd) < 0) {
		failed = "key.pem or cert.pem";
	} else if (load_fingerprint(credentials, fd) < 0) {
		failed = "the fingerprint of cert.pem";
	} else if (load_password(credentials, fd) < 0) {
		failed = "password";
	}
	if (failed != NULL) {
		log_line("%s: %s: %s", directory, failed, strerror(errno));
		credentials_finish(credentials);
	}
	close(fd);
	return failed == NULL ? 0 : -1;
}

void credentials_finish(struct credentials *credentials)
{
	if (credentials->password != NULL) {
		OPENSSL_cleanse(credentials->password, strlen(credentials->password));
	}
	if (credentials->key_pem != NULL) {
		OPENSSL_cleanse(credentials->key_pem, strlen(credentials->key_pem));
	}
	free(credentials->password);
	free(credentials->key_pem);
	free(credentials->certificate_pem);
	*credentials = (struct credentials){0};
}

bool credentials_match(const struct credentials *credentials, const char *password)
{
	/* Digests have one length, so that not even the password's own shows in the time. */
	unsigned char ours[EVP_MAX_MD_SIZE], theirs[EVP_MAX_MD_SIZE];
	const char *given = password != NULL ? password : "";
	const char *right = credentials->password;
	if (EVP_Digest(right, strlen(right), ours, NULL, EVP_sha256(), NULL) != 1 ||
		EVP_Digest(given, strlen(given), theirs, NULL, EVP_sha256(), NULL) != 1) {
		return false;
	}
	return CRYPTO_memcmp(ours, theirs, FINGERPRINT_SIZE) == 0;
}
