// SPDX-License-Identifier: MIT
#include "rootfs-manifest/receipt.h"

#include <json-c/json.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "rootfs-manifest/canonical.h"
#include "rootfs-manifest/disk.h"
#include "rootfs-manifest/member.h"
#include "rootfs-manifest/rules.h"
#include "rootfs-manifest/verity.h"

void receipt_add(struct receipt *receipt, struct receipt_artefact artefact)
{
	receipt->artefacts =
		mem_grow(receipt->artefacts, receipt->count + 1, sizeof(*receipt->artefacts));
	receipt->artefacts[receipt->count++] = artefact;
}

const struct receipt_artefact *receipt_find(const struct receipt *receipt, const char *file)
{
	for (size_t i = 0; i < receipt->count; i++) {
		if (strcmp(receipt->artefacts[i].file, file) == 0) {
			return &receipt->artefacts[i];
		}
	}
	return NULL;
}

static struct json_object *artefact_to_json(const struct receipt_artefact *artefact)
{
	struct json_object *object = json_object_new_object();
	member_add_text(object, "file", artefact->file);
	member_add_text(object, "format", artefact->format);
	member_add_text(object, "sha256", artefact->sha256);
	member_add_number(object, "size", artefact->size);
	if (artefact->data_blocks != 0) {
		member_add_number(object, "data_blocks", (long)artefact->data_blocks);
		member_add_text(object, "root_hash", artefact->root_hash);
	}
	return object;
}

void receipt_write(const struct receipt *receipt, struct buffer *out)
{
	struct json_object *root = json_object_new_object();
	struct json_object *artefacts = json_object_new_array();
	member_add_number(root, "format", RECEIPT_FORMAT);
	member_add_text(root, "name", receipt->name);
	member_add_text(root, "arch", receipt->arch);
	for (size_t i = 0; i < receipt->count; i++) {
		json_object_array_add(artefacts, artefact_to_json(&receipt->artefacts[i]));
	}
	json_object_object_add(root, "artefacts", artefacts);
	canonical_write(root, out);
	json_object_put(root);
}

static bool read_verity(const char *file, struct json_object *object,
	struct receipt_artefact *artefact, struct error *err)
{
	long data_blocks = 0;
	if (!member_exists(object, "data_blocks")) {
		return true;
	}
	bool ok =
		member_number(file, object, "data_blocks", VERITY_BLOCKS_MAX, &data_blocks, err) &&
		member_digest(file, object, "root_hash", artefact->root_hash, err);
	artefact->data_blocks = (uint64_t)data_blocks;
	return ok;
}

static bool read_artefact(
	const char *file, struct json_object *object, struct receipt *receipt, struct error *err)
{
	const char *name, *format;
	struct receipt_artefact artefact = {0};
	if (!member_text(file, object, "file", rule_word, &name, err) ||
		!member_text(file, object, "format", rule_word, &format, err) ||
		!member_digest(file, object, "sha256", artefact.sha256, err) ||
		!member_number(file, object, "size", LONG_MAX, &artefact.size, err) ||
		!read_verity(file, object, &artefact, err)) {
		return false;
	}
	artefact.file = mem_copy(name);
	artefact.format = mem_copy(format);
	receipt_add(receipt, artefact);
	return true;
}

static bool read_receipt(
	const char *file, struct json_object *root, struct receipt *receipt, struct error *err)
{
	const char *name, *arch;
	long format;
	struct json_object *list;
	if (!member_number(file, root, "format", LONG_MAX, &format, err) ||
		!member_text(file, root, "name", rule_word, &name, err) ||
		!member_text(file, root, "arch", rule_word, &arch, err) ||
		!member_list(file, root, "artefacts", RECEIPT_ARTEFACTS_MAX, &list, err)) {
		return false;
	}
	if (format != RECEIPT_FORMAT) {
		return fail_input(err, "%s: not a receipt of format %d", file, RECEIPT_FORMAT);
	}
	receipt->name = mem_copy(name);
	receipt->arch = mem_copy(arch);
	bool ok = true;
	for (size_t i = 0; ok && i < json_object_array_length(list); i++) {
		ok = read_artefact(file, json_object_array_get_idx(list, i), receipt, err);
	}
	return ok;
}

bool receipt_parse(const char *file, const char *text, size_t size, struct receipt *ret_receipt,
	struct error *err)
{
	struct receipt receipt = {0};
	struct json_object *root = member_document(file, text, size, err);
	if (root == NULL) {
		return false;
	}
	bool ok = read_receipt(file, root, &receipt, err);
	json_object_put(root);
	if (!ok) {
		receipt_finish(&receipt);
		return false;
	}
	*ret_receipt = receipt;
	return true;
}

bool receipt_read(const char *path, struct receipt *ret_receipt, struct error *err)
{
	struct buffer text;
	if (!disk_read(path, RECEIPT_SIZE_MAX, &text, err)) {
		return false;
	}
	bool ok = receipt_parse(path, text.data, text.size, ret_receipt, err);
	buffer_finish(&text);
	return ok;
}

void receipt_finish(struct receipt *receipt)
{
	for (size_t i = 0; i < receipt->count; i++) {
		free(receipt->artefacts[i].file);
		free(receipt->artefacts[i].format);
	}
	free(receipt->artefacts);
	free(receipt->name);
	free(receipt->arch);
	*receipt = (struct receipt){0};
}
