// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/cursor_picture.h"

#include <math.h>
#include <stddef.h>

#include "compositor-glue/shell/scale.h"

#define EDGE 1.0 // of black around the white, in units
#define THIN 1.0 // half of a stroke's width: whole pixels where nothing is scaled
#define THICK 1.6

struct stroke {
	int8_t x0, y0, x1, y1;
};

// A shape may be another one with x and y swapped, or with x from right to left
enum turn {
	AS_IT_IS,
	SWAPPED,
	MIRRORED,
};

struct drawing {
	const struct stroke *strokes;
	size_t count;
	enum turn turn;
	double half_width;
	int8_t hot_x, hot_y;
};

static const struct stroke hand[] = {{10, 4, 10, 15}, {13, 10, 13, 15}, {16, 11, 16, 15},
	{19, 12, 19, 17}, {5, 13, 9, 17}, {10, 16, 18, 16}, {10, 18, 18, 18}, {11, 20, 17, 20}};
static const struct stroke open_hand[] = {{8, 7, 8, 15}, {11, 5, 11, 15}, {14, 5, 14, 15},
	{17, 7, 17, 16}, {4, 12, 8, 17}, {8, 16, 17, 16}, {9, 18, 16, 18}, {10, 20, 15, 20}};
static const struct stroke fist[] = {{8, 11, 8, 15}, {11, 10, 11, 15}, {14, 10, 14, 15},
	{17, 11, 17, 16}, {5, 14, 8, 17}, {8, 16, 17, 16}, {9, 18, 16, 18}, {10, 20, 15, 20}};
static const struct stroke hourglass[] = {
	{6, 3, 18, 3}, {6, 21, 18, 21}, {7, 3, 17, 21}, {17, 3, 7, 21}};
static const struct stroke cross[] = {{12, 3, 12, 21}, {3, 12, 21, 12}};
static const struct stroke beam[] = {{12, 3, 12, 21}, {9, 3, 15, 3}, {9, 21, 15, 21}};
static const struct stroke across[] = {
	{3, 12, 21, 12}, {3, 12, 7, 8}, {3, 12, 7, 16}, {21, 12, 17, 8}, {21, 12, 17, 16}};
static const struct stroke all_ways[] = {{3, 12, 21, 12}, {3, 12, 6, 9}, {3, 12, 6, 15},
	{21, 12, 18, 9}, {21, 12, 18, 15}, {12, 3, 12, 21}, {12, 3, 9, 6}, {12, 3, 15, 6},
	{12, 21, 9, 18}, {12, 21, 15, 18}};
static const struct stroke slanted[] = {
	{5, 5, 19, 19}, {5, 5, 11, 5}, {5, 5, 5, 11}, {19, 19, 13, 19}, {19, 19, 19, 13}};
static const struct stroke column[] = {{10, 4, 10, 20}, {14, 4, 14, 20}, {10, 12, 3, 12},
	{3, 12, 6, 9}, {3, 12, 6, 15}, {14, 12, 21, 12}, {21, 12, 18, 9}, {21, 12, 18, 15}};
static const struct stroke barred[] = {{8, 3, 16, 3}, {16, 3, 21, 8}, {21, 8, 21, 16},
	{21, 16, 16, 21}, {16, 21, 8, 21}, {8, 21, 3, 16}, {3, 16, 3, 8}, {3, 8, 8, 3},
	{6, 6, 18, 18}};
static const struct stroke question[] = {{8, 8, 8, 7}, {8, 7, 10, 5}, {10, 5, 14, 5},
	{14, 5, 16, 7}, {16, 7, 16, 10}, {16, 10, 12, 13}, {12, 13, 12, 16}, {12, 20, 12, 20}};
static const struct stroke lens_plus[] = {{7, 4, 13, 4}, {13, 4, 16, 7}, {16, 7, 16, 13},
	{16, 13, 13, 16}, {13, 16, 7, 16}, {7, 16, 4, 13}, {4, 13, 4, 7}, {4, 7, 7, 4},
	{15, 15, 21, 21}, {7, 10, 13, 10}, {10, 7, 10, 13}};

#define STROKES(array) (array), sizeof(array) / sizeof((array)[0])

static const struct drawing drawings[CURSOR_SHAPES] = {
	[CURSOR_SHAPE_POINTER] = {STROKES(hand), AS_IT_IS, THICK, 10, 3},
	[CURSOR_SHAPE_WAIT] = {STROKES(hourglass), AS_IT_IS, THIN, 12, 12},
	[CURSOR_SHAPE_CROSSHAIR] = {STROKES(cross), AS_IT_IS, THIN, 12, 12},
	[CURSOR_SHAPE_TEXT] = {STROKES(beam), AS_IT_IS, THIN, 12, 12},
	[CURSOR_SHAPE_VERTICAL_TEXT] = {STROKES(beam), SWAPPED, THIN, 12, 12},
	[CURSOR_SHAPE_MOVE] = {STROKES(all_ways), AS_IT_IS, THIN, 12, 12},
	[CURSOR_SHAPE_FORBIDDEN] = {STROKES(barred), AS_IT_IS, THIN, 12, 12},
	[CURSOR_SHAPE_GRAB] = {STROKES(open_hand), AS_IT_IS, THICK, 12, 12},
	[CURSOR_SHAPE_GRABBING] = {STROKES(fist), AS_IT_IS, THICK, 12, 12},
	[CURSOR_SHAPE_EW] = {STROKES(across), AS_IT_IS, THIN, 12, 12},
	[CURSOR_SHAPE_NS] = {STROKES(across), SWAPPED, THIN, 12, 12},
	[CURSOR_SHAPE_NESW] = {STROKES(slanted), MIRRORED, THIN, 12, 12},
	[CURSOR_SHAPE_NWSE] = {STROKES(slanted), AS_IT_IS, THIN, 12, 12},
	[CURSOR_SHAPE_COLUMN] = {STROKES(column), AS_IT_IS, THIN, 12, 12},
	[CURSOR_SHAPE_ROW] = {STROKES(column), SWAPPED, THIN, 12, 12},
	[CURSOR_SHAPE_HELP] = {STROKES(question), AS_IT_IS, THIN, 12, 20},
	[CURSOR_SHAPE_ZOOM_IN] = {STROKES(lens_plus), AS_IT_IS, THIN, 10, 10},
	// The last stroke makes the plus
	[CURSOR_SHAPE_ZOOM_OUT] = {lens_plus, sizeof(lens_plus) / sizeof(lens_plus[0]) - 1,
		AS_IT_IS, THIN, 10, 10},
};

int32_t cursor_picture_side(uint32_t scale)
{
	int32_t side = scale_up(scale, CURSOR_PICTURE_UNITS);
	return side < CURSOR_PICTURE_SIDE_MAX ? side : CURSOR_PICTURE_SIDE_MAX;
}

struct cursor_point cursor_picture_hotspot(enum cursor_shape shape, uint32_t scale)
{
	const struct drawing *drawing = &drawings[shape];
	return (struct cursor_point){
		scale_up(scale, drawing->hot_x), scale_up(scale, drawing->hot_y)};
}

static double clamp(double value, double low, double high)
{
	return value < low ? low : value > high ? high : value;
}

static double distance(const struct stroke *stroke, double x, double y)
{
	double dx = stroke->x1 - stroke->x0, dy = stroke->y1 - stroke->y0;
	double length = dx * dx + dy * dy;
	double along = length > 0 ? ((x - stroke->x0) * dx + (y - stroke->y0) * dy) / length : 0;
	along = clamp(along, 0, 1);
	return hypot(x - (stroke->x0 + along * dx), y - (stroke->y0 + along * dy));
}

static double nearest(const struct drawing *drawing, double x, double y)
{
	double least = CURSOR_PICTURE_UNITS;
	if (drawing->turn == SWAPPED) {
		double swap = x;
		x = y;
		y = swap;
	} else if (drawing->turn == MIRRORED) {
		x = CURSOR_PICTURE_UNITS - x;
	}
	for (size_t i = 0; i < drawing->count; i++) {
		least = fmin(least, distance(&drawing->strokes[i], x, y));
	}
	return least;
}

bool cursor_picture_draw(enum cursor_shape shape, uint32_t scale, uint32_t *pixels)
{
	const struct drawing *drawing = &drawings[shape];
	int32_t side = cursor_picture_side(scale);
	double unit = (double)side / CURSOR_PICTURE_UNITS;
	if (drawing->count == 0) {
		return false;
	}
	for (int32_t i = 0; i < side * side; i++) {
		double away = nearest(drawing, (i % side + 0.5) / unit, (i / side + 0.5) / unit);
		// How much of a pixel the white covers, and the white with its edge
		double white = clamp((drawing->half_width - away) * unit + 0.5, 0, 1);
		double both = clamp((drawing->half_width + EDGE - away) * unit + 0.5, 0, 1);
		uint32_t alpha = (uint32_t)lround(both * 255),
			 light = (uint32_t)lround(white * 255);
		pixels[i] = alpha << 24 | light << 16 | light << 8 | light;
	}
	return true;
}
