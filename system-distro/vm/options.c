// SPDX-License-Identifier: MIT
#include "system-distro/vm/options.h"

#include <arpa/inet.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK 4096

/* Copies a word's value. False when it is empty, too long, or has what belongs into no value. */
static bool take(char *out, const char *value, size_t size)
{
	if (size == 0 || size >= OPTIONS_TEXT_MAX) {
		return false;
	}
	memcpy(out, value, size);
	out[size] = '\0';
	return strspn(out, "abcdefghijklmnopqrstuvwxyz0123456789ABCDEF./:[]-") == size;
}

static const char *take_verity(const char *value, size_t size, struct options *options)
{
	static const char problem[] = "sill.verity= is not BLOCKS,ROOT-HASH";
	char *end;
	uint64_t blocks = strtoull(value, &end, 10);
	size_t digits = (size_t)(end - value);
	if (digits == 0 || *value < '0' || *value > '9' || *end != ',' ||
		size != digits + OPTIONS_HASH_SIZE) {
		return problem;
	}
	memcpy(options->root_hash, end + 1, OPTIONS_HASH_SIZE - 1);
	options->root_hash[OPTIONS_HASH_SIZE - 1] = '\0';
	options->blocks = blocks;
	bool right = blocks != 0 && blocks <= OPTIONS_BLOCKS_MAX &&
		     strspn(options->root_hash, "0123456789abcdef") == OPTIONS_HASH_SIZE - 1;
	return right ? NULL : problem;
}

static const char *take_device(const char *value, size_t size, struct options *options)
{
	return take(options->device, value, size) && strncmp(options->device, "/dev/", 5) == 0
		       ? NULL
		       : "sill.image= is not a device below /dev";
}

static const char *take_address(const char *value, size_t size, struct options *options)
{
	static const char problem[] =
		"sill.address= is not an IPv4 address and its bits: A.B.C.D/N";
	struct in_addr parsed;
	if (!take(options->address, value, size)) {
		return problem;
	}
	char *slash = strchr(options->address, '/');
	if (slash == NULL || strspn(slash + 1, "0123456789") != strlen(slash + 1)) {
		return problem;
	}
	*slash = '\0';
	options->prefix = (unsigned)strtoul(slash + 1, NULL, 10);
	bool right = slash[1] != '\0' && options->prefix <= 32 &&
		     inet_pton(AF_INET, options->address, &parsed) == 1;
	return right ? NULL : problem;
}

static const char *take_listen(const char *value, size_t size, struct options *options)
{
	return take(options->listen, value, size) && strchr(options->listen, ':') != NULL
		       ? NULL
		       : "sill.listen= is not ADDR:PORT";
}

/* For the init of the image, which reads it itself. */
static const char *take_profile(const char *value, size_t size, struct options *options)
{
	(void)options;
	return size != 0 && strcspn(value, "/ \t\n") == size ? NULL : "sill.profile= is not a name";
}

static const struct {
	const char *key;
	const char *(*take)(const char *value, size_t size, struct options *options);
} keys[] = {
	{"sill.verity=", take_verity},
	{"sill.image=", take_device},
	{"sill.address=", take_address},
	{"sill.listen=", take_listen},
	{"sill.profile=", take_profile},
};

static const char *take_word(const char *word, size_t size, struct options *options)
{
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		size_t key_size = strlen(keys[i].key);
		if (size >= key_size && strncmp(word, keys[i].key, key_size) == 0) {
			return keys[i].take(word + key_size, size - key_size, options);
		}
	}
	// A word of ours that is misspelt must not be taken for nothing.
	return strncmp(word, "sill.", 5) == 0 ? "an option that begins with sill. is not known"
					      : NULL;
}

const char *options_parse(const char *command_line, struct options *ret_options)
{
	struct options options = {.device = "/dev/vda"};
	const char *word = command_line + strspn(command_line, " \t\n");
	while (*word != '\0') {
		size_t size = strcspn(word, " \t\n");
		const char *problem = take_word(word, size, &options);
		if (problem != NULL) {
			return problem;
		}
		word += size + strspn(word + size, " \t\n");
	}
	*ret_options = options;
	return options.blocks != 0 ? NULL : "sill.verity= is missing";
}

bool options_table(const struct options *options, char *ret_table)
{
	// Version, data and hash device, both block sizes, blocks of data, and the first block of
	// the tree, which is behind its superblock. Whoever changed a bit shall not have us run on.
	int size = snprintf(ret_table, OPTIONS_TABLE_MAX,
		"1 %s %s %d %d %llu %llu sha256 %s - 1 panic_on_corruption", options->device,
		options->device, BLOCK, BLOCK, (unsigned long long)options->blocks,
		(unsigned long long)options->blocks + 1, options->root_hash);
	return size > 0 && size < OPTIONS_TABLE_MAX;
}
