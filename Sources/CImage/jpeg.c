#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "common.h"
// After <stdio.h>, which it needs.
#include <jerror.h>
#include <jpeglib.h>

// libjpeg reports an error by a jump. Every jump lands in a function that owns nothing; its caller frees.

typedef struct {
  struct jpeg_decompress_struct codec;
  struct jpeg_error_mgr errors;
  struct jpeg_progress_mgr progress;
  jmp_buf escape;
  char *reason;
  const uint8_t *bytes;
  size_t count;
  uint8_t *row;  // one row as the codec gives it, with columns beside the window or in four inks
} Reader;

static void fail(j_common_ptr codec) {
  Reader *reader = codec->client_data;
  char text[JMSG_LENGTH_MAX];
  codec->err->format_message(codec, text);
  CIMAGE_FAIL(reader->reason, "%s", text);
  longjmp(reader->escape, 1);
}

static int give_up(Reader *reader, const char *reason) {
  CIMAGE_FAIL(reader->reason, "%s", reason);
  longjmp(reader->escape, 1);
}

// Whether the marker that ends the file comes after a place.
static int ends_after(const Reader *reader, const uint8_t *place) {
  for (const uint8_t *at = reader->bytes + reader->count; at >= place + 2; at--)
    if (at[-2] == 0xFF && at[-1] == JPEG_EOI) return 1;
  return 0;
}

// A warning means that pixels are made up, such as the gray of a file cut short, and is an error here. Stray bytes and
// odd markers do no harm to the pixels, as long as the end is there.
static void weigh_warning(j_common_ptr codec, int level) {
  if (level >= 0) return;
  const Reader *reader = codec->client_data;
  switch (codec->err->msg_code) {
    case JWRN_EXTRANEOUS_DATA:
    case JWRN_ADOBE_XFORM:
    case JWRN_JFIF_MAJOR:
    case JWRN_NOT_SEQUENTIAL:
      if (ends_after(reader, reader->bytes)) return;
  }
  fail(codec);
}

// A progressive file may ask for the whole image to be gone through again and again.
static void count_scans(j_common_ptr codec) {
  if (((j_decompress_ptr)codec)->input_scan_number > 500) give_up(codec->client_data, "it has more than 500 scans");
}

static void begin(Reader *reader, const uint8_t *bytes, size_t count, char *error) {
  memset(reader, 0, sizeof *reader);
  reader->bytes = bytes;
  reader->count = count;
  reader->reason = error;
  reader->codec.err = jpeg_std_error(&reader->errors);
  reader->codec.client_data = reader;
  reader->errors.error_exit = fail;
  reader->errors.emit_message = weigh_warning;
  reader->progress.progress_monitor = count_scans;
}

static void end(Reader *reader) {
  jpeg_destroy_decompress(&reader->codec);
  free(reader->row);
}

// A block of 8×8 pixels takes at least a bit, unless they are coded arithmetically: a header that promises many more
// lies, and is found out before it costs.
static int is_plausible(const Reader *reader, char *error) {
  const struct jpeg_decompress_struct *codec = &reader->codec;
  if (!cimage_check_size(codec->image_width, codec->image_height, error)) return 0;
  const double pixels = (double)codec->image_width * codec->image_height;
  if (!codec->arith_code && pixels > 1024.0 * (double)reader->count + (1 << 20))
    return CIMAGE_FAIL(error, "it promises %u×%u pixels but holds only %zu bytes", codec->image_width,
                       codec->image_height, reader->count);
  return 1;
}

static int read_header(Reader *reader, char *error) {
  if (setjmp(reader->escape)) return 0;
  jpeg_create_decompress(&reader->codec);
  reader->codec.progress = &reader->progress;
  jpeg_mem_src(&reader->codec, reader->bytes, reader->count);
  jpeg_read_header(&reader->codec, TRUE);
  return is_plausible(reader, error);
}

int cimage_jpeg_size(const uint8_t *bytes, size_t count, cimage_size *size, char *error) {
  Reader reader;
  begin(&reader, bytes, count, error);
  const int fine = read_header(&reader, error);
  if (fine) *size = (cimage_size){(int)reader.codec.image_width, (int)reader.codec.image_height};
  end(&reader);
  return fine;
}

// Four inks lie inverted in files, as Adobe writes them (255 is no ink); red is then cyan times black.
static void mix_inks(const uint8_t *inks, size_t count, uint8_t *rgb) {
  for (size_t i = 0; i < count; i++, inks += 4, rgb += 3)
    for (size_t c = 0; c < 3; c++) rgb[c] = (uint8_t)((inks[c] * inks[3] + 127) / 255);
}

// Decodes the rows above the window no further than the codec must to find those of the window, and of each row the
// columns of the window and of a block beside it on either side: chroma is interpolated from its neighbours, and so the
// pixels are those of the whole image.
static int read_window(Reader *reader, cimage_window window, int divisor, uint8_t *pixels, char *error) {
  if (setjmp(reader->escape)) return 0;
  j_decompress_ptr codec = &reader->codec;
  const int inks = codec->jpeg_color_space == JCS_CMYK || codec->jpeg_color_space == JCS_YCCK;
  codec->out_color_space = inks ? JCS_CMYK : JCS_RGB;
  codec->scale_num = 1;
  codec->scale_denom = (unsigned)divisor;
  // What it makes up for scans that a file leaves out differs between a window and the whole.
  codec->do_block_smoothing = FALSE;
  jpeg_start_decompress(codec);
  const int width = (int)codec->output_width, height = (int)codec->output_height;
  const int right = window.x + window.width, bottom = window.y + window.height;
  if (window.x < 0 || window.y < 0 || window.width < 1 || window.height < 1 || right > width || bottom > height)
    return CIMAGE_FAIL(error, "%d×%d at %d,%d is not within %d×%d", window.width, window.height, window.x, window.y,
                       width, height);
  // What is wrong below the window stays unnoticed, but not that the file was cut short. Of a file with several scans
  // all has been read by now.
  if (bottom < height && !jpeg_has_multiple_scans(codec) &&
      !ends_after(reader, reader->bytes + reader->count - codec->src->bytes_in_buffer))
    give_up(reader, "the file ends too early");
  JDIMENSION left = 0, columns = (JDIMENSION)width;
  if (window.width < width) {
    const int block = codec->max_h_samp_factor * codec->min_DCT_scaled_size;
    const int first = window.x > block ? window.x - block : 0, last = right + block < width ? right + block : width;
    left = (JDIMENSION)first;
    columns = (JDIMENSION)(last - first);
    jpeg_crop_scanline(codec, &left, &columns);
  }
  const size_t channels = inks ? 4 : 3, skipped = ((size_t)window.x - left) * channels;
  const int is_direct = !inks && (int)columns == window.width;
  if (!is_direct && !(reader->row = malloc(columns * channels)))
    return CIMAGE_FAIL(error, "there is no memory for a row of %u pixels", columns);
  if (window.y > 0) jpeg_skip_scanlines(codec, (JDIMENSION)window.y);
  const size_t stride = (size_t)window.width * 3;
  for (int y = 0; y < window.height; y++, pixels += stride) {
    JSAMPROW row = is_direct ? pixels : reader->row;
    jpeg_read_scanlines(codec, &row, 1);
    if (inks)
      mix_inks(row + skipped, (size_t)window.width, pixels);
    else if (!is_direct)
      memcpy(pixels, row + skipped, stride);
  }
  if (bottom == height) jpeg_finish_decompress(codec);
  return 1;
}

int cimage_jpeg_decode(const uint8_t *bytes, size_t count, cimage_window window, int divisor, uint8_t *pixels,
                       char *error) {
  Reader reader;
  begin(&reader, bytes, count, error);
  const int fine = read_header(&reader, error) && read_window(&reader, window, divisor, pixels, error);
  end(&reader);
  return fine;
}
