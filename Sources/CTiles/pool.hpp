// Threads that wait for the next walk, and a barrier for its rounds.
#pragma once
#include <atomic>
#include <cstdint>

namespace ctiles {

// All of `parties` arrive before one goes on. Spins for a while, then lets others run.
class Barrier {
 public:
  explicit Barrier(int parties) : parties(parties) {}
  void wait();

 private:
  const int parties;
  std::atomic<int> arrived{0};
  std::atomic<int> generation{0};
};

// Calls `body(context, thread)` on so many threads at once, the caller's among them; on the caller's alone when the
// others are busy with another walk. Returns how many there were through `used`, before any body begins.
void run(int threads, void (*body)(void *context, int thread), void *context, int *used);

}  // namespace ctiles
