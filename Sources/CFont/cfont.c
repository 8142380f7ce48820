#include "cfont.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_TRUETYPE_TABLES_H
#include <hb.h>
#include <hb-ot.h>
#include <stdio.h>
#include <stdlib.h>

struct CFont {
  FT_Library library;
  FT_Face face;
  hb_font_t *shaper;
  hb_buffer_t *buffer;
  int largest;  // The strike with the largest bitmaps, -1 without any.
};

static CFont *failed(CFont *font, char *error, size_t capacity, const char *what, FT_Error code) {
  snprintf(error, capacity, "%s (FreeType error %d)", what, code);
  cfont_close(font);
  return NULL;
}

CFont *cfont_open(const char *path, int face, char *error, size_t capacity) {
  CFont *font = calloc(1, sizeof *font);
  if (!font) {
    snprintf(error, capacity, "cannot be opened: out of memory");
    return NULL;
  }
  FT_Error code = FT_Init_FreeType(&font->library);
  if (code) return failed(font, error, capacity, "cannot be opened: FreeType does not start", code);
  code = FT_New_Face(font->library, path, face, &font->face);
  if (code == FT_Err_Unknown_File_Format) return failed(font, error, capacity, "is not a font", code);
  if (code) return failed(font, error, capacity, "cannot be read as a font", code);

  hb_blob_t *blob = hb_blob_create_from_file(path);
  hb_face_t *shaped = hb_face_create(blob, face);
  font->shaper = hb_font_create(shaped);
  font->buffer = hb_buffer_create();
  hb_face_destroy(shaped);
  hb_blob_destroy(blob);
  if (!hb_buffer_allocation_successful(font->buffer) || 
      hb_face_get_glyph_count(hb_font_get_face(font->shaper)) == 0) {
    return failed(font, error, capacity, "has no glyphs that HarfBuzz can shape", 0);
  }

  font->largest = -1;
  for (int i = 0; i < font->face->num_fixed_sizes; i++) {
    const FT_Bitmap_Size *size = font->face->available_sizes;
    if (font->largest < 0 || size[i].y_ppem > size[font->largest].y_ppem) font->largest = i;
  }
  if (!cfont_set_size(font, 16)) return failed(font, error, capacity, "has no size that can be drawn", 0);
  return font;
}

void cfont_close(CFont *font) {
  if (!font) return;
  if (font->buffer) hb_buffer_destroy(font->buffer);
  if (font->shaper) hb_font_destroy(font->shaper);
  if (font->face) FT_Done_Face(font->face);
  if (font->library) FT_Done_FreeType(font->library);
  free(font);
}

bool cfont_has_color_bitmaps(const CFont *font) {
  return FT_HAS_COLOR(font->face) && font->largest >= 0;
}

int cfont_bitmap_size(const CFont *font) {
  return font->largest < 0 ? 0 : (int)((font->face->available_sizes[font->largest].y_ppem + 32) >> 6);
}

uint32_t cfont_checksum(const CFont *font) {
  const TT_Header *header = FT_Get_Sfnt_Table(font->face, FT_SFNT_HEAD);
  return header ? (uint32_t)header->CheckSum_Adjust : 0;
}

bool cfont_set_size(CFont *font, double size) {
  int scale = (int)(size * 64 + 0.5);
  // A font may be scalable on paper (Apple's is) and still keep its pictures in strikes.
  if (FT_IS_SCALABLE(font->face) && !cfont_has_color_bitmaps(font)) {
    if (FT_Set_Char_Size(font->face, 0, scale, 72, 72)) return false;
  } else {
    if (font->largest < 0 || FT_Select_Size(font->face, font->largest)) return false;
    scale = cfont_bitmap_size(font) * 64;
  }
  hb_font_set_scale(font->shaper, scale, scale);
  return true;
}

int32_t cfont_ascender(const CFont *font) {
  return (int32_t)font->face->size->metrics.ascender;
}

int cfont_shape(CFont *font, const char *text, int length, CFontGlyph *glyphs, int capacity, int32_t *width) {
  hb_buffer_t *buffer = font->buffer;
  hb_buffer_reset(buffer);
  hb_buffer_add_utf8(buffer, text, length, 0, length);
  hb_buffer_guess_segment_properties(buffer);
  // Variation selectors and joiners that no ligature took up would otherwise stay as empty glyphs.
  hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
  hb_shape(font->shaper, buffer, NULL, 0);

  unsigned int count = 0;
  const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
  const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, &count);
  int32_t x = 0, y = 0;
  for (unsigned int i = 0; i < count; i++) {
    if ((int)i < capacity) {
      glyphs[i].index = infos[i].codepoint;
      glyphs[i].x = x + positions[i].x_offset;
      glyphs[i].y = y + positions[i].y_offset;
    }
    x += positions[i].x_advance;
    y += positions[i].y_advance;
  }
  *width = x;
  return (int)count;
}

bool cfont_has_color_bitmap(CFont *font, uint32_t glyph) {
  if (FT_Load_Glyph(font->face, glyph, FT_LOAD_COLOR | FT_LOAD_BITMAP_METRICS_ONLY)) return false;
  const FT_GlyphSlot slot = font->face->glyph;
  return slot->format == FT_GLYPH_FORMAT_BITMAP && slot->bitmap.width > 0 && slot->bitmap.rows > 0;
}

bool cfont_draw(CFont *font, uint32_t glyph, CFontBitmap *bitmap) {
  if (FT_Load_Glyph(font->face, glyph, FT_LOAD_COLOR | FT_LOAD_TARGET_LIGHT)) return false;
  const FT_GlyphSlot slot = font->face->glyph;
  if (slot->format != FT_GLYPH_FORMAT_BITMAP && FT_Render_Glyph(slot, FT_RENDER_MODE_NORMAL)) return false;
  const FT_Bitmap *drawn = &slot->bitmap;
  if (drawn->pixel_mode != FT_PIXEL_MODE_BGRA && drawn->pixel_mode != FT_PIXEL_MODE_GRAY) return false;
  if (drawn->pitch < 0) return false;
  bitmap->pixels = drawn->buffer;
  bitmap->width = (int32_t)drawn->width;
  bitmap->height = (int32_t)drawn->rows;
  bitmap->stride = drawn->pitch;
  bitmap->left = slot->bitmap_left;
  bitmap->top = slot->bitmap_top;
  bitmap->color = drawn->pixel_mode == FT_PIXEL_MODE_BGRA;
  return true;
}
