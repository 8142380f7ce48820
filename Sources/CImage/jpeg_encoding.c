#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "common.h"
// After <stdio.h>, which it needs.
#include <jpeglib.h>

// As in reading, a jump lands in a function that owns nothing.

typedef struct {
  struct jpeg_compress_struct codec;
  struct jpeg_error_mgr errors;
  jmp_buf escape;
  char *reason;
} Writer;

static void fail(j_common_ptr codec) {
  Writer *writer = codec->client_data;
  char text[JMSG_LENGTH_MAX];
  codec->err->format_message(codec, text);
  CIMAGE_FAIL(writer->reason, "%s", text);
  longjmp(writer->escape, 1);
}

static void ignore(j_common_ptr codec, int level) {
  (void)codec;
  (void)level;
}

size_t cimage_jpeg_bound(cimage_size size) {
  if (size.width > JPEG_MAX_DIMENSION || size.height > JPEG_MAX_DIMENSION) return 0;
  // Whole blocks of 16×16 in three channels of 2 bytes at the worst, and the tables before them.
  return ((size_t)size.width + 15) / 16 * (((size_t)size.height + 15) / 16) * 16 * 16 * 6 + 2048;
}

static int write_image(Writer *writer, const uint8_t *pixels, cimage_size size, int channels, int quality,
                       uint8_t *bytes, size_t capacity, size_t *written) {
  // Where the codec finds no room in the target it takes other memory in its place.
  unsigned char *target = bytes;
  unsigned long used = capacity;
  if (setjmp(writer->escape)) return 0;
  j_compress_ptr codec = &writer->codec;
  jpeg_create_compress(codec);
  jpeg_mem_dest(codec, &target, &used);
  codec->image_width = (JDIMENSION)size.width;
  codec->image_height = (JDIMENSION)size.height;
  codec->input_components = channels;
  codec->in_color_space = channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults(codec);
  jpeg_set_quality(codec, quality, TRUE);
  // Halved chroma is the codec's default; at high quality it would be seen.
  if (channels == 3 && quality >= 90) codec->comp_info[0].h_samp_factor = codec->comp_info[0].v_samp_factor = 1;
  jpeg_start_compress(codec, TRUE);
  for (int y = 0; y < size.height; y++) {
    JSAMPROW row = (JSAMPROW)(pixels + (size_t)y * (size_t)size.width * (size_t)channels);
    jpeg_write_scanlines(codec, &row, 1);
  }
  jpeg_finish_compress(codec);
  *written = used;
  if (target == bytes) return 1;
  free(target);
  return CIMAGE_FAIL(writer->reason, "the file outgrew its bound");
}

int cimage_jpeg_encode(const uint8_t *pixels, cimage_size size, int channels, int quality, uint8_t *bytes,
                       size_t capacity, size_t *written, char *error) {
  Writer writer;
  memset(&writer, 0, sizeof writer);
  writer.reason = error;
  writer.codec.err = jpeg_std_error(&writer.errors);
  writer.codec.client_data = &writer;
  writer.errors.error_exit = fail;
  writer.errors.emit_message = ignore;
  const int fine = write_image(&writer, pixels, size, channels, quality, bytes, capacity, written);
  jpeg_destroy_compress(&writer.codec);
  return fine;
}
