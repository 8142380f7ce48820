#include <cmath>
#include <cstdint>
#include <cstring>

#include "plan.hpp"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define KERNEL_STEP 3
namespace ctiles {
namespace avx2 {
#include "kernels.inc"
}
#pragma clang attribute pop
const Kernels avx2_kernels = {avx2::tile_forward, avx2::tile_backward, false};
}  // namespace ctiles
#endif
