// What is prepared once for a walk: padded and packed copies of the rows, and the order of the tiles.
//
// Rows are padded with zeros to a multiple of 12, the rows of a micro-kernel, and columns to one of 32, its columns.
#pragma once
#include <algorithm>
#include <cstring>
#include <memory>
#include <vector>

#include "ctiles.h"

namespace ctiles {

constexpr int64_t kernel_rows = 12, kernel_columns = 32;

inline int64_t rounded_up(int64_t n, int64_t unit) { return (n + unit - 1) / unit * unit; }

// A part of the rows, the side of a tile.
struct Block {
  int64_t first, count;
};

// The nearest bfloat16, the even one of two, as a float32.
inline float bfloat16(float x) {
  uint32_t bits;
  std::memcpy(&bits, &x, sizeof bits);
  bits = (x == x ? bits + 0x7fff + (bits >> 16 & 1) : bits | 0x400000) & 0xffff0000;
  std::memcpy(&x, &bits, sizeof bits);
  return x;
}

// Two neighbours along the dimension that a product sums over, the first in the lower half.
typedef uint32_t Pair;

inline Pair pair_of(float first, float second) {
  uint32_t low, high;
  std::memcpy(&low, &first, sizeof low);
  std::memcpy(&high, &second, sizeof high);
  return low >> 16 | (high & 0xffff0000);
}

// What the factors of products are.
enum class Factors {
  single,   // float32
  rounded,  // bfloat16 held in float32
  paired    // bfloat16 in pairs
};

// Rows in the three orders in which the kernels read them; `columns` and `strips` as floats, or paired.
struct Rows {
  int64_t count, width, padded_width, block;
  Factors factors;
  std::vector<Block> blocks;
  std::shared_ptr<float[]> plain;       // [padded count, width], broadcast from
  std::shared_ptr<float[]> columns;     // by block: [columns/32][width][32], for products of rows
  std::shared_ptr<float[]> strips;      // by block: [padded width/32][rows][32], for sums of rows; made for the way back
  std::shared_ptr<Pair[]> plain_pairs;   // [padded count, width/2]
  std::shared_ptr<Pair[]> column_pairs;  // by block: [columns/32][width/2][32]
  std::shared_ptr<Pair[]> strip_pairs;   // by block: [padded width/32][rows/2][32]
  std::shared_ptr<float[]> norms;       // |row|², for distances
  std::unique_ptr<float[]> gradient;    // [padded count, padded width], for the way back
  std::unique_ptr<double[]> weights;    // Σ of a row's coefficients, for distances on the way back

  explicit Rows(const Rows &same);      // the same rows, with a gradient of their own
  Rows(const float *rows, int64_t count, int64_t width, int64_t block, bool distances, bool backward, Factors factors);
  void pack(bool backward);
  void pack_pairs(bool backward);
  void make_gradient();
  const float *columns_of(const Block &b) const { return columns.get() + b.first * width; }
  const float *strips_of(const Block &b) const { return strips.get() + b.first * padded_width; }
  // The pairs of a row; those of the columns of a block; those of its strips.
  int64_t pairs() const { return (width + 1) / 2; }
  const Pair *column_pairs_of(const Block &b) const { return column_pairs.get() + b.first * pairs(); }
  const Pair *strip_pairs_of(const Block &b) const { return strip_pairs.get() + b.first / 2 * padded_width; }
  float *gradient_of(const Block &b) const { return gradient.get() + b.first * padded_width; }
};

// What a tile waits for: that a block has taken part in all of its tiles that come before this one.
struct Turn {
  int32_t block;   // the anchors' blocks come first, then those of every group whose rows are not mirrored; −1 for none
  int32_t before;  // how many tiles that is
};

struct Tile {
  int32_t group;
  Block rows, columns;
  bool mirrored;  // what it says of its rows it also says of its columns, with both exchanged
  Turn row_turn{-1, 0}, column_turn{-1, 0};
};

struct Plan {
  const CTLProblem &problem;
  bool backward;
  Factors factors;
  std::unique_ptr<Rows> anchors;
  std::vector<std::unique_ptr<Rows>> candidates;  // nullptr where they are the anchors and there is no gradient
  std::vector<Tile> tiles;  // neighbours mostly have no block in common
  int32_t block_count = 0;  // that take turns
  // The reference of a log-sum-exp where logits are bounded so that no exponential underflows; NaN where they are not.
  std::vector<float> references;
  std::unique_ptr<double[]> scale_terms;  // by anchor; where it is not Σ (G·C)∘A

  Plan(const CTLProblem &problem, bool backward, bool has_pairs);
  const Rows &rows_of(int32_t group) const { return candidates[group] ? *candidates[group] : *anchors; }
  void take_turns();
  void finish();  // writes the gradients out
};

// A walk's part of one thread, by instructions.
struct Kernels {
  void (*tile_forward)(const Plan &, const Tile &, float *scratch);
  void (*tile_backward)(const Plan &, const Tile &, float *scratch);
  bool has_pairs;  // multiplies them
};
extern const Kernels plain_kernels;
#if defined(__x86_64__)
extern const Kernels avx2_kernels, avx512_kernels, avx512_bf16_kernels;
#endif

// How many floats of scratch a thread needs.
int64_t scratch_size(const Plan &plan);

}  // namespace ctiles
