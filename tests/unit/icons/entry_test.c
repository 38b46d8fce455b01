// SPDX-License-Identifier: MIT
#include "compositor-glue/icons/entry.h"

#include "tests/harness/test.h"

static struct entry parse(const char *text)
{
	struct entry entry;
	entry_parse(&entry, text, strlen(text));
	return entry;
}

static struct sill_icons_request ask(uint32_t kind, const char *name, const char *other)
{
	struct sill_icons_request request = {.kind = kind};
	strcpy(request.name, name);
	strcpy(request.other, other);
	return request;
}

static int suits(const char *class, const char *id, struct sill_icons_request request)
{
	struct entry entry = {.is_application = true};
	strcpy(entry.window_class, class);
	return entry_suits(&entry, id, &request);
}

TEST(an_entry_has_an_icon_and_a_class)
{
	struct entry entry = parse("[Desktop Entry]\nType=Application\nName=Foot\nName[de]=Fuss\n"
				   "Icon=foot\nIcon[de]=fuss\nStartupWMClass=Foot\\sTerm\n");
	CHECK(entry.is_application);
	CHECK_STR(entry.icon, "foot");
	CHECK_STR(entry.window_class, "Foot Term");
	CHECK_INT(entry.bad_line, 0);
}

TEST(other_groups_are_not_the_entry)
{
	struct entry entry = parse("Icon=before\n[Desktop Action new]\nIcon=action\n"
				   "[Desktop Entry]\nType=Application\nIcon=right\n"
				   "[Desktop Action old]\nIcon=action\nType=Link\n");
	CHECK(entry.is_application);
	CHECK_STR(entry.icon, "right");
}

TEST(what_is_hidden_or_a_link_is_no_application)
{
	CHECK(!parse("[Desktop Entry]\nType=Link\nIcon=x\n").is_application);
	CHECK(!parse("[Desktop Entry]\nType=Application\nHidden=true\n").is_application);
	CHECK(!parse("[Desktop Entry]\nHidden=true\nType=Application\n").is_application);
	CHECK(parse("[Desktop Entry]\nType=Application\nNoDisplay=true\n").is_application);
	CHECK(!parse("").is_application);
}

TEST(a_bad_line_is_named_and_passed_over)
{
	struct entry entry = parse("[Desktop Entry]\nType=Application\nwhat is this\nno\nIcon=x\n");
	CHECK_INT(entry.bad_line, 3);
	CHECK_STR(entry.icon, "x");
}

TEST(a_wayland_window_is_found_by_its_id_first)
{
	struct sill_icons_request request = ask(SILL_ICONS_OF_APP_ID, "org.x.App", "");
	CHECK_INT(suits("", "org.x.App", request), 0);
	CHECK_INT(suits("org.x.App", "other", request), 1);
	CHECK_INT(suits("", "org.x.app", request), 2);
	CHECK_INT(suits("Org.X.App", "other", request), 3);
	CHECK_INT(suits("", "org.x.Apple", request), ENTRY_SUITS_NOT);
}

TEST(an_x11_window_is_found_by_what_the_entry_says_of_it_first)
{
	struct sill_icons_request request = ask(SILL_ICONS_OF_CLASS, "XTerm", "xterm");
	int said = suits("XTerm", "debian-xterm", request), instance = suits("xterm", "x", request);
	int id = suits("", "XTerm", request), small = suits("", "xterm", request);
	int alike = suits("XTERM", "x", request);
	CHECK(said < instance && instance < id && id < small && small < alike);
	CHECK(alike < ENTRY_SUITS_NOT);
	CHECK_INT(suits("UXTerm", "debian-uxterm", request), ENTRY_SUITS_NOT);
}

TEST(a_window_that_says_nothing_is_nobodys)
{
	CHECK_INT(suits("", "x", ask(SILL_ICONS_OF_CLASS, "", "")), ENTRY_SUITS_NOT);
	CHECK_INT(suits("", "", ask(SILL_ICONS_OF_APP_ID, "", "")), ENTRY_SUITS_NOT);
	CHECK_INT(suits("", "x", ask(SILL_ICONS_OF_CLASS, "Y", "")), ENTRY_SUITS_NOT);
}

TEST_MAIN()
