#include <stdlib.h>
#include <string.h>
#include <turbojpeg.h>

#include "common.h"

typedef struct {
  int width, height, colorspace;
} Header;

static int read_header(tjhandle handle, const uint8_t *bytes, size_t count, Header *header, char *error) {
  int subsampling = -1;
  *header = (Header){-1, -1, -1};
  const int status =
      tjDecompressHeader3(handle, bytes, count, &header->width, &header->height, &subsampling, &header->colorspace);
  // A rare chroma subsampling makes this call fail after it has filled in the rest, yet the file decodes.
  if (status != 0 && (header->width < 1 || header->height < 1 || header->colorspace < 0))
    return CIMAGE_FAIL(error, "%s", tjGetErrorStr2(handle));
  if (header->width < 1) return CIMAGE_FAIL(error, "it holds tables but no image");
  return cimage_check_size(header->width, header->height, error);
}

static int scaled(int side, int divisor) { return (int)(((long long)side + divisor - 1) / divisor); }

int cimage_jpeg_size(const uint8_t *bytes, size_t count, int minimum_side, cimage_size *size, char *error) {
  tjhandle handle = tjInitDecompress();
  if (!handle) return CIMAGE_FAIL(error, "the JPEG codec did not start");
  Header header;
  const int fine = read_header(handle, bytes, count, &header, error);
  tjDestroy(handle);
  if (!fine) return 0;
  int divisor = 1;
  const int side = header.width < header.height ? header.width : header.height;
  while (minimum_side > 0 && divisor < 8 && scaled(side, divisor * 2) >= minimum_side) divisor *= 2;
  *size = (cimage_size){scaled(header.width, divisor), scaled(header.height, divisor)};
  return 1;
}

// Whether the file is whole in spite of the codec's warning: stray bytes and odd markers do no harm to the pixels,
// as long as the end is there.
static int is_harmless(const char *warning, const uint8_t *bytes, size_t count) {
  static const char *const harmless[] = {"extraneous bytes", "Adobe", "JFIF", "Invalid SOS parameters"};
  int known = 0;
  for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++) known |= strstr(warning, harmless[i]) != NULL;
  if (!known) return 0;
  for (size_t i = count; i >= 2; i--)
    if (bytes[i - 2] == 0xFF && bytes[i - 1] == 0xD9) return 1;
  return 0;
}

// The first attempt stops at a warning, so that a file cut short fails at once instead of being filled up with gray;
// only one that is whole is read to its end in spite of warnings.
static int decompress(tjhandle handle, const uint8_t *bytes, size_t count, cimage_size size, int format,
                      uint8_t *pixels, char *error) {
  const int flags = TJFLAG_LIMITSCANS;
  if (tjDecompress2(handle, bytes, count, pixels, size.width, 0, size.height, format, flags | TJFLAG_STOPONWARNING) == 0)
    return 1;
  CIMAGE_FAIL(error, "%s", tjGetErrorStr2(handle));
  if (tjGetErrorCode(handle) != TJERR_WARNING || !is_harmless(error, bytes, count)) return 0;
  return tjDecompress2(handle, bytes, count, pixels, size.width, 0, size.height, format, flags) == 0 ||
         tjGetErrorCode(handle) == TJERR_WARNING;
}

// Files with four inks hold them inverted, as Adobe writes them (255 is no ink); red is then cyan times black.
static int decompress_cmyk(tjhandle handle, const uint8_t *bytes, size_t count, cimage_size size, uint8_t *pixels,
                           char *error) {
  const size_t total = (size_t)size.width * (size_t)size.height;
  uint8_t *inks = malloc(total * 4);
  if (!inks) return CIMAGE_FAIL(error, "there is no memory for %d×%d pixels", size.width, size.height);
  const int fine = decompress(handle, bytes, count, size, TJPF_CMYK, inks, error);
  for (size_t i = 0; fine && i < total; i++)
    for (size_t c = 0; c < 3; c++) pixels[3 * i + c] = (uint8_t)((inks[4 * i + c] * inks[4 * i + 3] + 127) / 255);
  free(inks);
  return fine;
}

int cimage_jpeg_decode(const uint8_t *bytes, size_t count, cimage_size size, uint8_t *pixels, char *error) {
  tjhandle handle = tjInitDecompress();
  if (!handle) return CIMAGE_FAIL(error, "the JPEG codec did not start");
  Header header;
  int fine = read_header(handle, bytes, count, &header, error);
  if (fine) {
    const int inks = header.colorspace == TJCS_CMYK || header.colorspace == TJCS_YCCK;
    fine = inks ? decompress_cmyk(handle, bytes, count, size, pixels, error)
                : decompress(handle, bytes, count, size, TJPF_RGB, pixels, error);
  }
  tjDestroy(handle);
  return fine;
}

size_t cimage_jpeg_bound(cimage_size size) {
  if (size.width > 65500 || size.height > 65500) return 0;  // the format's own limit
  const unsigned long bound = tjBufSize(size.width, size.height, TJSAMP_444);
  return bound == (unsigned long)-1 ? 0 : bound;
}

int cimage_jpeg_encode(const uint8_t *pixels, cimage_size size, int channels, int quality, uint8_t *bytes,
                       size_t capacity, size_t *written, char *error) {
  tjhandle handle = tjInitCompress();
  if (!handle) return CIMAGE_FAIL(error, "the JPEG codec did not start");
  unsigned long used = capacity;
  unsigned char *target = bytes;
  const int status = tjCompress2(
      handle, pixels, size.width, 0, size.height, channels == 1 ? TJPF_GRAY : TJPF_RGB, &target, &used,
      channels == 1 ? TJSAMP_GRAY : quality >= 90 ? TJSAMP_444 : TJSAMP_420, quality, TJFLAG_NOREALLOC);
  if (status != 0) CIMAGE_FAIL(error, "%s", tjGetErrorStr2(handle));
  tjDestroy(handle);
  *written = used;
  return status == 0;
}
