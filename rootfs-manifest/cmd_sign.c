// SPDX-License-Identifier: MIT
#include "rootfs-manifest/commands.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "rootfs-manifest/command.h"
#include "rootfs-manifest/seal.h"

static const char usage[] =
	"usage: sill sign --key=KEY.pem FILE\n"
	"Signs what sill pack made: FILE is its receipt.\n\n"
	"  -k, --key=KEY.pem      an ed25519 private key: openssl genpkey -algorithm ed25519\n"
	"  -h, --help             print this\n\n"
	"Prints the public key, as minisign -P takes it.\n";

static bool sign(int argc, char **argv, const char *key, struct error *err)
{
	char public[SEAL_PUBLIC_SIZE];
	if (key == NULL || argc != 1) {
		return fail_input(err, "a key and one file are needed; see sill sign --help");
	}
	if (!seal_write(argv[0], key, public, err)) {
		return false;
	}
	printf("%s\n", public);
	return true;
}

int cmd_sign(int argc, char **argv)
{
	static const struct option longs[] = {
		{"key", required_argument, NULL, 'k'}, {"help", no_argument, NULL, 'h'}, {0}};
	struct error err = {0};
	const char *key = NULL;
	int code;
	optind = 0;
	while ((code = getopt_long(argc, argv, "k:h", longs, NULL)) != -1) {
		if (code == 'h') {
			fputs(usage, stdout);
			return EXIT_DONE;
		}
		if (code != 'k') {
			return EXIT_INPUT;
		}
		key = optarg;
	}
	return command_end(argv[0], sign(argc - optind, argv + optind, key, &err), &err);
}
