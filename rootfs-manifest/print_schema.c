// SPDX-License-Identifier: MIT
/* Prints the JSON schema of manifests, which is installed for editors. */
#include <json-c/json.h>
#include <stdio.h>

#include "rootfs-manifest/canonical.h"
#include "rootfs-manifest/schema_json.h"

int main(void)
{
	struct buffer text = {0};
	struct json_object *root = schema_json();
	canonical_write(root, &text);
	fputs(text.data, stdout);
	buffer_finish(&text);
	json_object_put(root);
	return 0;
}
