// SPDX-License-Identifier: MIT
#include "rootfs-manifest/signature.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/process.h"

#define ARMOUR_HEAD "-----BEGIN PGP PUBLIC KEY BLOCK-----"

static int digit_of(char character)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *found = character != '\0' ? strchr(digits, character) : NULL;
	return found != NULL ? (int)(found - digits) : -1;
}

/* One line of base64; bits that make no byte yet are carried to the next. */
static bool decode_line(
	const char *line, size_t size, unsigned *bits, unsigned *count, struct buffer *out)
{
	while (size > 0 && line[size - 1] == '=') {
		size--;
	}
	for (size_t i = 0; i < size; i++) {
		int digit = digit_of(line[i]);
		if (digit < 0) {
			return false;
		}
		*bits = (*bits << 6 | (unsigned)digit) & 0xffff;
		*count += 6;
		if (*count >= 8) {
			*count -= 8;
			unsigned char byte = (unsigned char)(*bits >> *count);
			buffer_add(out, &byte, 1);
		}
	}
	return true;
}

bool signature_dearmour(const char *text, size_t size, struct buffer *ret_data)
{
	const char *end = text + size;
	const char *at = memmem(text, size, ARMOUR_HEAD, strlen(ARMOUR_HEAD));
	bool in_body = false;
	unsigned bits = 0, count = 0;
	*ret_data = (struct buffer){0};
	// Headers end at an empty line; the body at its checksum or the tail.
	while (at != NULL && at < end) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		size_t length = (size_t)((newline != NULL ? newline : end) - at);
		size_t line = length > 0 && at[length - 1] == '\r' ? length - 1 : length;
		if (in_body && line > 0 && (at[0] == '=' || at[0] == '-')) {
			return ret_data->size > 0;
		}
		if (in_body && !decode_line(at, line, &bits, &count, ret_data)) {
			break;
		}
		in_body |= line == 0;
		at = newline != NULL ? newline + 1 : end;
	}
	buffer_finish(ret_data);
	return false;
}

/* The keyring as gpgv can read it; one that is new is to be removed. */
static bool open_keyring(
	const struct signature *signature, char **ret_path, bool *ret_is_new, struct error *err)
{
	struct buffer text, binary;
	if (!disk_read(signature->keyring, KEYRING_SIZE_MAX, &text, err)) {
		return false;
	}
	bool ok = true;
	*ret_is_new = signature_dearmour(text.data != NULL ? text.data : "", text.size, &binary);
	if (*ret_is_new) {
		*ret_path = disk_part_name(signature->scratch);
		ok = disk_write(*ret_path, binary.data, binary.size, err);
		buffer_finish(&binary);
	} else {
		// Without a '/' in its name gpgv would look for it in its own home.
		const char *slash = strchr(signature->keyring, '/');
		*ret_path = mem_print("%s%s", slash != NULL ? "" : "./", signature->keyring);
	}
	buffer_finish(&text);
	if (!ok) {
		free(*ret_path);
	}
	return ok;
}

/* `arguments` are what follows the keyring; at most four. */
static bool run_gpgv(
	const struct signature *signature, const char *const arguments[], struct error *err)
{
	char *keyring;
	bool is_new;
	if (!open_keyring(signature, &keyring, &is_new, err)) {
		return false;
	}
	const char *argv[8] = {"gpgv", "--keyring", keyring};
	for (size_t i = 0; i < 4 && arguments[i] != NULL; i++) {
		argv[3 + i] = arguments[i];
	}
	bool ok = process_run(argv, err);
	if (is_new) {
		unlink(keyring);
	}
	free(keyring);
	return ok;
}

bool signature_open(const struct signature *signature, const char *signed_path,
	const char *plain_path, struct error *err)
{
	const char *arguments[] = {"--output", plain_path, signed_path, NULL};
	return run_gpgv(signature, arguments, err);
}

bool signature_check(const struct signature *signature, const char *signature_path,
	const char *path, struct error *err)
{
	const char *arguments[] = {signature_path, path, NULL};
	return run_gpgv(signature, arguments, err);
}
