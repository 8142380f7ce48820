#include "pool.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace ctiles {

static void pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

void Barrier::wait() {
  int mine = generation.load(std::memory_order_acquire);
  if (arrived.fetch_add(1, std::memory_order_acq_rel) + 1 == parties) {
    arrived.store(0, std::memory_order_relaxed);
    generation.fetch_add(1, std::memory_order_acq_rel);
    return;
  }
  for (int spins = 0; generation.load(std::memory_order_acquire) == mine; spins++) {
    if (spins < 2000) pause();
    else std::this_thread::yield();
  }
}

namespace {

struct Pool {
  std::mutex busy;  // held by the walk that uses the threads
  std::mutex mutex;
  std::condition_variable wake, done;
  void (*body)(void *, int) = nullptr;
  void *context = nullptr;
  int wanted = 0, running = 0;
  uint64_t job = 0;
  int workers = 0;

  void grow(int count) {
    while (workers < count) {
      int index = ++workers;
      std::thread([this, index] { work(index); }).detach();
    }
  }

  void work(int index) {
    uint64_t seen = 0;
    std::unique_lock<std::mutex> lock(mutex);
    while (true) {
      wake.wait(lock, [&] { return job != seen; });
      seen = job;
      if (index > wanted) continue;
      lock.unlock();
      body(context, index);
      lock.lock();
      if (--running == 0) done.notify_one();
    }
  }
};

// Never destroyed: its threads wait for it until the process ends.
Pool &pool() {
  static Pool *pool = new Pool;
  return *pool;
}

}  // namespace

void run(int threads, void (*body)(void *, int), void *context, int *used) {
  Pool &shared = pool();
  if (threads <= 1 || !shared.busy.try_lock()) {
    *used = 1;
    body(context, 0);
    return;
  }
  *used = threads;
  {
    std::lock_guard<std::mutex> lock(shared.mutex);
    shared.body = body;
    shared.context = context;
    shared.wanted = shared.running = threads - 1;
    shared.job++;
    // A thread that starts now sees the job as new, since it has seen none.
    shared.grow(threads - 1);
  }
  shared.wake.notify_all();
  body(context, 0);
  {
    std::unique_lock<std::mutex> lock(shared.mutex);
    shared.done.wait(lock, [&] { return shared.running == 0; });
  }
  shared.busy.unlock();
}

}  // namespace ctiles
