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

/// Gets ready for the next member of the same file.
void czlib_reset(CZlib *stream);

/// Expands as much as fits, and sets the counts to what was taken and what was made.
int czlib_expand(CZlib *stream, const uint8_t *input, size_t *taken, uint8_t *output, size_t *made);

/// The CRC-32 of bytes.
uint32_t czlib_checksum(const uint8_t *bytes, size_t count);
