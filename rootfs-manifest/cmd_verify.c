// SPDX-License-Identifier: MIT
#include "rootfs-manifest/commands.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "rootfs-manifest/command.h"
#include "rootfs-manifest/verify.h"

static const char usage[] =
	"usage: sill verify [OPTIONS] IMAGE|DIR|running\n"
	"Checks an image against its receipt, down to each file, or what runs against its "
	"image.\n\n"
	"  -k, --key=FILE         the receipt must be signed by this public key\n"
	"  -l, --lock=FILE        every package must be the one of this lock\n"
	"  -r, --receipt=FILE     if it is not the one beside the image\n"
	"  -p, --profile=wsl      also whether WSL can use it as its system distro\n"
	"      --live=DIR         look at the image where it is mounted, not into the file\n"
	"  -j, --json             for scripts\n"
	"  -h, --help             print this\n";

static const struct option longs[] = {
	{"key", required_argument, NULL, 'k'},
	{"lock", required_argument, NULL, 'l'},
	{"receipt", required_argument, NULL, 'r'},
	{"profile", required_argument, NULL, 'p'},
	{"live", required_argument, NULL, 'v'},
	{"json", no_argument, NULL, 'j'},
	{"help", no_argument, NULL, 'h'},
	{0},
};

struct verify_options {
	struct verify_request request;
	bool json;
	bool help;
};

static bool set_option(struct verify_options *options, int code, struct error *err)
{
	switch (code) {
	case 'k':
		options->request.key = optarg;
		return true;
	case 'l':
		options->request.lock = optarg;
		return true;
	case 'r':
		options->request.receipt = optarg;
		return true;
	case 'v':
		options->request.live = optarg;
		return true;
	case 'p':
		options->request.wsl = true;
		return strcmp(optarg, "wsl") == 0 ||
		       fail_input(err, "--profile: the only one is 'wsl', not '%s'", optarg);
	case 'j':
		options->json = true;
		return true;
	default:
		options->help = true;
		return true;
	}
}

static bool parse(int argc, char **argv, struct verify_options *options, struct error *err)
{
	int code;
	optind = 0;
	opterr = 0;
	while ((code = getopt_long(argc, argv, ":k:l:r:p:jh", longs, NULL)) != -1) {
		if (code == ':' || code == '?') {
			return fail_input(err, "%s '%s'; see sill verify --help",
				code == ':' ? "a value is missing after" : "unknown option",
				argv[optind - 1]);
		}
		if (!set_option(options, code, err)) {
			return false;
		}
	}
	options->request.image = argv[optind];
	return options->help || argc - optind == 1 ||
	       fail_input(err, "which image? See sill verify --help");
}

static bool run(const struct verify_options *options, struct error *err)
{
	struct findings findings = {0};
	if (!verify(&options->request, &findings, err)) {
		findings_finish(&findings);
		return false;
	}
	struct buffer out = {0};
	if (options->json) {
		findings_write(&findings, options->request.image, &out);
	} else {
		findings_print(&findings, &out);
	}
	fputs(out.data, stdout);
	bool good = findings_good(&findings) ||
		    fail(err, "%s is not what it should be", options->request.image);
	buffer_finish(&out);
	findings_finish(&findings);
	return good;
}

int cmd_verify(int argc, char **argv)
{
	struct verify_options options = {0};
	struct error err = {0};
	bool ok = parse(argc, argv, &options, &err);
	if (ok && options.help) {
		fputs(usage, stdout);
		return EXIT_DONE;
	}
	return command_end(argv[0], ok && run(&options, &err), &err);
}
