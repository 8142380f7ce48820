// The loops over pixels, included once for every set of instructions that kernels.c compiles them for; KERNEL(name) is
// the name for that set. No result depends on the set: integers are exact, and floating-point operations are done one by
// one, never contracted.

// 16 numbers, in as many registers as the instructions at hand take for them.
#ifndef CIMAGE_VECTORS
#define CIMAGE_VECTORS
typedef int32_t int32x16 __attribute__((vector_size(64)));
typedef uint8_t uint8x16 __attribute__((vector_size(16)));
typedef int32_t int32x4 __attribute__((vector_size(16)));
typedef uint8_t uint8x4 __attribute__((vector_size(4)));
#endif

static inline int32x16 KERNEL(widened)(const uint8_t *values) {
  uint8x16 narrow;
  memcpy(&narrow, values, sizeof narrow);
  return __builtin_convertvector(narrow, int32x16);
}

static inline void KERNEL(write)(int32x16 sum, uint8_t *target) {
  const int32x16 levels =
      __builtin_elementwise_min(__builtin_elementwise_max(sum >> FRACTION, (int32x16){}), (int32x16){} + 255);
  const uint8x16 narrow = __builtin_convertvector(levels, uint8x16);
  memcpy(target, &narrow, sizeof narrow);
}

// Mixes `count` values that lie `stride` bytes apart with values side by side.
static void KERNEL(mix)(const uint8_t *source, ptrdiff_t stride, const int32_t *weights, ptrdiff_t count,
                        ptrdiff_t length, uint8_t *target) {
  ptrdiff_t x = 0;
  for (; x + 32 <= length; x += 32) {
    int32x16 a = (int32x16){} + HALF, b = a;
    const uint8_t *values = source + x;
    for (ptrdiff_t k = 0; k < count; k++, values += stride) {
      a += KERNEL(widened)(values) * weights[k];
      b += KERNEL(widened)(values + 16) * weights[k];
    }
    KERNEL(write)(a, target + x);
    KERNEL(write)(b, target + x + 16);
  }
  while (x < length && length >= 16) {
    if (x + 16 > length) x = length - 16;  // some values twice
    int32x16 sum = (int32x16){} + HALF;
    const uint8_t *values = source + x;
    for (ptrdiff_t k = 0; k < count; k++, values += stride) sum += KERNEL(widened)(values) * weights[k];
    KERNEL(write)(sum, target + x);
    x += 16;
  }
  for (; x < length; x++) {
    int32_t sum = HALF;
    for (ptrdiff_t k = 0; k < count; k++) sum += source[k * stride + x] * weights[k];
    sum >>= FRACTION;
    target[x] = (uint8_t)(sum < 0 ? 0 : sum > 255 ? 255 : sum);
  }
}

// Filters a row of red, green and blue, four values at a time; the fourth is thrown away, and neither looked at nor
// written where the row ends.
static void KERNEL(filter_row)(const uint8_t *row, const cimage_axis *axis, uint8_t *target) {
  for (ptrdiff_t x = 0; x < axis->length; x++, target += 3) {
    const ptrdiff_t start = axis->starts[x], count = axis->counts[x];
    const uint8_t *pixel = row + 3 * start;
    const int32_t *weights = axis->weights + x * axis->stride;
    const ptrdiff_t open = start + count < axis->inputs ? count : count - 1;
    int32x4 sum = (int32x4){} + HALF;
    ptrdiff_t k = 0;
    for (; k < open; k++, pixel += 3) {
      uint8x4 values;
      memcpy(&values, pixel, 4);
      sum += __builtin_convertvector(values, int32x4) * weights[k];
    }
    if (k < count) sum += (int32x4){pixel[0], pixel[1], pixel[2]} * weights[k];
    const int32x4 levels =
        __builtin_elementwise_min(__builtin_elementwise_max(sum >> FRACTION, (int32x4){}), (int32x4){} + 255);
    const uint8x4 narrow = __builtin_convertvector(levels, uint8x4);
    memcpy(target, &narrow, x + 1 < axis->length ? 4 : 3);
  }
}

// MARK: Colours

static inline float KERNEL(luma)(float red, float green, float blue) {
  // All sums are below 2^24 and so exact.
  return (float)(int32_t)((red * 19595 + green * 38470 + blue * 7471 + 32768) * (1.0f / 65536));
}

static inline float KERNEL(mixed)(float from, float to, float factor) {
  const float value = from + factor * (to - from);
  return (float)(int32_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

// The channel V − C·clip(min(k, 4 − k), 0, 1) of the colour whose position k on the circle, not yet modulo 6, is given.
static inline float KERNEL(channel)(float k, float value, float range) {
  k = k >= 12 ? k - 12 : k;
  k = k >= 6 ? k - 6 : k;
  const float other = 4 - k;
  float share = k < other ? k : other;
  share = share < 0 ? 0 : share > 1 ? 1 : share;
  return (float)(int32_t)(value - range * share + 0.5f);
}

// Pixels that are worked on at a time, one array a channel.
#ifndef CIMAGE_PLANES
#define CIMAGE_PLANES
#define CHUNK 128
typedef struct {
  float red[CHUNK], green[CHUNK], blue[CHUNK];
} Planes;
#endif

static void KERNEL(change)(Planes *p, cimage_color_change change, float middle) {
  float *red = p->red, *green = p->green, *blue = p->blue;
  const float amount = change.amount;
  switch (change.kind) {
    case CIMAGE_BRIGHTNESS:
      middle = 0;
      // fallthrough
    case CIMAGE_CONTRAST:
      for (int i = 0; i < CHUNK; i++) {
        red[i] = KERNEL(mixed)(middle, red[i], amount);
        green[i] = KERNEL(mixed)(middle, green[i], amount);
        blue[i] = KERNEL(mixed)(middle, blue[i], amount);
      }
      break;
    case CIMAGE_SATURATION:
      for (int i = 0; i < CHUNK; i++) {
        const float gray = KERNEL(luma)(red[i], green[i], blue[i]);
        red[i] = KERNEL(mixed)(gray, red[i], amount);
        green[i] = KERNEL(mixed)(gray, green[i], amount);
        blue[i] = KERNEL(mixed)(gray, blue[i], amount);
      }
      break;
    case CIMAGE_HUE:
      for (int i = 0; i < CHUNK; i++) {
        const float r = red[i], g = green[i], b = blue[i];
        const float larger = g > b ? g : b, value = r > larger ? r : larger;
        const float smaller = g < b ? g : b, range = value - (r < smaller ? r : smaller);
        const float over = value == r ? g - b : value == g ? b - r : r - g;
        const float base = value == r ? 0 : value == g ? 2 : 4;
        // Gray has no hue and no range: any hue gives the same gray.
        const float hue = base + over / (range > 0 ? range : 1) + amount;
        red[i] = KERNEL(channel)(5 + hue, value, range);
        green[i] = KERNEL(channel)(3 + hue, value, range);
        blue[i] = KERNEL(channel)(1 + hue, value, range);
      }
      break;
    case CIMAGE_GRAY:
      for (int i = 0; i < CHUNK; i++) red[i] = green[i] = blue[i] = KERNEL(luma)(red[i], green[i], blue[i]);
      break;
  }
}

static void KERNEL(split)(const uint8_t *pixels, Planes *p) {
  for (int i = 0; i < CHUNK; i++) {
    p->red[i] = pixels[3 * i];
    p->green[i] = pixels[3 * i + 1];
    p->blue[i] = pixels[3 * i + 2];
  }
}

static void KERNEL(join)(const Planes *p, uint8_t *pixels) {
  for (int i = 0; i < CHUNK; i++) {
    pixels[3 * i] = (uint8_t)(int32_t)p->red[i];
    pixels[3 * i + 1] = (uint8_t)(int32_t)p->green[i];
    pixels[3 * i + 2] = (uint8_t)(int32_t)p->blue[i];
  }
}

// Makes changes of all pixels, one after the other, and returns the sum of the brightnesses that result.
static int64_t KERNEL(change_all)(uint8_t *pixels, size_t count, const cimage_color_change *changes, int total,
                                  float middle) {
  Planes planes;
  uint8_t last[CHUNK * 3] = {0};
  int64_t sum = 0;
  for (size_t start = 0; start < count; start += CHUNK, pixels += CHUNK * 3) {
    const int here = count - start < CHUNK ? (int)(count - start) : CHUNK;
    uint8_t *chunk = pixels;
    if (here < CHUNK) chunk = memcpy(last, pixels, (size_t)here * 3);
    KERNEL(split)(chunk, &planes);
    for (int c = 0; c < total; c++) KERNEL(change)(&planes, changes[c], middle);
    if (total > 0) KERNEL(join)(&planes, chunk);
    if (here < CHUNK) memcpy(pixels, last, (size_t)here * 3);
    int32_t part = 0;
    for (int i = 0; i < here; i++)
      part += (int32_t)KERNEL(luma)(planes.red[i], planes.green[i], planes.blue[i]);
    sum += part;
  }
  return sum;
}

// The factors repeat after three values, and so in three registers of 16.
static void KERNEL(scale)(const uint8_t *pixels, size_t count, const float scale[3], const float shift[3],
                          float *target) {
  float scales[48], shifts[48];
  for (int i = 0; i < 48; i++) scales[i] = scale[i % 3], shifts[i] = shift[i % 3];
  size_t start = 0;
  for (; start + 48 <= count; start += 48)
    for (int i = 0; i < 48; i++) target[start + i] = pixels[start + i] * scales[i] + shifts[i];
  for (size_t i = start; i < count; i++) target[i] = pixels[i] * scale[i % 3] + shift[i % 3];
}

static const Kernels KERNEL(kernels) = {KERNEL(mix), KERNEL(filter_row), KERNEL(change_all), KERNEL(scale)};
