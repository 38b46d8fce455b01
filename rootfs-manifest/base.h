// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_BASE_H
#define ROOTFS_MANIFEST_BASE_H

/* The distributions that an image can be made from, as far as their packages differ. */
enum package_format {
	PACKAGES_DEB,
	PACKAGES_RPM,
};

struct base {
	const char *name; // ID in os-release, and purl's namespace
	enum package_format format;
	const char *key; // its archive's keyring, where a repository names none; or NULL
};

/* NULL where there is none of that name. */
const struct base *base_find(const char *name);

/*
 * An architecture has the kernel's name or that of a kind of packages: amd64 is x86_64. These give
 * the kernel's name and the base's own; NULL where nobody builds for it.
 */
const char *base_machine(const char *arch);
const char *base_arch(const struct base *base, const char *arch);

#endif
