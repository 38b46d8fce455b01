// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_RULES_H
#define ROOTFS_MANIFEST_RULES_H

/* What single texts in a manifest or lock must look like: NULL, or what is wrong. */
const char *rule_word(const char *text); // a file or user name
const char *rule_package(const char *text); // of either kind
const char *rule_arch(const char *text); // of an image
const char *rule_package_arch(const char *text);
const char *rule_url(const char *text);
const char *rule_url_path(const char *text); // what is behind it
const char *rule_suite(const char *text); // part of a URL's path
const char *rule_path(const char *text); // absolute, inside the image
const char *rule_pattern(const char *text); // relative, inside the image
const char *rule_account_field(const char *text);
const char *rule_uuid(const char *text);
const char *rule_sha256(const char *text);

#endif
