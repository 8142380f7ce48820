#include <cmath>
#include <cstdint>
#include <cstring>

#include "plan.hpp"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,avx2,fma"))), apply_to = function)
#define KERNEL_STEP 12
namespace ctiles {
namespace avx512 {
#include "kernels.inc"
}
#pragma clang attribute pop
const Kernels avx512_kernels = {avx512::tile_forward, avx512::tile_backward, false};
}  // namespace ctiles
#endif
