// SPDX-License-Identifier: MIT
#ifndef ROOTFS_MANIFEST_SCHEMA_JSON_H
#define ROOTFS_MANIFEST_SCHEMA_JSON_H

struct json_object;

/*
 * A manifest's keys as a JSON schema (draft 2020-12), for editors: made from the tables that
 * manifests are read by.
 */
struct json_object *schema_json(void);

#endif
