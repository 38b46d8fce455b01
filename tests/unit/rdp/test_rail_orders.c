// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/rail_orders.h"
#include "sill-bridge-v1-client.h"
#include "tests/harness/test.h"

static const struct rect where = {-30, 40, 300, 200};

TEST(a_toplevel_has_no_caption)
{
	static struct rail_order order;
	static struct window window = {.number = 7, .title = "xterm"};
	rail_order_create(&order, &window, &where, false);
	CHECK_INT(order.info.windowId, 7);
	CHECK(order.info.fieldFlags & WINDOW_ORDER_STATE_NEW);
	CHECK_INT(order.state.style & WS_CAPTION, 0);
	CHECK_INT(order.state.TaskbarButton, 0);
	CHECK_INT(order.state.windowOffsetX, -30);
	CHECK_INT(order.state.titleInfo.length, 10);
	CHECK_INT(order.state.visibilityRects[0].left, 0);
	CHECK_INT(order.state.visibilityRects[0].right, 300);
}

TEST(an_x_window_is_not_cut_to_shape)
{
	static struct rail_order order;
	static struct window window = {.number = 7};
	rail_order_create(&order, &window, &where, true);
	CHECK_INT(order.state.visibilityRects[0].right, WINDOW_SIZE_LIMIT);
	CHECK_INT(order.state.windowWidth, 300);
}

TEST(a_size_is_forgotten_by_one_of_no_pixels)
{
	static struct rail_order order;
	static struct window window = {.number = 7, .geometry = {10, 20, 300, 200}};
	rail_order_forget_size(&order, &window);
	CHECK_INT(order.info.windowId, 7);
	CHECK_INT(order.info.fieldFlags, WINDOW_ORDER_TYPE_WINDOW | WINDOW_ORDER_FIELD_WND_SIZE);
	CHECK_INT(order.state.windowWidth * order.state.windowHeight, 0);
}

TEST(menus_are_owned_and_take_no_focus)
{
	static struct rail_order order;
	static struct window window = {.number = 8, .parent = 7};
	window.role = SILL_WINDOW_V1_ROLE_OVERRIDE_REDIRECT;
	rail_order_create(&order, &window, &where, false);
	CHECK_INT(order.state.ownerWindowId, 7);
	CHECK(order.state.style & WS_POPUP);
	CHECK(order.state.extendedStyle & WS_EX_NOACTIVATE);
	CHECK(order.state.extendedStyle & WS_EX_TOOLWINDOW);
	CHECK_INT(order.state.TaskbarButton, 1);
}

TEST(a_dialog_is_owned_and_not_in_the_taskbar)
{
	static struct rail_order order;
	static struct window window = {.number = 9, .parent = 7};
	rail_order_create(&order, &window, &where, false);
	CHECK_INT(order.state.ownerWindowId, 7);
	CHECK(order.state.style & WS_POPUP);
	CHECK_INT(order.state.style & (WS_MINIMIZEBOX | WS_MAXIMIZEBOX), 0);
	CHECK_INT(order.state.extendedStyle & (WS_EX_NOACTIVATE | WS_EX_TOOLWINDOW), 0);
	CHECK(order.state.extendedStyle & WS_EX_DLGMODALFRAME);
	CHECK_INT(order.state.TaskbarButton, 1);
}

TEST(a_window_above_the_others_is_topmost)
{
	static struct rail_order order;
	static struct window window = {.number = 9, .above = true};
	rail_order_create(&order, &window, &where, false);
	CHECK(order.state.extendedStyle & WS_EX_TOPMOST);
	window.above = false;
	CHECK(rail_order_update(&order, &window, WINDOW_CHANGED_FRAME, &where, false));
	CHECK_INT(order.state.extendedStyle & WS_EX_TOPMOST, 0);
}

TEST(frames_say_what_can_be_done_with_a_window)
{
	static struct rail_order order;
	static struct window window = {.number = 9, .limits = {100, 80, 100, 80}};
	rail_order_create(&order, &window, &where, false);
	CHECK_INT(order.state.style & (WS_THICKFRAME | WS_MAXIMIZEBOX), 0);
	CHECK(order.state.style & WS_MINIMIZEBOX);
	window.limits.max_width = 200;
	CHECK(rail_order_update(&order, &window, WINDOW_CHANGED_FRAME, &where, false));
	CHECK(order.state.style & WS_THICKFRAME);
	window.state = SILL_WINDOW_V1_STATE_FULLSCREEN;
	CHECK(rail_order_update(&order, &window, WINDOW_CHANGED_FRAME, &where, false));
	CHECK(order.state.style & WS_POPUP);
	CHECK_INT(order.state.style & WS_THICKFRAME, 0);
}

TEST(application_ids_fit)
{
	static struct window window;
	uint16_t units[RAIL_APP_ID_UNITS];
	strcpy(window.app_id, "org.sill.\xc3\x84");
	rail_app_id(units, &window);
	CHECK_INT(units[0], 'o');
	CHECK_INT(units[9], 0xc4);
	CHECK_INT(units[10], 0);
	CHECK_INT(units[RAIL_APP_ID_UNITS - 1], 0);
	memset(window.app_id, 'a', sizeof(window.app_id) - 1);
	rail_app_id(units, &window);
	CHECK_INT(units[WINDOW_APP_ID_LIMIT - 1], 'a');
	CHECK_INT(units[RAIL_APP_ID_UNITS - 1], 0);
}

TEST(updates_name_what_changed)
{
	static struct rail_order order;
	static struct window window = {.number = 7};
	CHECK(!rail_order_update(&order, &window, WINDOW_CHANGED_LIMITS, &where, false));
	window.state = SILL_WINDOW_V1_STATE_MINIMIZED | SILL_WINDOW_V1_STATE_MAXIMIZED;
	CHECK(rail_order_update(&order, &window, WINDOW_CHANGED_STATE, &where, false));
	CHECK_INT(order.info.fieldFlags, WINDOW_ORDER_TYPE_WINDOW | WINDOW_ORDER_FIELD_SHOW);
	CHECK_INT(order.state.showState, WINDOW_SHOW_MINIMIZED);
	window.state = SILL_WINDOW_V1_STATE_MAXIMIZED;
	CHECK(rail_order_update(&order, &window, WINDOW_CHANGED_STATE, &where, false));
	CHECK_INT(order.state.showState, WINDOW_SHOW_MAXIMIZED);
}

TEST(long_titles_are_cut)
{
	static struct rail_order order;
	static struct window window = {.number = 7};
	memset(window.title, 'x', WINDOW_TITLE_LIMIT);
	CHECK(rail_order_update(&order, &window, WINDOW_CHANGED_TITLE, &where, false));
	CHECK_INT(order.state.titleInfo.length, RAIL_TITLE_UNITS * 2);
}

TEST(local_moves)
{
	static struct window window = {.number = 7, .geometry = {100, 200, 300, 200}};
	RAIL_LOCALMOVESIZE_ORDER move = rail_move_start(&window, 110, 220);
	CHECK_INT(move.moveSizeType, RAIL_WMSZ_MOVE);
	CHECK_INT(move.posX, 10);
	CHECK_INT(move.posY, 20);
	window.move_edges = SILL_WINDOW_V1_EDGE_BOTTOM | SILL_WINDOW_V1_EDGE_RIGHT;
	move = rail_move_start(&window, 400, 100000);
	CHECK_INT(move.moveSizeType, RAIL_WMSZ_BOTTOMRIGHT);
	CHECK_INT(move.posX, 400);
	CHECK_INT(move.posY, INT16_MAX);
}

TEST(where_a_move_ends)
{
	struct rect from = {100, 200, 300, 200}, to;
	to = rail_move_result(&from, RAIL_WMSZ_MOVE, 10, -20);
	CHECK(rect_equal(&to, &(struct rect){110, 180, 300, 200}));
	to = rail_move_result(&from, RAIL_WMSZ_TOPLEFT, 10, -20);
	CHECK(rect_equal(&to, &(struct rect){110, 180, 290, 220}));
	to = rail_move_result(&from, RAIL_WMSZ_BOTTOMRIGHT, 10, -20);
	CHECK(rect_equal(&to, &(struct rect){100, 200, 310, 180}));
	to = rail_move_result(&from, RAIL_WMSZ_RIGHT, -900, 5);
	CHECK(rect_equal(&to, &(struct rect){100, 200, 1, 200}));
}

TEST(size_limits)
{
	static struct window window = {.limits = {.min_width = 100, .max_height = 500}};
	static const struct monitor_set monitors = {
		.list = {{.area = {0, 0, 1280, 800}}}, .count = 1};
	RAIL_MINMAXINFO_ORDER order = rail_min_max(&window, &monitors);
	CHECK_INT(order.minTrackWidth, 100);
	CHECK_INT(order.minTrackHeight, 1);
	CHECK_INT(order.maxTrackWidth, WINDOW_SIZE_LIMIT);
	CHECK_INT(order.maxTrackHeight, 500);
}

TEST(a_maximized_window_fills_the_work_area_of_its_own_monitor)
{
	static struct window window = {.geometry = {-900, 50, 400, 300}};
	static const struct monitor_set monitors = {
		.list = {{.area = {0, 0, 1920, 1080}, .work = {0, 0, 1920, 1040}},
			{.area = {-1280, 0, 1280, 1024}, .work = {-1250, 0, 1250, 1000}}},
		.count = 2};
	RAIL_MINMAXINFO_ORDER order = rail_min_max(&window, &monitors);
	CHECK_INT(order.maxPosX, -1250);
	CHECK_INT(order.maxPosY, 0);
	CHECK_INT(order.maxWidth, 1250);
	CHECK_INT(order.maxHeight, 1000);
	window.limits.max_width = 600;
	CHECK_INT(rail_min_max(&window, &monitors).maxWidth, 600);
	window.geometry.x = 100;
	CHECK_INT(rail_min_max(&window, &monitors).maxHeight, 1040);
}

TEST(programs)
{
	CHECK(rail_program_allowed(NULL));
	CHECK(rail_program_allowed(""));
	CHECK(rail_program_allowed("||sill"));
	CHECK(!rail_program_allowed("||sillier"));
	CHECK(!rail_program_allowed("xterm"));
}

TEST_MAIN()
