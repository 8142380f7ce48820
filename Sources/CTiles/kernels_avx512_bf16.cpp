#include <cmath>
#include <cstdint>
#include <cstring>

#include "plan.hpp"

#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,avx512bf16,avx2,fma"))), apply_to = function)
#define KERNEL_STEP 12
#define KERNEL_PAIRS
namespace ctiles {
namespace avx512_bf16 {
#include "kernels.inc"
}
#pragma clang attribute pop
const Kernels avx512_bf16_kernels = {avx512_bf16::tile_forward, avx512_bf16::tile_backward, true};
}  // namespace ctiles
#endif
