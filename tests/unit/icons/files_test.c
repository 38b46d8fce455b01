// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "compositor-glue/icons/application.h"
#include "compositor-glue/icons/folders.h"
#include "compositor-glue/icons/picture.h"
#include "compositor-glue/icons/theme.h"
#include "tests/harness/test.h"

#define RED                                                                                        \
	"<svg xmlns='http://www.w3.org/2000/svg' width='16' height='16'>"                          \
	"<rect width='16' height='16' fill='#f00'/></svg>"

/* A system of its own: TOP/root with two data folders, and TOP/secret.svg beside it. */
struct machine {
	char top[64];
	char names[2][96];
	struct folders folders;
};

static void write_file(const struct machine *machine, const char *path, const char *text)
{
	char whole[256];
	snprintf(whole, sizeof(whole), "%s/%s", machine->top, path);
	for (char *slash = strchr(whole + strlen(machine->top) + 1, '/'); slash != NULL;
		slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(whole, 0755);
		*slash = '/';
	}
	FILE *file = fopen(whole, "we");
	if (file != NULL) {
		fputs(text, file);
		fclose(file);
	}
}

static void make_link(const struct machine *machine, const char *path, const char *target)
{
	char whole[256];
	write_file(machine, path, "");
	snprintf(whole, sizeof(whole), "%s/%s", machine->top, path);
	unlink(whole);
	if (symlink(target, whole) < 0) {
		abort();
	}
}

static void start(struct machine *machine)
{
	char *names[2];
	*machine = (struct machine){.top = "/tmp/sill-icons-XXXXXX"};
	if (mkdtemp(machine->top) == NULL) {
		abort();
	}
	write_file(machine, "root/local/keep", "");
	write_file(machine, "root/share/keep", "");
	write_file(machine, "secret.svg", RED);
	for (int i = 0; i < 2; i++) {
		snprintf(machine->names[i], sizeof(machine->names[i]), "%s/root:%s", machine->top,
			i == 0 ? "local" : "share");
		names[i] = machine->names[i];
	}
	folders_open(&machine->folders, names, 2);
}

static int remove_one(const char *path, const struct stat *info, int type, struct FTW *ftw)
{
	return remove(path);
}

static void stop(struct machine *machine)
{
	for (size_t i = 0; i < machine->folders.count; i++) {
		close(machine->folders.all[i].root);
	}
	nftw(machine->top, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static bool has_icon(const struct machine *machine, const char *name)
{
	enum picture_format format;
	struct file file;
	if (!theme_find(&machine->folders, name, &file, &format)) {
		return false;
	}
	file_finish(&file);
	return true;
}

static const char *icon_of(const struct machine *machine, uint32_t kind, const char *name)
{
	static struct application application;
	struct sill_icons_request request = {.kind = kind};
	strcpy(request.name, name);
	return application_find(&machine->folders, &request, &application) ? application.entry.icon
									   : NULL;
}

static uint32_t middle(const struct file *file, enum picture_format format)
{
	static uint32_t pixels[SILL_ICONS_SIDE * SILL_ICONS_SIDE];
	bool is_drawn = picture_draw(file, format, pixels);
	return is_drawn ? pixels[SILL_ICONS_SIDE * SILL_ICONS_SIDE / 2 + SILL_ICONS_SIDE / 2] : 0;
}

static uint32_t middle_of_svg(const char *text)
{
	char copy[1024];
	snprintf(copy, sizeof(copy), "%s", text);
	return middle(&(struct file){copy, strlen(copy)}, PICTURE_SVG);
}

TEST(folders_that_are_not_there_are_left_out)
{
	struct machine machine;
	struct folders folders;
	char none[] = "/nowhere:usr/share", bad[] = "/usr/share", there[96];
	start(&machine);
	snprintf(there, sizeof(there), "%s/root:share", machine.top);
	folders_open(&folders, (char *[]){none, bad, there}, 3);
	bool is_one = folders.count == 1;
	close(folders.count > 0 ? folders.all[0].root : -1);
	stop(&machine);
	CHECK(is_one);
}

TEST(links_stay_in_their_system)
{
	struct machine machine;
	start(&machine);
	write_file(&machine, "root/opt/inside.svg", RED);
	make_link(&machine, "root/share/pixmaps/absolute.svg", "/opt/inside.svg");
	make_link(&machine, "root/share/pixmaps/relative.svg", "../../opt/inside.svg");
	make_link(&machine, "root/share/pixmaps/out.svg", "../../../secret.svg");
	make_link(&machine, "root/share/pixmaps/passwd.svg", "/etc/passwd");
	make_link(&machine, "root/share/pixmaps/self.svg", "self.svg");
	bool absolute = has_icon(&machine, "absolute"), relative = has_icon(&machine, "relative");
	bool out = has_icon(&machine, "out"), passwd = has_icon(&machine, "passwd");
	bool self = has_icon(&machine, "self"), above = has_icon(&machine, "../../../secret");
	stop(&machine);
	CHECK(absolute && relative);
	CHECK(!out && !passwd && !self && !above);
}

TEST(what_is_no_file_is_not_read)
{
	struct machine machine;
	char path[96];
	start(&machine);
	write_file(&machine, "root/share/pixmaps/keep", "");
	snprintf(path, sizeof(path), "%s/root/share/pixmaps/pipe.svg", machine.top);
	bool is_made = mkfifo(path, 0644) == 0;
	write_file(&machine, "root/share/pixmaps/folder.svg/x", "");
	write_file(&machine, "root/share/pixmaps/empty.svg", "");
	write_file(&machine, "root/share/pixmaps/large.svg", RED);
	snprintf(path, sizeof(path), "%s/root/share/pixmaps/large.svg", machine.top);
	is_made = is_made && truncate(path, PICTURE_FILE_MAX + 1) == 0;
	bool is_any = has_icon(&machine, "pipe") || has_icon(&machine, "folder") ||
		      has_icon(&machine, "empty") || has_icon(&machine, "large");
	stop(&machine);
	CHECK(is_made && !is_any);
}

TEST(entries_are_found_by_id_class_and_in_folders)
{
	struct machine machine;
	start(&machine);
	write_file(&machine, "root/share/applications/one.desktop",
		"[Desktop Entry]\nType=Application\nIcon=one\n");
	write_file(&machine, "root/share/applications/kde/two.desktop",
		"[Desktop Entry]\nType=Application\nIcon=two\nStartupWMClass=Second\n");
	write_file(&machine, "root/local/applications/one.desktop",
		"[Desktop Entry]\nType=Application\nIcon=mine\n");
	const char *mine = icon_of(&machine, SILL_ICONS_OF_APP_ID, "one");
	bool is_mine = mine != NULL && strcmp(mine, "mine") == 0;
	bool by_id = icon_of(&machine, SILL_ICONS_OF_APP_ID, "kde-two") != NULL;
	bool by_class = icon_of(&machine, SILL_ICONS_OF_CLASS, "Second") != NULL;
	bool by_case = icon_of(&machine, SILL_ICONS_OF_CLASS, "ONE") != NULL;
	bool by_none = icon_of(&machine, SILL_ICONS_OF_APP_ID, "three") != NULL;
	stop(&machine);
	CHECK(is_mine);
	CHECK(by_id && by_class && by_case && !by_none);
}

TEST(themes_are_followed_to_their_parents)
{
	struct machine machine;
	start(&machine);
	write_file(&machine, "root/share/icons/Adwaita/index.theme",
		"[Icon Theme]\nInherits=Older,Adwaita\n[64]\nSize=64\n");
	write_file(&machine, "root/share/icons/Older/index.theme", "[Icon Theme]\n[48]\nSize=48\n");
	write_file(&machine, "root/share/icons/Older/48/old.svg", RED);
	write_file(&machine, "root/local/icons/Adwaita/64/new.svg", RED);
	bool is_old = has_icon(&machine, "old"), is_new = has_icon(&machine, "new");
	stop(&machine);
	CHECK(is_old && is_new);
}

TEST(hicolor_needs_no_index)
{
	struct machine machine;
	start(&machine);
	write_file(&machine, "root/share/icons/hicolor/scalable/apps/one.svg", RED);
	write_file(&machine, "root/share/icons/hicolor/48x48/apps/two.svg", RED);
	write_file(&machine, "root/share/icons/Other/48x48/apps/three.svg", RED);
	bool one = has_icon(&machine, "one"), two = has_icon(&machine, "two");
	bool three = has_icon(&machine, "three");
	stop(&machine);
	CHECK(one && two && !three);
}

TEST(an_svg_is_drawn_as_large_as_an_icon)
{
	CHECK_INT(middle_of_svg(RED), 0xffff0000);
	CHECK_INT(middle_of_svg("<svg"), 0);
	CHECK_INT(middle_of_svg(""), 0);
}

TEST(an_svg_names_no_other_files)
{
	static const char picture[] =
		"<svg xmlns='http://www.w3.org/2000/svg' "
		"xmlns:xlink='http://www.w3.org/1999/xlink' width='8' height='8'>"
		"<image width='8' height='8' xlink:href='file://%s/secret.svg'/></svg>";
	struct machine machine;
	char text[512];
	start(&machine);
	snprintf(text, sizeof(text), picture, machine.top);
	uint32_t pixel = middle_of_svg(text);
	stop(&machine);
	CHECK_INT(pixel, 0);
}

TEST(a_png_that_says_it_is_huge_is_none)
{
	char head[64] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\0\0\0\1\0\0\x08\x06";
	memcpy(head, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\0\0\0\1\0\0\x08\x06", 26);
	CHECK_INT(middle(&(struct file){head, sizeof(head)}, PICTURE_PNG), 0);
	memcpy(head + 16, "\0\0\0\1\0\0\0\1", 8);
	CHECK_INT(middle(&(struct file){head, sizeof(head)}, PICTURE_PNG), 0); // no more of it
	CHECK_INT(middle(&(struct file){head, 8}, PICTURE_PNG), 0);
}

TEST_MAIN()
