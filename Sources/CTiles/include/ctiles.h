// The walk over the tiles of a comparison, compiled: products, masks, functions and sums of a tile while it lies in the
// cache, in float32, on all threads. What it computes, and what the words mean, stands in Sources/Losses/Comparison.
//
// No bit of the result depends on the number of threads: every block of rows or columns takes part in its tiles in one
// order, so that every sum is made in that order.
#pragma once
#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum { CTL_BEST, CTL_PLAIN, CTL_AVX2, CTL_AVX512, CTL_AVX512_BF16 } CTLInstructions;
typedef enum { CTL_DOT, CTL_SQUARED_DISTANCE, CTL_DISTANCE } CTLSimilarity;
typedef enum { CTL_SUM, CTL_COUNT, CTL_LOG_SUM_EXP, CTL_MAX, CTL_MIN } CTLOperation;
typedef enum { CTL_IDENTITY, CTL_SOFTPLUS, CTL_HINGE, CTL_SQUARED_HINGE, CTL_SELF_WEIGHTED } CTLShape;
typedef enum { CTL_POSITIVES, CTL_NEGATIVES, CTL_COMPARED } CTLPairs;
typedef enum { CTL_ABOVE, CTL_AT_LEAST, CTL_BELOW, CTL_AT_MOST } CTLComparator;

typedef struct {
  CTLComparator comparator;
  float number;
  const float *each; // instead of the number; one for every element of the reduction's vectors
} CTLCut;

// One reduction: f(slope·ℓ + offset) over a set of pairs. Its vectors have one element an anchor, or one a candidate.
typedef struct {
  CTLOperation operation;
  CTLShape shape;
  CTLPairs pairs;
  bool by_candidate;
  float slope, offset;
  const float *offsets; // besides the offset, or NULL
  float factor, optimum, margin; // of CTL_SELF_WEIGHTED
  int32_t cut_count;
  const CTLCut *cuts;

  // Gathered on the way there. `extreme` is the largest (smallest) f(x), of a log-sum-exp what exponents are taken from;
  // `sum` is Σ f(x), Σ exp(f(x) − extreme), or how many attain the extreme.
  double *sum;
  float *extreme;
  double *count;  // of the pairs, or NULL
  int64_t *index; // the first that attains the extreme, −1 for none, or NULL

  // Given on the way back: what a pair's weight times f′(x) is multiplied with, NULL where there is no gradient;
  // Σ ∂L/∂x goes to `offset_gradients`, or nowhere.
  const float *factors;
  double *offset_gradients;
} CTLReduction;

// Keys of anchors and of candidates; a rule holds where they are equal. NULL where it never does.
typedef struct {
  const int32_t *anchors, *candidates;
} CTLRule;

typedef struct {
  const float *rows; // [count, width]
  int64_t count, start; // where the group begins in vectors over all candidates
  const float *bias; // [count] or NULL
  CTLRule positive, excluded, ignored; // `ignored` holds only where `positive` does not
  bool symmetric; // the rows are the anchors, and logits and relation do not change when they are exchanged
  float *gradient; // [count, width] or NULL
  double *bias_gradient; // [count] or NULL
} CTLGroup;

typedef struct {
  const float *anchors; // [anchor_count, width]
  int64_t anchor_count, width;
  CTLSimilarity similarity;
  float scale;
  int32_t group_count, reduction_count;
  const CTLGroup *groups;
  const CTLReduction *reductions;
  // The factors of all products are rounded to bfloat16: the rows, and on the way back the gradients of the logits.
  // Sums are of float32. Multiplied in pairs by CTL_AVX512_BF16, as float32 by other instructions.
  bool bfloat16;
  int64_t block; // the side of a tile, a multiple of ctl_block_unit
  CTLInstructions instructions;
  // Calls `body(context)` on so many threads at once, the caller's among them, or on fewer; NULL: on the caller's alone.
  void (*on_threads)(int32_t threads, void (*body)(void *context), void *context);
  int32_t threads;
  float *anchor_gradient; // [anchor_count, width] or NULL
  double *scale_gradient; // or NULL
  int64_t *products; // counts the products of two rows that are made, or NULL
} CTLProblem;

enum { ctl_block_unit = 96 };

void ctl_forward(const CTLProblem *problem);
void ctl_backward(const CTLProblem *problem);

// Whether the processor has these instructions.
bool ctl_has(CTLInstructions instructions);

#ifdef __cplusplus
}
#endif
