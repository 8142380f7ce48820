#include "czlib.h"

#include <stdlib.h>
#include <zlib.h>

struct CZlib {
  z_stream zlib;
};

// zlib counts in unsigned int; more is offered in parts.
static const size_t part = 1 << 30;

CZlib *czlib_open(void) {
  CZlib *stream = calloc(1, sizeof *stream);
  // 15 bits of window, and 16 for a gzip header.
  if (stream && inflateInit2(&stream->zlib, 15 + 16) != Z_OK) {
    free(stream);
    stream = NULL;
  }
  return stream;
}

void czlib_close(CZlib *stream) {
  if (!stream) return;
  inflateEnd(&stream->zlib);
  free(stream);
}

void czlib_reset(CZlib *stream) {
  inflateReset(&stream->zlib);
}

int czlib_expand(CZlib *stream, const uint8_t *input, size_t *taken, uint8_t *output, size_t *made) {
  z_stream *zlib = &stream->zlib;
  size_t offered = *taken < part ? *taken : part, room = *made < part ? *made : part;
  zlib->next_in = (Bytef *)input;
  zlib->avail_in = (uInt)offered;
  zlib->next_out = output;
  zlib->avail_out = (uInt)room;
  int code = inflate(zlib, Z_NO_FLUSH);
  *taken = offered - zlib->avail_in;
  *made = room - zlib->avail_out;
  if (code == Z_STREAM_END) return CZLIB_END;
  if (code == Z_BUF_ERROR || (code == Z_OK && *taken == 0 && *made == 0)) return CZLIB_STUCK;
  return code == Z_OK ? CZLIB_MORE : CZLIB_DAMAGED;
}

uint32_t czlib_checksum(const uint8_t *bytes, size_t count) {
  return bytes ? (uint32_t)crc32_z(0, bytes, count) : 0;
}
