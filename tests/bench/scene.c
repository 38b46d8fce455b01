// SPDX-License-Identifier: MIT
#include "tests/bench/scene.h"

#include <string.h>

#define GLYPHS 96
#define GLYPH_WIDTH 8
#define GLYPH_HEIGHT 16
#define SCROLL_STEP 3
#define ICON 48

#define INK 0x20242c
#define PAPER 0xfafafa
#define PANEL 0xe6e9ee
#define ACCENT 0x3584e4

static const char *const names[SCENE_KINDS] = {
	"ui", "scroll", "noise", "video", "flip", "idle", "resize"};

enum scene_kind scene_by_name(const char *name)
{
	enum scene_kind kind = SCENE_UI;
	while (kind < SCENE_KINDS && strcmp(names[kind], name) != 0) {
		kind++;
	}
	return kind;
}

bool scene_moves(enum scene_kind kind)
{
	return kind != SCENE_FLIP && kind != SCENE_IDLE;
}

static uint32_t mix(uint32_t a)
{
	a ^= a >> 16;
	a *= 0x7feb352d;
	a ^= a >> 15;
	a *= 0x846ca68b;
	return a ^ a >> 16;
}

static void fill(struct picture *picture, int x, int y, int width, int height, uint32_t colour)
{
	for (int row = y; row < y + height && row < picture->height; row++) {
		for (int column = x; column < x + width && column < picture->width; column++) {
			picture->pixels[row * picture->width + column] = colour;
		}
	}
}

/* text: a font of strokes with soft edges, the same words at the same place each time */

static uint32_t glyph_pixel(uint32_t glyph, int x, int y)
{
	if (glyph < GLYPHS / 6 || x == 0 || y < 3 || y > 13) {
		return PAPER;
	}
	uint32_t strokes = mix(glyph);
	bool bar = x == 1 + (int)(strokes & 1) || (x == 6 && (strokes & 2) != 0);
	bool beam = y == 4 + (int)(strokes >> 2 & 3) || (y == 13 && (strokes & 16) != 0);
	if (bar || beam) {
		return INK;
	}
	return (mix(glyph * 128 + (uint32_t)(y * 8 + x)) & 7) == 0 ? 0xb0b2b6 : PAPER;
}

static void text_row(struct picture *picture, int y, uint32_t source, int left, int right)
{
	uint32_t line = source / GLYPH_HEIGHT;
	int within = (int)(source % GLYPH_HEIGHT);
	int length = 20 + (int)(mix(line * 7) % 160);
	uint32_t *row = picture->pixels + (size_t)y * (size_t)picture->width;
	for (int x = left; x < right; x++) {
		int column = (x - left) / GLYPH_WIDTH;
		uint32_t glyph = column < length ? mix(line * 1000 + (uint32_t)column) % GLYPHS : 0;
		row[x] = glyph_pixel(glyph, (x - left) % GLYPH_WIDTH, within);
	}
}

static void draw_scroll(struct picture *picture, uint32_t frame)
{
	int text = picture->height - SCENE_BLOCK, fresh = text;
	size_t row = (size_t)picture->width;
	uint32_t *top = picture->pixels + row * SCENE_BLOCK;
	if (picture->frame != SCENE_NEVER &&
		(frame - picture->frame) * SCROLL_STEP < (uint32_t)text) {
		fresh = (int)(frame - picture->frame) * SCROLL_STEP;
		memmove(top, top + row * (size_t)fresh, row * (size_t)(text - fresh) * 4);
	}
	for (int y = picture->height - fresh; y < picture->height; y++) {
		text_row(picture, y, frame * SCROLL_STEP + (uint32_t)y, 0, picture->width);
	}
}

/* a page */

static void draw_page(struct picture *picture)
{
	int side = picture->width / 5;
	fill(picture, 0, 0, picture->width, picture->height, PAPER);
	fill(picture, 0, SCENE_BLOCK, side, picture->height, PANEL);
	for (int y = SCENE_BLOCK + 64; y < picture->height - 120; y++) {
		text_row(picture, y, (uint32_t)y, side + 24, picture->width - 24);
	}
	for (int i = 0; i < 8; i++) {
		fill(picture, 12, 60 + i * 40, side - 24, 28, i == 2 ? ACCENT : 0xd4d9e1);
	}
}

static int icon_x(const struct picture *picture, uint32_t frame)
{
	return picture->width / 5 + 24 + (int)(frame * 5 % (uint32_t)(picture->width * 3 / 5));
}

static void draw_ui(struct picture *picture, uint32_t frame)
{
	int left = picture->width / 5 + 24, width = picture->width * 3 / 5;
	int bar = picture->height - 90, way = picture->height - 64;
	if (picture->frame == SCENE_NEVER) {
		draw_page(picture);
	} else {
		fill(picture, icon_x(picture, picture->frame), way, ICON, ICON, PAPER);
	}
	int done = (int)(frame * 2 % (uint32_t)width);
	fill(picture, left, bar, done, 12, ACCENT);
	fill(picture, left + done, bar, width - done, 12, PANEL);
	int x = icon_x(picture, frame);
	fill(picture, x, way, ICON, ICON, INK);
	fill(picture, x + 6, way + 6, ICON - 12, ICON - 12, ACCENT);
	fill(picture, x + 18, way + 18, 12, 12, 0xffffff);
}

static void draw_noise(struct picture *picture, uint32_t frame)
{
	uint64_t state = frame * UINT64_C(0x9e3779b97f4a7c15) + 1;
	size_t count = (size_t)picture->width * (size_t)picture->height;
	for (size_t i = 0; i < count; i++) {
		state ^= state << 13;
		state ^= state >> 7;
		state ^= state << 17;
		picture->pixels[i] = (uint32_t)(state >> 20) & 0xffffff;
	}
}

static uint32_t wave(uint32_t at)
{
	at &= 511;
	return at < 256 ? at : 511 - at;
}

static void draw_video(struct picture *picture, uint32_t frame)
{
	uint32_t grain = mix(frame);
	for (int y = 0; y < picture->height; y++) {
		uint32_t *row = picture->pixels + (size_t)y * (size_t)picture->width;
		uint32_t green = wave((uint32_t)y + frame * 2);
		for (int x = 0; x < picture->width; x++) {
			grain = grain * 1664525 + 1013904223;
			uint32_t red = wave((uint32_t)(x + y) / 2 + frame * 3) & 0xf8;
			row[x] = (red | grain >> 30) << 16 | green << 8 | wave((uint32_t)x + frame);
		}
	}
}

static void draw_strip(struct picture *picture, uint32_t frame)
{
	for (int i = 0; i < 4; i++) {
		uint32_t colour = i % 2 == 0 ? 0xff00ff : 0x00ff00;
		fill(picture, i * SCENE_BLOCK, 0, SCENE_BLOCK, SCENE_BLOCK, colour);
	}
	for (int i = 0; i < SCENE_BITS; i++) {
		uint32_t colour = (frame >> i & 1) != 0 ? 0xffffff : 0x000000;
		fill(picture, (4 + i) * SCENE_BLOCK, 0, SCENE_BLOCK, SCENE_BLOCK, colour);
	}
}

void scene_draw(enum scene_kind kind, struct picture *picture, uint32_t frame)
{
	switch (kind) {
	case SCENE_UI:
		draw_ui(picture, frame);
		break;
	case SCENE_SCROLL:
		draw_scroll(picture, frame);
		break;
	case SCENE_NOISE:
		draw_noise(picture, frame);
		break;
	case SCENE_VIDEO:
		draw_video(picture, frame);
		break;
	case SCENE_FLIP:
		fill(picture, 0, 0, picture->width, picture->height,
			frame % 2 == 0 ? 0x204080 : 0xe0d090);
		break;
	default:
		draw_page(picture);
	}
	draw_strip(picture, frame);
	picture->frame = frame;
}
