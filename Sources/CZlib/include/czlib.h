#pragma once
#include <stddef.h>
#include <stdint.h>

// zlib behind a header without its types: imported as it is, zlib.h would lay claim to the thread types of the
// system's headers, which Swift then wants from here.

/// A gzip file that is being expanded.
typedef struct CZlib CZlib;

/// How a step of expanding ended.
enum {
  CZLIB_MORE = 0,     ///< There is more input or output.
  CZLIB_END = 1,      ///< A member of the file has ended.
  CZLIB_DAMAGED = 2,  ///< The input is no gzip, or its checksum is wrong.
  CZLIB_STUCK = 3     ///< More input is needed, and none was given.
};

/// Begins to expand; NULL when memory is short.
CZlib *czlib_open(void);

/// Ends; NULL is allowed.
void czlib_close(CZlib *stream);

/// Gets ready for the next member of the same file, with a gzip header.
void czlib_reset(CZlib *stream);

/// Expands as much as fits, and sets the counts to what was taken and what was made.
int czlib_expand(CZlib *stream, const uint8_t *input, size_t *taken, uint8_t *output, size_t *made);

/// Begins to expand data without a gzip header, as zip files hold it; NULL when memory is short.
CZlib *czlib_open_raw(void);

/// Like czlib_expand, but stops after every block of the compressed data.
int czlib_expand_block(CZlib *stream, const uint8_t *input, size_t *taken, uint8_t *output, size_t *made);

/// How many bits of the last byte taken belong to the next block, 0 to 7; -1 when the stream is not between two blocks.
int czlib_bits(CZlib *stream);

/// Copies the last bytes made, up to 32 KiB, which what follows may refer to; returns how many.
size_t czlib_window(CZlib *stream, uint8_t *window);

/// Goes on between two blocks: with so many bits of the byte before, and the window that was copied there.
/// Returns 0 when zlib refuses them.
int czlib_resume(CZlib *stream, int bits, uint8_t before, const uint8_t *window, size_t count);

/// The CRC-32 of bytes.
uint32_t czlib_checksum(const uint8_t *bytes, size_t count);
