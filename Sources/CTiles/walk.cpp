#include <atomic>
#include <new>

#include "plan.hpp"
#include "pool.hpp"

namespace ctiles {

static const Kernels &kernels(CTLInstructions instructions) {
#if defined(__x86_64__)
  if (instructions == CTL_AVX512 || (instructions == CTL_BEST && ctl_has(CTL_AVX512))) return avx512_kernels;
  if (instructions == CTL_AVX2 || (instructions == CTL_BEST && ctl_has(CTL_AVX2))) return avx2_kernels;
#endif
  return plain_kernels;
}

namespace {

struct Walk {
  const Plan &plan;
  void (*tile)(const Plan &, const Tile &, float *);
  int threads = 0;
  std::atomic<Barrier *> barrier{nullptr};
  std::unique_ptr<std::atomic<int64_t>[]> next;  // tile of every round
};

}  // namespace

static void work(void *context, int) {
  Walk &walk = *static_cast<Walk *>(context);
  std::unique_ptr<float[], void (*)(float *)> scratch(
    static_cast<float *>(operator new[](sizeof(float) * scratch_size(walk.plan), std::align_val_t(64))),
    [](float *memory) { operator delete[](memory, std::align_val_t(64)); });
  for (size_t r = 0; r < walk.plan.rounds.size(); r++) {
    const std::vector<Tile> &round = walk.plan.rounds[r];
    for (int64_t t; (t = walk.next[r].fetch_add(1)) < int64_t(round.size());)
      walk.tile(walk.plan, round[t], scratch.get());
    if (walk.threads > 1) walk.barrier.load()->wait();
  }
}

static void go(const Plan &plan, void (*tile)(const Plan &, const Tile &, float *)) {
  Walk walk{.plan = plan, .tile = tile, .next = nullptr};
  walk.next.reset(new std::atomic<int64_t>[plan.rounds.size()]());
  // No more threads than any round has tiles for.
  size_t widest = 1;
  for (const std::vector<Tile> &round : plan.rounds) widest = std::max(widest, round.size());
  int threads = int(std::min(size_t(std::max(plan.problem.threads, 1)), widest));
  Barrier barrier(threads);
  walk.barrier = &barrier;
  run(threads, work, &walk, &walk.threads);
}

}  // namespace ctiles

extern "C" {

void ctl_forward(const CTLProblem *problem) {
  ctiles::Plan plan(*problem, false);
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
  ctiles::go(plan, ctiles::kernels(problem->instructions).tile_forward);
}

void ctl_backward(const CTLProblem *problem) {
  ctiles::Plan plan(*problem, true);
  ctiles::go(plan, ctiles::kernels(problem->instructions).tile_backward);
  plan.finish();
}

bool ctl_has(CTLInstructions instructions) {
#if defined(__x86_64__)
  if (instructions == CTL_AVX512)
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512bw");
  if (instructions == CTL_AVX2) return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#endif
  return instructions == CTL_PLAIN || instructions == CTL_BEST;
}

}
