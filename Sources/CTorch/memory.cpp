// Where large tensors of the processor lie, for a program that trains.
//
// A step frees all its activations and gradients, and the next one asks for as much again. A heap for everything gives
// them the gaps between thousands of small blocks that live on, and grows past what is ever alive at once. Here large
// blocks have a range of addresses to themselves: a block gets the lowest gap that it fits into (first fit), and gaps
// that touch become one. Pages stay with the process once they were used.

#include "ctorch.h"

#if defined(__linux__)

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <climits>
#include <map>
#include <mutex>
#include <unordered_map>

#include <c10/core/CPUAllocator.h>
#include <c10/core/impl/alloc_cpu.h>

namespace {

class Range final : public c10::Allocator {
 public:
  // Bytes from which on a block is large: some hundred are alive at a time, so that a search of all gaps is short.
  static constexpr size_t least = 256 << 10;
  static constexpr size_t page = 4096;

  Range(char *start, size_t size) : start(start), size(size) { gaps[0] = size; }

  c10::DataPtr allocate(size_t bytes) override {
    void *block = bytes < least ? nullptr : take((bytes + page - 1) / page * page);
    // What is small or does not fit is the heap's, which says so where there is no memory left.
    if (block == nullptr) block = c10::alloc_cpu(bytes);
    return {block, block, &release, c10::Device(c10::kCPU)};
  }

  c10::DeleterFnPtr raw_deleter() const override { return &release; }

  void copy_data(void *to, const void *from, size_t count) const override { default_copy_data(to, from, count); }

  // The range of the process, or null; it is never let go, since tensors may outlive everything else.
  static Range *shared;

 private:
  void *take(size_t bytes) {
    std::lock_guard<std::mutex> guard(lock);
    for (auto gap = gaps.begin(); gap != gaps.end(); ++gap) {
      auto [place, length] = *gap;
      if (length < bytes) continue;
      gaps.erase(gap);
      if (length > bytes) gaps[place + bytes] = length - bytes;
      blocks[place] = bytes;
      return start + place;
    }
    return nullptr;
  }

  void give(size_t place) {
    std::lock_guard<std::mutex> guard(lock);
    auto block = blocks.find(place);
    size_t length = block->second;
    blocks.erase(block);
    auto after = gaps.lower_bound(place);
    if (after != gaps.end() && after->first == place + length) {
      length += after->second;
      after = gaps.erase(after);
    }
    if (after != gaps.begin()) {
      auto before = std::prev(after);
      if (before->first + before->second == place) {
        before->second += length;
        return;
      }
    }
    gaps[place] = length;
  }

  static void release(void *block) {
    auto place = static_cast<size_t>(static_cast<char *>(block) - shared->start);
    if (static_cast<char *>(block) >= shared->start && place < shared->size) {
      shared->give(place);
    } else {
      c10::free_cpu(block);
    }
  }

  char *const start;
  const size_t size;
  std::mutex lock;
  std::map<size_t, size_t> gaps;                // place → length
  std::unordered_map<size_t, size_t> blocks;    // place → length
};

Range *Range::shared = nullptr;

}  // namespace

void ct_keep_freed_memory(void) {
#if defined(__GLIBC__)
  mallopt(M_MMAP_THRESHOLD, 32 << 20);  // the most that it takes
  mallopt(M_TRIM_THRESHOLD, INT_MAX);
#endif
  static std::once_flag once;
  std::call_once(once, [] {
    // As much as the machine has: what asks for more is refused by the heap instead of ending the process later.
    auto size = static_cast<size_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<size_t>(sysconf(_SC_PAGESIZE));
    void *start =
        mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (start == MAP_FAILED) return;  // such as under a limit of addresses: everything stays with the heap
    Range::shared = new Range(static_cast<char *>(start), size);
    c10::SetCPUAllocator(Range::shared, 1);
  });
}

#else

void ct_keep_freed_memory(void) {}

#endif
