#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// A font file, opened by FreeType (which draws) and HarfBuzz (which chooses and places glyphs).
///
/// Each has a FreeType library of its own, so that different fonts may be used on different threads at the same
/// time. One font may not: whoever shares it locks it. Lengths are in 26.6 fixed point, 64 to the pixel.
typedef struct CFont CFont;

/// A glyph of a line, placed on the baseline; x grows to the right and y upwards.
typedef struct {
  uint32_t index;
  int32_t x, y;
} CFontGlyph;

/// The picture of a glyph, owned by the font until the next call.
typedef struct {
  /// Rows of coverage (one byte) or of blue, green, red and alpha, the colours multiplied by alpha.
  const uint8_t *pixels;
  int32_t width, height, stride;
  /// From the pen to the left edge, and from the baseline up to the top edge, in pixels.
  int32_t left, top;
  bool color;
} CFontBitmap;

/// Opens a face of a font file. On failure returns NULL and writes why into `error`.
CFont *cfont_open(const char *path, int face, char *error, size_t capacity);

/// Closes a font; NULL is allowed.
void cfont_close(CFont *font);

/// Whether the font has coloured bitmaps, which have one size of their own.
bool cfont_has_color_bitmaps(const CFont *font);

/// The size in pixels of the em square of the largest bitmaps; 0 where there are none.
int cfont_bitmap_size(const CFont *font);

/// The checksum that the font file keeps of itself; 0 where it keeps none.
uint32_t cfont_checksum(const CFont *font);

/// Chooses the size in pixels of the em square; a font of bitmaps takes its largest. Returns false on failure.
bool cfont_set_size(CFont *font, double size);

/// The height of the ascenders above the baseline at the chosen size.
int32_t cfont_ascender(const CFont *font);

/// Shapes UTF-8 text: writes up to `capacity` glyphs and the line's width, returns how many glyphs there are.
int cfont_shape(CFont *font, const char *text, int length, CFontGlyph *glyphs, int capacity, int32_t *width);

/// Whether the font has a coloured bitmap of the glyph, found out without decoding it.
bool cfont_has_color_bitmap(CFont *font, uint32_t glyph);

/// Draws a glyph at the chosen size. Returns false where it has no picture that can be drawn.
bool cfont_draw(CFont *font, uint32_t glyph, CFontBitmap *bitmap);
