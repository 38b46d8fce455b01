// SPDX-License-Identifier: MIT
#include "rootfs-manifest/base.h"

#include <stddef.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct base bases[] = {
	{"debian", PACKAGES_DEB, "/usr/share/keyrings/debian-archive-keyring.gpg"},
	{"azurelinux", PACKAGES_RPM, NULL},
};

// The kernel's name, by format of the packages.
static const struct {
	const char *machine;
	const char *names[2];
} machines[] = {
	{"x86_64", {[PACKAGES_DEB] = "amd64", [PACKAGES_RPM] = "x86_64"}},
	{"aarch64", {[PACKAGES_DEB] = "arm64", [PACKAGES_RPM] = "aarch64"}},
};

const struct base *base_find(const char *name)
{
	for (size_t i = 0; i < COUNT(bases); i++) {
		if (strcmp(bases[i].name, name) == 0) {
			return &bases[i];
		}
	}
	return NULL;
}

const char *base_machine(const char *arch)
{
	for (size_t i = 0; i < COUNT(machines); i++) {
		if (strcmp(machines[i].names[PACKAGES_DEB], arch) == 0 ||
			strcmp(machines[i].machine, arch) == 0) {
			return machines[i].machine;
		}
	}
	return NULL;
}

const char *base_arch(const struct base *base, const char *arch)
{
	const char *machine = base_machine(arch);
	for (size_t i = 0; machine != NULL && i < COUNT(machines); i++) {
		if (strcmp(machines[i].machine, machine) == 0) {
			return machines[i].names[base->format];
		}
	}
	return NULL;
}
