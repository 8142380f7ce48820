#include <atomic>
#include <new>
#include <thread>

#include "plan.hpp"

namespace ctiles {

static const Kernels &kernels(const CTLProblem &problem) {
  CTLInstructions instructions = problem.instructions;
#if defined(__x86_64__)
  if (instructions == CTL_AVX512_BF16 || (instructions == CTL_BEST && problem.bfloat16 && ctl_has(CTL_AVX512_BF16)))
    return avx512_bf16_kernels;
  if (instructions == CTL_AVX512 || (instructions == CTL_BEST && ctl_has(CTL_AVX512))) return avx512_kernels;
  if (instructions == CTL_AVX2 || (instructions == CTL_BEST && ctl_has(CTL_AVX2))) return avx2_kernels;
#endif
  return plain_kernels;
}

namespace {

struct Walk {
  const Plan &plan;
  void (*tile)(const Plan &, const Tile &, float *);
  std::atomic<int64_t> next{0};  // tile that nobody has taken
  std::atomic<int64_t> products{0};
  std::unique_ptr<std::atomic<int32_t>[]> done;  // tiles of every block

  // Spins for a while, then lets others run.
  void wait(const Turn &turn) const {
    if (turn.block < 0) return;
    for (int spins = 0; done[turn.block].load(std::memory_order_acquire) != turn.before; spins++) {
      if (spins < 2000) pause();
      else std::this_thread::yield();
    }
  }

  void end(const Turn &turn) {
    if (turn.block >= 0) done[turn.block].store(turn.before + 1, std::memory_order_release);
  }

  static void pause() {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
  }
};

}  // namespace

// One thread's part. Tiles are taken in their order, so that the earliest unfinished one never waits, however many
// threads there turn out to be.
static void work(void *context) {
  Walk &walk = *static_cast<Walk *>(context);
  std::unique_ptr<float[], void (*)(float *)> scratch(
    static_cast<float *>(operator new[](sizeof(float) * scratch_size(walk.plan), std::align_val_t(64))),
    [](float *memory) { operator delete[](memory, std::align_val_t(64)); });
  const std::vector<Tile> &tiles = walk.plan.tiles;
  for (int64_t t; (t = walk.next.fetch_add(1)) < int64_t(tiles.size());) {
    walk.wait(tiles[t].row_turn);
    walk.wait(tiles[t].column_turn);
    walk.tile(walk.plan, tiles[t], scratch.get());
    walk.products += tiles[t].rows.count * tiles[t].columns.count;
    walk.end(tiles[t].row_turn);
    walk.end(tiles[t].column_turn);
  }
}

static void go(const Plan &plan, void (*tile)(const Plan &, const Tile &, float *)) {
  Walk walk{.plan = plan, .tile = tile, .done = nullptr};
  walk.done.reset(new std::atomic<int32_t>[plan.block_count]());
  int32_t threads = int32_t(std::min(int64_t(plan.problem.threads), int64_t(plan.tiles.size())));
  if (threads > 1 && plan.problem.on_threads) plan.problem.on_threads(threads, work, &walk);
  else work(&walk);
  if (plan.problem.products) *plan.problem.products += walk.products;
}

}  // namespace ctiles

extern "C" {

void ctl_forward(const CTLProblem *problem) {
  const ctiles::Kernels &kernels = ctiles::kernels(*problem);
  ctiles::Plan plan(*problem, false, kernels.has_pairs);
  for (int32_t r = 0; r < problem->reduction_count; r++) {
    if (plan.references[r] != plan.references[r]) continue;
    const CTLReduction &reduction = problem->reductions[r];
    int64_t count = problem->anchor_count;
    if (reduction.by_candidate) {
      count = 0;
      for (int32_t g = 0; g < problem->group_count; g++) count += problem->groups[g].count;
    }
    for (int64_t i = 0; i < count; i++) reduction.extreme[i] = plan.references[r];
  }
  ctiles::go(plan, kernels.tile_forward);
}

void ctl_backward(const CTLProblem *problem) {
  const ctiles::Kernels &kernels = ctiles::kernels(*problem);
  ctiles::Plan plan(*problem, true, kernels.has_pairs);
  ctiles::go(plan, kernels.tile_backward);
  plan.finish();
}

bool ctl_has(CTLInstructions instructions) {
#if defined(__x86_64__)
  if (instructions == CTL_AVX512)
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512bw");
  if (instructions == CTL_AVX512_BF16) return ctl_has(CTL_AVX512) && __builtin_cpu_supports("avx512bf16");
  if (instructions == CTL_AVX2) return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#endif
  return instructions == CTL_PLAIN || instructions == CTL_BEST;
}

}
