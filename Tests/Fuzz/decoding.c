// A fuzz target over the decoders of CImage (Scripts/fuzz). The first eight bytes of an input choose what is decoded of the
// file that the others are: a fraction, and a window as four parts of the image.

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cimage.h"

#define CHOICES 8
// Larger images are only looked at: they would take the time of thousands of small ones.
#define MAXIMUM_PIXELS 4000000

static void require(int holds) {
  if (!holds) abort();
}

// Every failure must give a reason that ends.
static void require_reason(const char *error) { require(error[0] != 0 && memchr(error, 0, CIMAGE_ERROR_SIZE) != NULL); }

typedef int (*Decode)(const uint8_t *, size_t, cimage_size, uint8_t *, char *);

// The pixels lie in memory of their own, so that a byte written beside them is found.
static void decode_whole(Decode decode, const uint8_t *file, size_t count, cimage_size size) {
  char error[CIMAGE_ERROR_SIZE] = {0};
  uint8_t *pixels = malloc((size_t)size.width * (size_t)size.height * 3);
  if (!decode(file, count, size, pixels, error)) require_reason(error);
  free(pixels);
}

static uint8_t *decode_window(const uint8_t *file, size_t count, cimage_window window, int divisor) {
  char error[CIMAGE_ERROR_SIZE] = {0};
  uint8_t *pixels = malloc((size_t)window.width * (size_t)window.height * 3);
  if (cimage_jpeg_decode(file, count, window, divisor, pixels, error)) return pixels;
  require_reason(error);
  free(pixels);
  return NULL;
}

// A window of a file that can be decoded holds the pixels of the whole.
static void decode_jpeg(const uint8_t *choices, const uint8_t *file, size_t count, cimage_size size) {
  const int divisor = 1 << (choices[0] & 3);
  const int width = (size.width + divisor - 1) / divisor, height = (size.height + divisor - 1) / divisor;
  cimage_window window = {choices[1] * width / 256, choices[2] * height / 256, 0, 0};
  window.width = 1 + choices[3] * (width - window.x - 1) / 255;
  window.height = 1 + choices[4] * (height - window.y - 1) / 255;
  uint8_t *part = decode_window(file, count, window, divisor);
  uint8_t *whole = decode_window(file, count, (cimage_window){0, 0, width, height}, divisor);
  if (part && whole)
    for (int y = 0; y < window.height; y++)
      require(memcmp(part + (size_t)y * window.width * 3,
                     whole + (((size_t)window.y + y) * width + window.x) * 3, (size_t)window.width * 3) == 0);
  if (whole) require(part != NULL);
  free(part);
  free(whole);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t count);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t total) {
  if (total <= CHOICES) return 0;
  const uint8_t *file = data + CHOICES;
  const size_t count = total - CHOICES;
  char error[CIMAGE_ERROR_SIZE] = {0};
  cimage_size size;
  const int format = file[0] == 0xFF ? 0 : file[0] == 0x89 ? 1 : 2;
  const int fine = format == 0   ? cimage_jpeg_size(file, count, &size, error)
                   : format == 1 ? cimage_png_size(file, count, &size, error)
                                 : cimage_webp_size(file, count, &size, error);
  if (!fine) {
    require_reason(error);
    return 0;
  }
  require(size.width > 0 && size.height > 0 && (long long)size.width * size.height <= CIMAGE_MAXIMUM_PIXELS);
  if ((long long)size.width * size.height > MAXIMUM_PIXELS) return 0;
  if (format == 0)
    decode_jpeg(data, file, count, size);
  else
    decode_whole(format == 1 ? cimage_png_decode : cimage_webp_decode, file, count, size);
  return 0;
}
