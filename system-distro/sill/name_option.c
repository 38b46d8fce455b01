// SPDX-License-Identifier: MIT
#include "system-distro/sill/name_option.h"

#include <getopt.h>
#include <stddef.h>
#include <stdio.h>

int name_option_parse(int argc, char **argv, const char *help, struct name_option *option)
{
	static const struct option long_options[] = {{"name", required_argument, NULL, 'n'},
		{"json", no_argument, NULL, 'j'}, {"follow", no_argument, NULL, 'f'},
		{"frames", no_argument, NULL, 'F'}, {"help", no_argument, NULL, 'h'}, {0}};
	*option = (struct name_option){.name = INSTANCE_DEFAULT};
	for (int c; (c = getopt_long(argc, argv, "+n:jfh", long_options, NULL)) != -1;) {
		switch (c) {
		case 'n':
			option->name = optarg;
			break;
		case 'j':
			option->json = true;
			break;
		case 'f':
			option->follow = true;
			break;
		case 'F':
			option->frames = true;
			break;
		case 'h':
			puts(help);
			return 1;
		default:
			return 3;
		}
	}
	option->rest = optind;
	return 0;
}

int name_option_load(int argc, char **argv, const char *help, struct name_option *option,
	struct instance *instance)
{
	int stop = name_option_parse(argc, argv, help, option);
	return stop == 0 && !instance_load(instance, option->name) ? 2 : stop;
}
