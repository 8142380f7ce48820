#include <png.h>
#include <stdlib.h>
#include <string.h>

#include "common.h"

// libpng reports an error by a jump. Every jump lands in a function that owns nothing; its caller frees.

static void fail(png_structp png, png_const_charp reason) {
  CIMAGE_FAIL((char *)png_get_error_ptr(png), "%s", reason);
  png_longjmp(png, 1);
}

static void ignore(png_structp png, png_const_charp warning) {
  (void)png;
  (void)warning;
}

// MARK: Reading

typedef struct {
  const uint8_t *bytes;
  size_t count, position;
} Source;

static void take(png_structp png, png_bytep target, png_size_t length) {
  Source *source = png_get_io_ptr(png);
  if (length > source->count - source->position) png_error(png, "the file ends too early");
  memcpy(target, source->bytes + source->position, length);
  source->position += length;
}

static uint32_t big_endian(const uint8_t *bytes) {
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

int cimage_png_size(const uint8_t *bytes, size_t count, cimage_size *size, char *error) {
  if (count < 33) return CIMAGE_FAIL(error, "the file ends too early");
  if (png_sig_cmp(bytes, 0, 8) != 0 || memcmp(bytes + 12, "IHDR", 4) != 0)
    return CIMAGE_FAIL(error, "its header is missing");
  const uint32_t width = big_endian(bytes + 16), height = big_endian(bytes + 20);
  if (!cimage_check_size(width, height, error)) return 0;
  // Deflate makes at most 1032 bytes of one: a header that promises more lies, and is found out before it costs.
  const int depth = bytes[24];
  if ((double)width * height * depth / 8 > 1040.0 * (double)count + 4096)
    return CIMAGE_FAIL(error, "it promises %u×%u pixels but holds only %zu bytes", width, height, count);
  *size = (cimage_size){(int)width, (int)height};
  return 1;
}

// Settles the transformations to 8-bit red, green, blue (and alpha); returns the number of channels, 0 on failure.
static int begin(png_structp png, png_infop info) {
  if (setjmp(png_jmpbuf(png))) return 0;
  png_set_user_limits(png, INT32_MAX, INT32_MAX);
  png_set_crc_action(png, PNG_CRC_DEFAULT, PNG_CRC_WARN_DISCARD);
  png_read_info(png, info);
  png_set_expand(png);
  png_set_scale_16(png);
  png_set_gray_to_rgb(png);
  png_set_interlace_handling(png);
  png_read_update_info(png, info);
  return png_get_channels(png, info);
}

static int read_rows(png_structp png, png_infop info, int passes, cimage_size size, int channels, uint8_t *pixels) {
  if (setjmp(png_jmpbuf(png))) return 0;
  const size_t stride = (size_t)size.width * (size_t)channels;
  if (png_get_rowbytes(png, info) != stride) png_error(png, "its rows have an unexpected length");
  for (int pass = 0; pass < passes; pass++)
    for (int y = 0; y < size.height; y++) png_read_row(png, pixels + (size_t)y * stride, NULL);
  png_read_end(png, NULL);
  return 1;
}

static int read_image(png_structp png, png_infop info, cimage_size size, uint8_t *pixels, char *error) {
  const int channels = begin(png, info);
  if (channels == 0) return 0;
  const int passes = png_get_interlace_type(png, info) == PNG_INTERLACE_ADAM7 ? PNG_INTERLACE_ADAM7_PASSES : 1;
  if (channels == 3) return read_rows(png, info, passes, size, 3, pixels);
  if (channels != 4) return CIMAGE_FAIL(error, "it has %d channels", channels);
  const size_t total = (size_t)size.width * (size_t)size.height;
  uint8_t *rgba = malloc(total * 4);
  if (!rgba) return CIMAGE_FAIL(error, "there is no memory for %d×%d pixels", size.width, size.height);
  const int fine = read_rows(png, info, passes, size, 4, rgba);
  if (fine) cimage_compose_on_white(rgba, total, pixels);
  free(rgba);
  return fine;
}

int cimage_png_decode(const uint8_t *bytes, size_t count, cimage_size size, uint8_t *pixels, char *error) {
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, error, fail, ignore);
  if (!png) return CIMAGE_FAIL(error, "the PNG codec did not start");
  png_infop info = png_create_info_struct(png);
  Source source = {bytes, count, 0};
  png_set_read_fn(png, &source, take);
  const int fine =
      info ? read_image(png, info, size, pixels, error) : CIMAGE_FAIL(error, "the PNG codec did not start");
  png_destroy_read_struct(&png, &info, NULL);
  return fine;
}

// MARK: Writing

typedef struct {
  uint8_t *bytes;
  size_t capacity, position;
} Target;

static void put(png_structp png, png_bytep bytes, png_size_t length) {
  Target *target = png_get_io_ptr(png);
  if (length > target->capacity - target->position) png_error(png, "the file outgrew its bound");
  memcpy(target->bytes + target->position, bytes, length);
  target->position += length;
}

static void put_nothing(png_structp png) { (void)png; }

// The chunks that libpng cuts the pixels into; each costs 12 bytes more.
#define CHUNK 65536

size_t cimage_png_bound(cimage_size size, int channels) {
  const size_t raw = ((size_t)size.width * (size_t)channels + 1) * (size_t)size.height;
  return raw + raw / 500 + 12 * (raw / CHUNK) + 1024;
}

static int write_image(png_structp png, png_infop info, const uint8_t *pixels, cimage_size size, int channels) {
  if (setjmp(png_jmpbuf(png))) return 0;
  const int type = channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB;
  png_set_user_limits(png, INT32_MAX, INT32_MAX);
  png_set_compression_buffer_size(png, CHUNK);
  png_set_compression_level(png, 3);
  png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FAST_FILTERS);
  png_set_IHDR(png, info, (png_uint_32)size.width, (png_uint_32)size.height, 8, type, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_write_info(png, info);
  const size_t stride = (size_t)size.width * (size_t)channels;
  for (int y = 0; y < size.height; y++) png_write_row(png, pixels + (size_t)y * stride);
  png_write_end(png, info);
  return 1;
}

int cimage_png_encode(const uint8_t *pixels, cimage_size size, int channels, uint8_t *bytes, size_t capacity,
                      size_t *written, char *error) {
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, error, fail, ignore);
  if (!png) return CIMAGE_FAIL(error, "the PNG codec did not start");
  png_infop info = png_create_info_struct(png);
  Target target = {bytes, capacity, 0};
  png_set_write_fn(png, &target, put, put_nothing);
  const int fine =
      info ? write_image(png, info, pixels, size, channels) : CIMAGE_FAIL(error, "the PNG codec did not start");
  png_destroy_write_struct(&png, &info);
  *written = target.position;
  return fine;
}
