#pragma once

// What the codecs share: how an error is reported, which sizes are taken, how alpha is composed.

#include <stdint.h>
#include <stdio.h>

#include "cimage.h"

// Writes a reason and returns 0.
#define CIMAGE_FAIL(error, ...) (snprintf((error), CIMAGE_ERROR_SIZE, __VA_ARGS__), 0)

static inline int cimage_check_size(long long width, long long height, char *error) {
  if (width < 1 || height < 1) return CIMAGE_FAIL(error, "its size of %lld×%lld is none", width, height);
  if (width > INT32_MAX || height > INT32_MAX || width > CIMAGE_MAXIMUM_PIXELS / height)
    return CIMAGE_FAIL(error, "its size of %lld×%lld is beyond 500 megapixels", width, height);
  return 1;
}

// Composes `count` pixels of red, green, blue, alpha on white.
static inline void cimage_compose_on_white(const uint8_t *rgba, size_t count, uint8_t *rgb) {
  for (size_t i = 0; i < count; i++, rgba += 4, rgb += 3) {
    const unsigned alpha = rgba[3], white = 255 * (255 - alpha) + 127;
    rgb[0] = (uint8_t)((rgba[0] * alpha + white) / 255);
    rgb[1] = (uint8_t)((rgba[1] * alpha + white) / 255);
    rgb[2] = (uint8_t)((rgba[2] * alpha + white) / 255);
  }
}
