#include <math.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>

#include "cimage.h"

#pragma STDC FP_CONTRACT OFF
// Functions that pass vectors by value are inlined into others of the same set, and called by nobody else.
#pragma clang diagnostic ignored "-Wpsabi"

#define FRACTION CIMAGE_WEIGHT_BITS
#define HALF (1 << (FRACTION - 1))

typedef struct {
  void (*mix)(const uint8_t *, ptrdiff_t, const int32_t *, ptrdiff_t, ptrdiff_t, uint8_t *);
  void (*filter_row)(const uint8_t *, const cimage_axis *, uint8_t *);
  int64_t (*change_all)(uint8_t *, size_t, const cimage_color_change *, int, float);
  void (*scale)(const uint8_t *, size_t, const float *, const float *, float *);
} Kernels;

// MARK: The sets of instructions

#define KERNEL(name) name##_plain
#include "kernels.h"
#undef KERNEL

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#define KERNEL(name) name##_avx2
#include "kernels.h"
#undef KERNEL
#pragma clang attribute pop

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl"), min_vector_width(512))), apply_to = function)
#define KERNEL(name) name##_avx512
#include "kernels.h"
#undef KERNEL
#pragma clang attribute pop
#endif

static const Kernels *const sets[] = {
    &kernels_plain,
#if defined(__x86_64__)
    &kernels_avx2,
    &kernels_avx512,
#endif
};

int cimage_best_instructions(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl"))
    return CIMAGE_AVX512;
  if (__builtin_cpu_supports("avx2")) return CIMAGE_AVX2;
#endif
  return CIMAGE_PLAIN;
}

static _Atomic(const Kernels *) chosen;

void cimage_use_instructions(int instructions) { chosen = sets[instructions]; }

static const Kernels *kernels(void) {
  const Kernels *current = chosen;
  // Two threads may both look; they find the same.
  if (!current) chosen = current = sets[cimage_best_instructions()];
  return current;
}

// MARK: What Swift calls

void cimage_mix(const uint8_t *source, ptrdiff_t stride, const int32_t *weights, ptrdiff_t count, ptrdiff_t length,
                uint8_t *target) {
  kernels()->mix(source, stride, weights, count, length, target);
}

void cimage_scale(const uint8_t *pixels, size_t count, const float scale[3], const float shift[3], float *target) {
  kernels()->scale(pixels, count, scale, shift, target);
}

static void filter_gray_row(const uint8_t *row, const cimage_axis *axis, uint8_t *target) {
  for (ptrdiff_t x = 0; x < axis->length; x++) {
    int32_t sum = HALF;
    for (ptrdiff_t k = 0; k < axis->counts[x]; k++) sum += row[axis->starts[x] + k] * axis->weights[x * axis->stride + k];
    sum >>= FRACTION;
    target[x] = (uint8_t)(sum < 0 ? 0 : sum > 255 ? 255 : sum);
  }
}

void cimage_filter_row(const uint8_t *row, const cimage_axis *axis, int channels, uint8_t *target) {
  channels == 3 ? kernels()->filter_row(row, axis, target) : filter_gray_row(row, axis, target);
}

void cimage_mirror_row(const uint8_t *row, ptrdiff_t length, int channels, uint8_t *target) {
  const uint8_t *pixel = row + length * channels;
  if (channels == 3)
    for (; pixel > row; target += 3) {
      pixel -= 3;
      target[0] = pixel[0], target[1] = pixel[1], target[2] = pixel[2];
    }
  else
    while (pixel > row) *target++ = *--pixel;
}

void cimage_change_colors(uint8_t *pixels, size_t count, const cimage_color_change *changes, int total) {
  // Contrast needs the mean brightness of what the changes before it leave, and so begins another pass.
  float middle = 0;
  int first = 0;
  for (int next = 0; next < total; next++) {
    if (changes[next].kind != CIMAGE_CONTRAST) continue;
    const int64_t sum = kernels()->change_all(pixels, count, changes + first, next - first, middle);
    middle = (float)floor((double)sum / (double)count + 0.5);
    first = next;
  }
  if (first < total) kernels()->change_all(pixels, count, changes + first, total - first, middle);
}
