// SPDX-License-Identifier: MIT
#include "rootfs-manifest/options.h"

#include <getopt.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_MANIFEST "rootfs-manifest/debian-13.yaml"
#define ALL                                                                                        \
	(COMMAND_LOCK | COMMAND_ASSEMBLE | COMMAND_PACK | COMMAND_BUILD | COMMAND_PACKAGES |       \
		COMMAND_WHY | COMMAND_OUTDATED | COMMAND_CACHE)
#define OUTPUT (COMMAND_LOCK | COMMAND_ASSEMBLE | COMMAND_PACK | COMMAND_BUILD | COMMAND_PACKAGES)
#define LOCKED (COMMAND_ASSEMBLE | COMMAND_WHY | COMMAND_OUTDATED | COMMAND_CACHE)
#define FETCHING                                                                                   \
	(COMMAND_LOCK | COMMAND_ASSEMBLE | COMMAND_BUILD | COMMAND_OUTDATED | COMMAND_CACHE)

struct option_row {
	const char *name;
	char letter; // or 0
	const char *argument;
	unsigned commands;
	size_t offset;
	const char *help;
	bool is_optional; // the argument
};

#define AT(member) offsetof(struct options, member)

static const struct option_row rows[] = {
	{"output", 'o', "PATH", OUTPUT, AT(output),
		"where the result goes (lock: a file; others: a folder)"},
	{"lock", 'l', "FILE", LOCKED, AT(lock), "the lock to follow"},
	{"update", 0, "[PACKAGE,...]", COMMAND_LOCK, AT(update),
		"choose the newest of these packages, or of all, and keep the others",
		.is_optional = true},
	{"own", 0, "DIR", COMMAND_ASSEMBLE | COMMAND_BUILD, AT(own),
		"where our own programs were installed to (DESTDIR)"},
	{"arch", 'a', "ARCH", ALL, AT(arch),
		"architecture, if not this machine's"},
	{"variant", 0, "NAME", ALL, AT(variant), "a variant of the image that the manifest has"},
	{"mirror", 'm', "URL", FETCHING, AT(mirror), "Debian mirror, if not SILL_MIRROR or apt's"},
	{"format", 'f', "LIST", COMMAND_PACK | COMMAND_BUILD, AT(formats),
		"pack it also as oci, squashfs, tar, vhd"},
	{"locked", 0, NULL, COMMAND_BUILD, AT(locked),
		"follow the lock or fail: never choose anew"},
	{"allow-expired", 0, NULL, COMMAND_LOCK | COMMAND_BUILD | COMMAND_OUTDATED,
		AT(allow_expired), "accept a release after its Valid-Until"},
	{"json", 0, NULL, COMMAND_BUILD | COMMAND_PACKAGES | COMMAND_OUTDATED, AT(json),
		"print the result as JSON"},
	{"help", 'h', NULL, ALL, AT(help), "print this"},
};
#define ROWS (sizeof(rows) / sizeof(rows[0]))

static const struct usage {
	enum command command;
	const char *usage;
	int subjects; // arguments before the manifest
} usages[] = {
	{COMMAND_LOCK, "sill lock [OPTIONS] [MANIFEST]\nChooses the packages and writes down their "
		       "hashes."},
	{COMMAND_ASSEMBLE, "sill assemble [OPTIONS] [MANIFEST]\nFetches the locked packages and "
			   "makes the tree."},
	{COMMAND_PACK, "sill pack [OPTIONS] [MANIFEST]\nPacks the tree into an image."},
	{COMMAND_PACKAGES,
		"sill packages [OPTIONS] [MANIFEST]\nSays what of each package is in the "
		"assembled tree."},
	{COMMAND_WHY,
		"sill why [OPTIONS] PACKAGE [MANIFEST]\nSays who asked for a package of the lock.",
		1},
	{COMMAND_OUTDATED, "sill outdated [OPTIONS] [MANIFEST]\nSays which packages the "
			   "repositories have newer than the lock."},
	{COMMAND_CACHE,
		"sill cache [OPTIONS] export|import FILE [MANIFEST]\nMoves the locked packages to "
		"where there is no network, as a tar archive.",
		2},
	{COMMAND_BUILD, "sill build [OPTIONS] [MANIFEST]\nLocks if needed, assembles, packs."},
};

static const struct usage *usage_of(enum command command)
{
	const struct usage *usage = usages;
	while (usage->command != command) {
		usage++;
	}
	return usage;
}

void options_print_help(enum command command)
{
	printf("usage: %s\n\n", usage_of(command)->usage);
	for (size_t i = 0; i < ROWS; i++) {
		if ((rows[i].commands & command) != 0) {
			char name[32];
			snprintf(name, sizeof(name), "--%s%s%s", rows[i].name,
				rows[i].argument != NULL && !rows[i].is_optional ? "=" : "",
				rows[i].argument != NULL ? rows[i].argument : "");
			printf("  %c%c%s %-18s %s\n", rows[i].letter != 0 ? '-' : ' ',
				rows[i].letter != 0 ? rows[i].letter : ' ',
				rows[i].letter != 0 ? "," : " ", name, rows[i].help);
		}
	}
	printf("\nMANIFEST is %s when not given.\n", DEFAULT_MANIFEST);
}

/* getopt's own tables, made of the rows that this command has. */
static void make_tables(enum command command, struct option *longs, char *shorts)
{
	size_t count = 0;
	*shorts++ = ':';
	for (size_t i = 0; i < ROWS; i++) {
		if ((rows[i].commands & command) == 0) {
			continue;
		}
		bool argument = rows[i].argument != NULL;
		longs[count++] = (struct option){rows[i].name,
			rows[i].is_optional ? optional_argument
			: argument          ? required_argument
					    : no_argument,
			NULL, 256 + (int)i};
		if (rows[i].letter != 0) {
			*shorts++ = rows[i].letter;
			if (argument) {
				*shorts++ = ':';
			}
		}
	}
	longs[count] = (struct option){0};
	*shorts = '\0';
}

static const struct option_row *find_row(int code)
{
	if (code >= 256) {
		return &rows[code - 256];
	}
	for (size_t i = 0; i < ROWS; i++) {
		if (rows[i].letter == code) {
			return &rows[i];
		}
	}
	return NULL;
}

static void set_option(struct options *options, const struct option_row *row, const char *value)
{
	char *member = (char *)options + row->offset;
	if (row->argument != NULL) {
		*(const char **)(void *)member = value != NULL ? value : "";
	} else {
		*(bool *)(void *)member = true;
	}
}

static bool take_subjects(
	enum command command, int argc, char **argv, struct options *options, struct error *err)
{
	const struct usage *usage = usage_of(command);
	for (int i = 0; i < usage->subjects; i++) {
		if (optind == argc) {
			return fail_input(err, "something is missing; see sill %s --help", argv[0]);
		}
		options->subjects[i] = argv[optind++];
	}
	if (argc - optind > 1) {
		return fail_input(err, "one manifest only; '%s' is too much", argv[optind + 1]);
	}
	options->manifest = optind < argc ? argv[optind] : DEFAULT_MANIFEST;
	return true;
}

bool options_parse(
	enum command command, int argc, char **argv, struct options *ret_options, struct error *err)
{
	struct option longs[ROWS + 1];
	char shorts[2 * ROWS + 2];
	struct options options = {0};
	make_tables(command, longs, shorts);
	opterr = 0;
	optind = 0;
	int code;
	while ((code = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		if (code == ':' || code == '?') {
			return fail_input(err, "%s '%s'; see sill %s --help",
				code == ':' ? "a value is missing after" : "unknown option",
				argv[optind - 1], argv[0]);
		}
		set_option(&options, find_row(code), optarg);
	}
	if (!options.help && !take_subjects(command, argc, argv, &options, err)) {
		return false;
	}
	const char *expired = getenv("SILL_ALLOW_EXPIRED");
	options.allow_expired |= expired != NULL && strcmp(expired, "1") == 0;
	*ret_options = options;
	return true;
}
