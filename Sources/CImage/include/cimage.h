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

// MARK: Loops over pixels, for the widest instructions that the processor has

// The bits of a weight's fraction.
#define CIMAGE_WEIGHT_BITS 22

// What filters an axis of `inputs` pixels: position x of the result is a sum of counts[x] of them from starts[x] on, with
// weights from x·stride on.
typedef struct {
  ptrdiff_t inputs;
  ptrdiff_t length;
  const ptrdiff_t *starts;
  const ptrdiff_t *counts;
  const int32_t *weights;
  ptrdiff_t stride;
} cimage_axis;

// target[x] = Σₖ weights[k]·source[k·stride + x], rounded and cut to 0…255, for `length` values.
void cimage_mix(const uint8_t *source, ptrdiff_t stride, const int32_t *weights, ptrdiff_t count, ptrdiff_t length,
                uint8_t *target);

// Filters a row of pixels of 1 or 3 channels.
void cimage_filter_row(const uint8_t *row, const cimage_axis *axis, int channels, uint8_t *target);

// Copies a row with its pixels in the opposite order.
void cimage_mirror_row(const uint8_t *row, ptrdiff_t length, int channels, uint8_t *target);

typedef enum { CIMAGE_BRIGHTNESS, CIMAGE_CONTRAST, CIMAGE_SATURATION, CIMAGE_HUE, CIMAGE_GRAY } cimage_color_kind;

// A factor; for hue a turn in sixths of the circle from 0 to below 6; for gray nothing.
typedef struct {
  cimage_color_kind kind;
  float amount;
} cimage_color_change;

// Makes changes of red, green and blue one after the other, each rounded to 8 bits.
void cimage_change_colors(uint8_t *pixels, size_t count, const cimage_color_change *changes, int total);

// target[i] = pixels[i]·scale[c] + shift[c] for `count` values, where c = i mod 3 is the channel.
void cimage_scale(const uint8_t *pixels, size_t count, const float scale[3], const float shift[3], float *target);

// For tests: the best instructions of this processor, and the ones to use from now on, which must not be better.
enum { CIMAGE_PLAIN, CIMAGE_AVX2, CIMAGE_AVX512 };
int cimage_best_instructions(void);
void cimage_use_instructions(int instructions);

#ifdef __cplusplus
}
#endif
