// SPDX-License-Identifier: MIT
#include "init/options.h"

#include <getopt.h>

#include "init/log.h"

const char options_help[] =
	"Usage: sill-init [--profile NAME | --target UNIT] [--units DIR]... [--tmpfiles FILE]\n"
	"                 [--control PATH]\n"
	"       sill-init --check DIR...\n"
	"\n"
	"  --profile NAME   windows, desktop, kms, or auto for what fits this machine: start\n"
	"                   NAME.target\n"
	"  --target UNIT    start this target (default.target if there is one, else "
	"windows.target)\n"
	"  --units DIR      read unit files here, in place of /run/sill/units and\n"
	"                   /usr/lib/sill/units; more than one: the first to have a file wins\n"
	"  --tmpfiles FILE  make the directories that FILE names (/usr/lib/sill/tmpfiles.conf)\n"
	"  --control PATH   listen for sillctl here (/run/sill/init.sock)\n"
	"  --check DIR...   only say what is wrong with the unit files there\n"
	"  --help, --version\n";

static const struct option long_options[] = {
	{"profile", required_argument, NULL, 'p'},
	{"target", required_argument, NULL, 't'},
	{"units", required_argument, NULL, 'u'},
	{"tmpfiles", required_argument, NULL, 'f'},
	{"control", required_argument, NULL, 'c'},
	{"check", no_argument, NULL, 'n'},
	{"help", no_argument, NULL, 'h'},
	{"version", no_argument, NULL, 'v'},
	{0},
};

static bool add_directory(struct options *options, const char *path)
{
	if (options->units.count == LOAD_DIRECTORIES_MAX) {
		log_say("more than %d directories of units", LOAD_DIRECTORIES_MAX);
		return false;
	}
	options->units.paths[options->units.count++] = path;
	return true;
}

/* Everything but --units in its place; OPTIONS_RUN means go on. */
static enum options_result take(struct options *options, int letter)
{
	switch (letter) {
	case 't':
		options->target = optarg;
		return OPTIONS_RUN;
	case 'p':
		options->profile = optarg;
		return OPTIONS_RUN;
	case 'u':
		return add_directory(options, optarg) ? OPTIONS_RUN : OPTIONS_BAD;
	case 'f':
		options->tmpfiles = optarg;
		return OPTIONS_RUN;
	case 'c':
		options->control = optarg;
		return OPTIONS_RUN;
	case 'n':
		options->is_check = true;
		return OPTIONS_RUN;
	case 'h':
		return OPTIONS_HELP;
	case 'v':
		return OPTIONS_VERSION;
	default:
		return OPTIONS_BAD;
	}
}

static bool take_operands(struct options *options, int argc, char **argv)
{
	for (int i = optind; i < argc; i++) {
		if (!options->is_check) {
			log_say("%s: not an option, see --help", argv[i]);
			return false;
		}
		if (!add_directory(options, argv[i])) {
			return false;
		}
	}
	if (options->is_check && options->units.count == 0) {
		log_say("--check wants a directory");
		return false;
	}
	return true;
}

enum options_result options_parse(int argc, char **argv, struct options *ret_options)
{
	*ret_options = (struct options){
		.tmpfiles = "/usr/lib/sill/tmpfiles.conf",
		.control = "/run/sill/init.sock",
	};
	int letter;
	opterr = 0;
	while ((letter = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
		enum options_result result = take(ret_options, letter);
		if (result == OPTIONS_BAD && letter == '?') {
			log_say("%s: unknown option or one without its value, see --help",
				argv[optind - 1]);
		}
		if (result != OPTIONS_RUN) {
			return result;
		}
	}
	if (!take_operands(ret_options, argc, argv)) {
		return OPTIONS_BAD;
	}
	/* Services are given the path of a socket beside it, and work in other directories. */
	if (*ret_options->control != '/') {
		log_say("--control %s: not an absolute path", ret_options->control);
		return OPTIONS_BAD;
	}
	if (ret_options->units.count == 0) {
		ret_options->units = (struct unit_directories){
			.paths = {"/run/sill/units", "/usr/lib/sill/units"},
			.count = 2,
			.may_be_missing = true,
		};
	}
	return OPTIONS_RUN;
}
