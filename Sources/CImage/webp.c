#include <stdlib.h>
#include <webp/decode.h>

#include "common.h"

static int read_features(const uint8_t *bytes, size_t count, WebPBitstreamFeatures *features, char *error) {
  const VP8StatusCode status = WebPGetFeatures(bytes, count, features);
  if (status == VP8_STATUS_NOT_ENOUGH_DATA) return CIMAGE_FAIL(error, "the file ends too early");
  if (status != VP8_STATUS_OK) return CIMAGE_FAIL(error, "its header is damaged");
  if (features->has_animation) return CIMAGE_FAIL(error, "it is animated, and only still images are read");
  return cimage_check_size(features->width, features->height, error);
}

int cimage_webp_size(const uint8_t *bytes, size_t count, cimage_size *size, char *error) {
  WebPBitstreamFeatures features;
  if (!read_features(bytes, count, &features, error)) return 0;
  *size = (cimage_size){features.width, features.height};
  return 1;
}

int cimage_webp_decode(const uint8_t *bytes, size_t count, cimage_size size, uint8_t *pixels, char *error) {
  WebPBitstreamFeatures features;
  if (!read_features(bytes, count, &features, error)) return 0;
  const size_t total = (size_t)size.width * (size_t)size.height;
  if (!features.has_alpha)
    return WebPDecodeRGBInto(bytes, count, pixels, total * 3, size.width * 3)
               ? 1
               : CIMAGE_FAIL(error, "its pixels are damaged or end too early");
  uint8_t *rgba = malloc(total * 4);
  if (!rgba) return CIMAGE_FAIL(error, "there is no memory for %d×%d pixels", size.width, size.height);
  const int fine = WebPDecodeRGBAInto(bytes, count, rgba, total * 4, size.width * 4) != NULL;
  if (fine) cimage_compose_on_white(rgba, total, pixels);
  free(rgba);
  return fine ? 1 : CIMAGE_FAIL(error, "its pixels are damaged or end too early");
}
