// SPDX-License-Identifier: MIT
#include <xkbcommon/xkbcommon.h>

#include "compositor-glue/rdp/keyboard_layout.h"
#include "tests/harness/test.h"

/* Compiles the layout, without a warning about names that xkeyboard-config does not have. */
static bool compiles(struct xkb_context *context, const struct keyboard_layout *layout)
{
	struct xkb_rule_names names = {
		.model = "pc105", .layout = layout->layout, .variant = layout->variant};
	struct xkb_keymap *keymap =
		xkb_keymap_new_from_names(context, &names, XKB_KEYMAP_COMPILE_NO_FLAGS);
	bool usable = keymap != NULL && xkb_keymap_num_layouts(keymap) == 1;
	xkb_keymap_unref(keymap);
	return usable;
}

TEST(every_layout_is_one_of_xkeyboard_config)
{
	size_t count, broken = 0;
	const struct keyboard_layout *table = keyboard_layout_table(&count);
	struct xkb_context *context = xkb_context_new(XKB_CONTEXT_NO_FLAGS);
	CHECK(context != NULL);
	for (size_t i = 0; i < count; i++) {
		if (!compiles(context, &table[i])) {
			printf("# %08x: %s(%s) does not compile\n", table[i].id, table[i].layout,
				table[i].variant);
			broken++;
		}
	}
	xkb_context_unref(context);
	CHECK_INT(broken, 0);
}

TEST_MAIN()
