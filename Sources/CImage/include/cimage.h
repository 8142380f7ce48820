#pragma once

// Image files in memory, through the system's codecs, for Swift.
//
// A function returns 1, or 0 after writing a reason of at most CIMAGE_ERROR_SIZE bytes (with its final zero) to
// `error`. Nothing aborts, exits or prints, and nothing that is allocated here is handed out: the caller asks for the
// size first and brings the memory. Pixels are 8-bit red, green, blue in rows without padding; alpha is composed on
// white.

#include <stddef.h>
#include <stdint.h>

#define CIMAGE_ERROR_SIZE 256

// More pixels than this are refused before any memory is taken: 1.5 GB of red, green and blue.
#define CIMAGE_MAXIMUM_PIXELS 500000000LL

typedef struct {
  int width;
  int height;
} cimage_size;

// A part of an image, in whole pixels from its top left corner.
typedef struct {
  int x;
  int y;
  int width;
  int height;
} cimage_window;

#ifdef __cplusplus
extern "C" {
#endif

int cimage_jpeg_size(const uint8_t *bytes, size_t count, cimage_size *size, char *error);
// Decodes a window of the image at a fraction of its size, 1 / divisor, where the divisor is 1, 2, 4 or 8 and a side that
// it does not divide is rounded up. The pixels are those that decoding everything would give at that size.
int cimage_jpeg_decode(const uint8_t *bytes, size_t count, cimage_window window, int divisor, uint8_t *pixels,
                       char *error);

// An upper bound of the bytes that cimage_jpeg_encode writes; 0 when the size is out of range.
size_t cimage_jpeg_bound(cimage_size size);
// `channels` is 1 or 3, `quality` 1...100; `written` is the number of bytes.
int cimage_jpeg_encode(const uint8_t *pixels, cimage_size size, int channels, int quality, uint8_t *bytes,
                       size_t capacity, size_t *written, char *error);

int cimage_png_size(const uint8_t *bytes, size_t count, cimage_size *size, char *error);
int cimage_png_decode(const uint8_t *bytes, size_t count, cimage_size size, uint8_t *pixels, char *error);

// An upper bound of the bytes that cimage_png_encode writes.
size_t cimage_png_bound(cimage_size size, int channels);
int cimage_png_encode(const uint8_t *pixels, cimage_size size, int channels, uint8_t *bytes, size_t capacity,
                      size_t *written, char *error);

int cimage_webp_size(const uint8_t *bytes, size_t count, cimage_size *size, char *error);
int cimage_webp_decode(const uint8_t *bytes, size_t count, cimage_size size, uint8_t *pixels, char *error);

#ifdef __cplusplus
}
#endif
