#include "czlib.h"

#include <stdlib.h>
#include <zlib.h>

struct CZlib {
  z_stream zlib;
};

// zlib counts in unsigned int; more is offered in parts.
static const size_t part = 1 << 30;

// 15 bits of window; and 16 for a gzip header, negative for none.
enum { gzip = 15 + 16, raw = -15 };

static CZlib *open_as(int kind) {
  CZlib *stream = calloc(1, sizeof *stream);
  if (stream && inflateInit2(&stream->zlib, kind) != Z_OK) {
    free(stream);
    stream = NULL;
  }
  return stream;
}

CZlib *czlib_open(void) {
  return open_as(gzip);
}

CZlib *czlib_open_raw(void) {
  return open_as(raw);
}

void czlib_close(CZlib *stream) {
  if (!stream) return;
  inflateEnd(&stream->zlib);
  free(stream);
}

void czlib_reset(CZlib *stream) {
  inflateReset2(&stream->zlib, gzip);
}

static int expand(CZlib *stream, const uint8_t *input, size_t *taken, uint8_t *output, size_t *made,
                  int flush) {
  z_stream *zlib = &stream->zlib;
  size_t offered = *taken < part ? *taken : part, room = *made < part ? *made : part;
  zlib->next_in = (Bytef *)input;
  zlib->avail_in = (uInt)offered;
  zlib->next_out = output;
  zlib->avail_out = (uInt)room;
  int code = inflate(zlib, flush);
  *taken = offered - zlib->avail_in;
  *made = room - zlib->avail_out;
  if (code == Z_STREAM_END) return CZLIB_END;
  if (code == Z_BUF_ERROR || (code == Z_OK && *taken == 0 && *made == 0)) return CZLIB_STUCK;
  return code == Z_OK ? CZLIB_MORE : CZLIB_DAMAGED;
}

int czlib_expand(CZlib *stream, const uint8_t *input, size_t *taken, uint8_t *output, size_t *made) {
  return expand(stream, input, taken, output, made, Z_NO_FLUSH);
}

int czlib_expand_block(CZlib *stream, const uint8_t *input, size_t *taken, uint8_t *output, size_t *made) {
  return expand(stream, input, taken, output, made, Z_BLOCK);
}

int czlib_bits(CZlib *stream) {
  // zlib's manual, inflate(): 128 after a block or a header, 64 within the last block, the low bits the rest of a byte.
  int state = stream->zlib.data_type;
  return (state & 128) && !(state & 64) ? state & 7 : -1;
}

size_t czlib_window(CZlib *stream, uint8_t *window) {
  uInt count = 0;
  return inflateGetDictionary(&stream->zlib, window, &count) == Z_OK ? count : 0;
}

int czlib_resume(CZlib *stream, int bits, uint8_t before, const uint8_t *window, size_t count) {
  z_stream *zlib = &stream->zlib;
  return inflateReset2(zlib, raw) == Z_OK
    && (bits == 0 || inflatePrime(zlib, bits, before >> (8 - bits)) == Z_OK)
    && (count == 0 || inflateSetDictionary(zlib, window, (uInt)count) == Z_OK);
}

uint32_t czlib_checksum(const uint8_t *bytes, size_t count) {
  return bytes ? (uint32_t)crc32_z(0, bytes, count) : 0;
}
