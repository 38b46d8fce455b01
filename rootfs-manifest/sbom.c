// SPDX-License-Identifier: MIT
#include "rootfs-manifest/sbom.h"

#include <ctype.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rootfs-manifest/base.h"
#include "rootfs-manifest/canonical.h"
#include "rootfs-manifest/member.h"

#define NOT_SAID "NOASSERTION"

/* A name of ours: the document's own namespace is made of what it describes. */
static char *make_namespace(const struct contents *contents)
{
	struct buffer text = {0};
	char hex[DIGEST_SIZE];
	contents_write(contents, &text);
	digest_bytes(text.data, text.size, hex);
	buffer_finish(&text);
	// RFC 9562's version 8, for UUIDs of one's own making.
	return mem_print(
		"urn:uuid:%.8s-%.4s-8%.3s-8%.3s-%.12s", hex, hex + 8, hex + 12, hex + 15, hex + 18);
}

/* SPDX identifiers have letters, digits, '.' and '-' only. */
static char *make_id(const char *prefix, const char *name)
{
	char *id = mem_print("SPDXRef-%s-%s", prefix, name);
	for (char *it = id; *it != '\0'; it++) {
		if (!isalnum((unsigned char)*it) && *it != '.' && *it != '-') {
			*it = *it == '+' ? 'x' : '-';
		}
	}
	return id;
}

/* Package URLs keep letters, digits, '.', '-', '_' and '~' as they are, and ':' in a version. */
static void print_escaped(struct buffer *out, const char *text)
{
	for (; *text != '\0'; text++) {
		if (isalnum((unsigned char)*text) || strchr(".-_~:", *text) != NULL) {
			buffer_add(out, text, 1);
		} else {
			buffer_print(out, "%%%02X", (unsigned char)*text);
		}
	}
}

static void add_purl(struct json_object *object, const struct contents *contents,
	const struct source_package *package)
{
	struct buffer purl = {0};
	const struct base *base = base_find(contents->base);
	bool rpm = base != NULL && base->format == PACKAGES_RPM;
	buffer_print(&purl, "pkg:%s/%s/", rpm ? "rpm" : "deb", contents->base);
	print_escaped(&purl, package->name);
	buffer_print(&purl, "@");
	print_escaped(&purl, package->version);
	buffer_print(&purl, "?arch=%s", package->arch);
	struct json_object *reference = json_object_new_object();
	struct json_object *references = json_object_new_array();
	member_add_text(reference, "referenceCategory", "PACKAGE-MANAGER");
	member_add_text(reference, "referenceType", "purl");
	member_add_text(reference, "referenceLocator", purl.data);
	json_object_array_add(references, reference);
	json_object_object_add(object, "externalRefs", references);
	buffer_finish(&purl);
}

static struct json_object *new_package(const char *id, const char *name, const char *version)
{
	struct json_object *object = json_object_new_object();
	member_add_text(object, "SPDXID", id);
	member_add_text(object, "name", name);
	member_add_text(object, "versionInfo", version);
	member_add_text(object, "downloadLocation", NOT_SAID);
	member_add_text(object, "licenseConcluded", NOT_SAID);
	member_add_text(object, "copyrightText", NOT_SAID);
	json_object_object_add(object, "filesAnalyzed", json_object_new_boolean(false));
	return object;
}

/* A licence that nobody has named is known by the text itself. NULL when there is none. */
static char *licence_id(const struct source_package *package)
{
	char hex[DIGEST_SIZE];
	if (package->copyright == NULL) {
		return NULL;
	}
	digest_bytes(package->copyright, strlen(package->copyright), hex);
	return mem_print("LicenseRef-%.16s", hex);
}

/* Each of those texts once: packages of one source have the same. */
static struct json_object *extracted_licences(const struct contents *contents)
{
	struct json_object *list = json_object_new_array();
	struct json_object *seen = json_object_new_object();
	for (size_t i = 0; i < contents->package_count; i++) {
		const struct source_package *package = &contents->packages[i];
		char *id = licence_id(package);
		if (id != NULL && !member_exists(seen, id)) {
			struct json_object *object = json_object_new_object();
			char *name = mem_print("copyright of %s", package->source);
			member_add_text(object, "licenseId", id);
			member_add_text(object, "name", name);
			member_add_text(object, "extractedText", package->copyright);
			json_object_array_add(list, object);
			json_object_object_add(seen, id, NULL);
			free(name);
		}
		free(id);
	}
	json_object_put(seen);
	return list;
}

static struct json_object *package_to_json(
	const struct contents *contents, const struct source_package *package, const char *id)
{
	struct json_object *object = new_package(id, package->name, package->version);
	struct json_object *checksum = json_object_new_object();
	struct json_object *checksums = json_object_new_array();
	member_add_text(checksum, "algorithm", "SHA256");
	member_add_text(checksum, "checksumValue", package->sha256);
	json_object_array_add(checksums, checksum);
	json_object_object_add(object, "checksums", checksums);
	char *said = licence_id(package);
	member_add_text(object, "licenseDeclared", said != NULL ? said : NOT_SAID);
	free(said);
	if (package->licence[0] != '\0') {
		// Not always an SPDX expression, so it is no declaration.
		member_add_text(object, "licenseComments", package->licence);
	}
	char *source = mem_print("built from source package %s", package->source);
	member_add_text(object, "sourceInfo", source);
	free(source);
	add_purl(object, contents, package);
	return object;
}

static struct json_object *own_to_json(const struct contents *contents, const char *id)
{
	struct json_object *object = new_package(id, "sill", SILL_VERSION);
	member_add_text(object, "licenseDeclared", "MIT");
	char *source = mem_print("built from commit %s", contents->commit);
	member_add_text(object, "sourceInfo", source);
	free(source);
	return object;
}

static struct json_object *image_to_json(const struct contents *contents, const char *id)
{
	struct json_object *object = new_package(id, contents->name, SILL_VERSION);
	member_add_text(object, "licenseDeclared", NOT_SAID);
	member_add_text(object, "primaryPackagePurpose", "OPERATING-SYSTEM");
	return object;
}

static void relate(
	struct json_object *relationships, const char *from, const char *how, const char *to)
{
	struct json_object *object = json_object_new_object();
	member_add_text(object, "spdxElementId", from);
	member_add_text(object, "relationshipType", how);
	member_add_text(object, "relatedSpdxElement", to);
	json_object_array_add(relationships, object);
}

static void add_packages(const struct contents *contents, struct json_object *root)
{
	struct json_object *packages = json_object_new_array();
	struct json_object *relationships = json_object_new_array();
	char *image = make_id("image", contents->name);
	json_object_array_add(packages, image_to_json(contents, image));
	relate(relationships, "SPDXRef-DOCUMENT", "DESCRIBES", image);
	if (contents->commit != NULL) {
		char *own = make_id("own", "sill");
		json_object_array_add(packages, own_to_json(contents, own));
		relate(relationships, image, "CONTAINS", own);
		free(own);
	}
	for (size_t i = 0; i < contents->package_count; i++) {
		const struct source_package *package = &contents->packages[i];
		char *id = make_id("package", package->name);
		json_object_array_add(packages, package_to_json(contents, package, id));
		relate(relationships, image, "CONTAINS", id);
		free(id);
	}
	free(image);
	json_object_object_add(root, "packages", packages);
	json_object_object_add(root, "relationships", relationships);
}

/* The same contents give the same document: its time is the beginning of time. */
static struct json_object *creation_info(void)
{
	struct json_object *object = json_object_new_object();
	struct json_object *creators = json_object_new_array();
	json_object_array_add(creators, json_object_new_string("Tool: sill-" SILL_VERSION));
	json_object_object_add(object, "creators", creators);
	member_add_text(object, "created", "1970-01-01T00:00:00Z");
	return object;
}

void sbom_write(const struct contents *contents, struct buffer *out)
{
	struct json_object *root = json_object_new_object();
	char *name_space = make_namespace(contents);
	char *name = mem_print("%s.%s", contents->name, contents->arch);
	member_add_text(root, "spdxVersion", "SPDX-2.3");
	member_add_text(root, "dataLicense", "CC0-1.0");
	member_add_text(root, "SPDXID", "SPDXRef-DOCUMENT");
	member_add_text(root, "name", name);
	member_add_text(root, "documentNamespace", name_space);
	json_object_object_add(root, "creationInfo", creation_info());
	add_packages(contents, root);
	json_object_object_add(root, "hasExtractedLicensingInfos", extracted_licences(contents));
	canonical_write(root, out);
	json_object_put(root);
	free(name);
	free(name_space);
}
