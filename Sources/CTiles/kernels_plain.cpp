#include <cmath>
#include <cstdint>
#include <cstring>

#include "plan.hpp"

#define KERNEL_STEP 3
namespace ctiles {
namespace plain {
#include "kernels.inc"
}
const Kernels plain_kernels = {plain::tile_forward, plain::tile_backward, false};

int64_t scratch_size(const Plan &plan) {
  int64_t side = plain::padded_side(plan.problem), columns = 0;
  for (int32_t r = 0; r < plan.problem.reduction_count; r++) columns += 2;
  int64_t matrices = plan.factors == Factors::paired ? 2 : 1;
  return side * (matrices * plan.problem.block + 12 + 4 * columns) + 64;
}
}  // namespace ctiles
