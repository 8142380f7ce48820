#include "plan.hpp"

#include <cmath>
#include <cstring>

namespace ctiles {

Rows::Rows(const float *rows, int64_t count, int64_t width, int64_t block, bool distances, bool backward,
           Factors factors)
    : count(count), width(width), padded_width(rounded_up(width, kernel_columns)), block(block), factors(factors) {
  for (int64_t first = 0; first < count; first += block) blocks.push_back({first, std::min(block, count - first)});
  int64_t padded = rounded_up(count, ctl_block_unit);
  plain.reset(new float[padded * width]());
  std::memcpy(plain.get(), rows, sizeof(float) * count * width);
  if (factors != Factors::single) {
    for (int64_t i = 0; i < count * width; i++) plain[i] = bfloat16(plain[i]);
    rows = plain.get();
  }
  if (factors == Factors::paired) pack_pairs(backward);
  else pack(backward);
  if (distances) {
    norms.reset(new float[padded]());
    for (int64_t i = 0; i < count; i++) {
      double sum = 0;
      for (int64_t k = 0; k < width; k++) sum += double(rows[i * width + k]) * rows[i * width + k];
      norms[i] = float(sum);
    }
  }
  if (backward) make_gradient();
}

void Rows::pack(bool backward) {
  int64_t padded = rounded_up(count, ctl_block_unit);
  columns.reset(new float[padded * width]());
  for (const Block &b : blocks) {
    float *packed = columns.get() + b.first * width;
    for (int64_t c = 0; c < b.count; c++) {
      const float *row = plain.get() + (b.first + c) * width;
      float *panel = packed + c / kernel_columns * kernel_columns * width + c % kernel_columns;
      for (int64_t k = 0; k < width; k++) panel[k * kernel_columns] = row[k];
    }
  }
  if (!backward) return;
  strips.reset(new float[padded * padded_width]());
  for (const Block &b : blocks) {
    float *packed = strips.get() + b.first * padded_width;
    for (int64_t k = 0; k < width; k += kernel_columns) {
      int64_t size = std::min(kernel_columns, width - k);
      for (int64_t r = 0; r < b.count; r++)
        std::memcpy(packed + k * b.count + r * kernel_columns, plain.get() + (b.first + r) * width + k,
                    sizeof(float) * size);
    }
  }
}

void Rows::pack_pairs(bool backward) {
  int64_t padded = rounded_up(count, ctl_block_unit), half = pairs();
  auto pair = [&](int64_t i, int64_t k) {
    const float *row = plain.get() + i * width + k;
    return pair_of(row[0], k + 1 < width ? row[1] : 0);
  };
  plain_pairs.reset(new Pair[padded * half]());
  column_pairs.reset(new Pair[padded * half]());
  if (backward) strip_pairs.reset(new Pair[padded / 2 * padded_width]());
  for (const Block &b : blocks) {
    Pair *columns = column_pairs.get() + b.first * half;
    for (int64_t c = 0; c < b.count; c++) {
      Pair *panel = columns + c / kernel_columns * kernel_columns * half + c % kernel_columns;
      for (int64_t k = 0; k < half; k++)
        panel[k * kernel_columns] = plain_pairs[(b.first + c) * half + k] = pair(b.first + c, 2 * k);
    }
    if (!backward) continue;
    Pair *strips = strip_pairs.get() + b.first / 2 * padded_width;
    for (int64_t r = 0; r < b.count; r += 2) {
      const float *row = plain.get() + (b.first + r) * width, *next = row + width;
      for (int64_t k = 0; k < width; k++)
        strips[k / kernel_columns * kernel_columns * ((b.count + 1) / 2) + r / 2 * kernel_columns + k % kernel_columns] =
          pair_of(row[k], r + 1 < b.count ? next[k] : 0);
    }
  }
}

Rows::Rows(const Rows &same)
    : count(same.count), width(same.width), padded_width(same.padded_width), block(same.block), factors(same.factors),
      blocks(same.blocks), plain(same.plain), columns(same.columns), strips(same.strips), plain_pairs(same.plain_pairs),
      column_pairs(same.column_pairs), strip_pairs(same.strip_pairs), norms(same.norms) {
  make_gradient();
}

void Rows::make_gradient() {
  int64_t padded = rounded_up(count, ctl_block_unit);
  gradient.reset(new float[padded * padded_width]());
  if (norms) weights.reset(new double[padded]());
}

// Every block meets itself; then a tournament in which every block meets every other once, in rounds without a block twice.
static void add_triangle(std::vector<Tile> &tiles, int32_t group, const std::vector<Block> &blocks) {
  int64_t n = int64_t(blocks.size()), even = n + n % 2;
  for (const Block &b : blocks) tiles.push_back({group, b, b, false});
  for (int64_t r = 0; r + 1 < even; r++) {
    for (int64_t p = 0; p < even / 2; p++) {
      // The last one stays, the others turn.
      int64_t a = p == 0 ? even - 1 : (r + p) % (even - 1), b = (r + even - 1 - p) % (even - 1);
      if (a >= n || b >= n) continue;
      tiles.push_back({group, blocks[std::min(a, b)], blocks[std::max(a, b)], true});
    }
  }
}

// Every block of rows meets every block of columns, all of them shifted by one from round to round.
static void add_rectangle(std::vector<Tile> &tiles, int32_t group, const std::vector<Block> &rows,
                          const std::vector<Block> &columns) {
  int64_t n = int64_t(rows.size()), m = int64_t(columns.size()), most = std::max(n, m);
  for (int64_t r = 0; r < most; r++) {
    for (int64_t i = 0; i < std::min(n, m); i++) {
      int64_t other = (i + r) % most;
      tiles.push_back({group, rows[n <= m ? i : other], columns[n <= m ? other : i], false});
    }
  }
}

static double largest_norm(const float *rows, int64_t count, int64_t width) {
  double largest = 0;
  for (int64_t i = 0; i < count; i++) {
    float sum = 0;
    for (int64_t k = 0; k < width; k++) sum += rows[i * width + k] * rows[i * width + k];
    largest = std::max(largest, double(sum));
  }
  return std::sqrt(largest);
}

Plan::Plan(const CTLProblem &problem, bool backward, bool has_pairs)
    : problem(problem), backward(backward),
      factors(!problem.bfloat16 ? Factors::single : has_pairs ? Factors::paired : Factors::rounded) {
  bool distances = problem.similarity != CTL_DOT;
  anchors.reset(new Rows(problem.anchors, problem.anchor_count, problem.width, problem.block, distances, backward,
                         factors));
  // Rounding to bfloat16 lengthens a row by at most 1/256 of itself.
  double slack = problem.bfloat16 ? 1.01 : 1.0001;
  double norm = largest_norm(problem.anchors, problem.anchor_count, problem.width), bound = 0;
  for (int32_t g = 0; g < problem.group_count; g++) {
    const CTLGroup &group = problem.groups[g];
    bool same = group.rows == problem.anchors && group.count == problem.anchor_count;
    if (same) candidates.emplace_back(backward ? new Rows(*anchors) : nullptr);
    else candidates.emplace_back(new Rows(group.rows, group.count, problem.width, problem.block, distances, backward, factors));
    if (group.symmetric) add_triangle(tiles, g, anchors->blocks);
    else add_rectangle(tiles, g, anchors->blocks, rows_of(g).blocks);
    double other = same ? norm : largest_norm(group.rows, group.count, problem.width), bias = 0;
    for (int64_t k = 0; group.bias && k < group.count; k++) bias = std::max(bias, double(std::fabs(group.bias[k])));
    double similarity = problem.similarity == CTL_DOT ? norm * other
      : problem.similarity == CTL_DISTANCE ? norm + other : (norm + other) * (norm + other);
    bound = std::max(bound, std::fabs(problem.scale) * similarity * slack + bias);
  }
  for (int32_t r = 0; r < problem.reduction_count; r++) {
    const CTLReduction &reduction = problem.reductions[r];
    double largest = std::fabs(reduction.slope) * bound;
    // exp(−60) times any sum stays a normal number, and so does its inverse times any weight.
    bool bounded = reduction.operation == CTL_LOG_SUM_EXP && reduction.shape == CTL_IDENTITY && 2 * largest <= 60;
    references.push_back(bounded ? float(largest) : NAN);
  }
  // ∂L/∂s is a small sum of large terms: of rounded ones a hundredth of it would be wrong.
  bool by_pair = distances || (problem.bfloat16 && problem.scale_gradient);
  if (backward && by_pair) scale_terms.reset(new double[anchors->count]());
  take_turns();
}

// All that a tile writes to belongs to its block of anchors, or to its block of the group. A mirrored group's blocks are
// the anchors', since its tiles also write to the anchors of their columns.
void Plan::take_turns() {
  std::vector<int32_t> first;
  block_count = int32_t(anchors->blocks.size());
  for (int32_t g = 0; g < problem.group_count; g++) {
    first.push_back(problem.groups[g].symmetric ? 0 : block_count);
    if (!problem.groups[g].symmetric) block_count += int32_t(rows_of(g).blocks.size());
  }
  std::vector<int32_t> tiles_of(block_count, 0);
  for (Tile &tile : tiles) {
    int32_t row = int32_t(tile.rows.first / problem.block);
    int32_t column = first[tile.group] + int32_t(tile.columns.first / problem.block);
    tile.row_turn = {row, tiles_of[row]++};
    if (column != row) tile.column_turn = {column, tiles_of[column]++};
  }
}

// Brings gradients of padded rows to where they are wanted.
static void write(const Rows &rows, const CTLProblem &problem, float *to) {
  if (!to) return;
  for (int64_t i = 0; i < rows.count; i++) {
    const float *sums = rows.gradient.get() + i * rows.padded_width, *row = rows.plain.get() + i * rows.width;
    float *out = to + i * rows.width;
    if (problem.similarity == CTL_DOT) {
      for (int64_t k = 0; k < rows.width; k++) out[k] = problem.scale * sums[k];
    } else {
      float weight = float(rows.weights[i]);
      for (int64_t k = 0; k < rows.width; k++) out[k] = 2 * problem.scale * (weight * row[k] - sums[k]);
    }
  }
}

void Plan::finish() {
  write(*anchors, problem, problem.anchor_gradient);
  for (int32_t g = 0; g < problem.group_count; g++) write(*candidates[g], problem, problem.groups[g].gradient);
  if (!problem.scale_gradient) return;
  double sum = 0;
  for (int64_t i = 0; i < anchors->count; i++) {
    if (scale_terms) sum += scale_terms[i];
    else {
      // ∂L/∂s = Σ G∘(A·Cᵀ) = Σ (G·C)∘A
      const float *sums = anchors->gradient.get() + i * anchors->padded_width, *row = anchors->plain.get() + i * anchors->width;
      for (int64_t k = 0; k < anchors->width; k++) sum += double(sums[k]) * row[k];
    }
  }
  *problem.scale_gradient = sum;
}

}  // namespace ctiles
