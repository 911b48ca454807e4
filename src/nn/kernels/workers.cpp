#include "nn/kernels/workers.h"

#include <immintrin.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <new>
#include <system_error>
#include <thread>

#include "nn/kernels/kernels.h"

namespace sightline::kernels {
namespace {

constexpr int kMaxThreads = 256;
constexpr int kIdleSpins = 3000;  // pauses before a worker sleeps: about 100 microseconds
constexpr int kJoinSpins = 3000;  // before the caller lets others run

std::atomic<int> requested_threads{0};

// A worker's part of the pass: pieces [next, end), claimed from the front by anyone.
struct alignas(64) Share {
  std::atomic<std::int64_t> next{0};
  std::int64_t end = 0;
};

struct Pass {
  std::int64_t count = 0;
  std::int64_t pieces = 1;
  const void* context = nullptr;
  RangeBody body = nullptr;
  int workers = 1;

  std::int64_t begin(std::int64_t piece) const { return count * piece / pieces; }
};

class Pool {
 public:
  // False when the pool is busy; the caller then works alone.
  bool run(const Pass& pass) {
    const std::unique_lock<std::mutex> lock(mutex_, std::try_to_lock);
    if (!lock.owns_lock()) return false;
    start_threads(pass.workers - 1);
    pass_ = pass;
    for (int i = 0; i < pass.workers; ++i) {
      shares_[i].next.store(pass.pieces * i / pass.workers, std::memory_order_relaxed);
      shares_[i].end = pass.pieces * (i + 1) / pass.workers;
    }
    gate_.fetch_or(kOpen, std::memory_order_release);
    epoch_.fetch_add(1, std::memory_order_release);
    epoch_.notify_all();
    work(0);
    gate_.fetch_and(~kOpen, std::memory_order_acq_rel);
    int spins = 0;
    while (gate_.load(std::memory_order_acquire) != 0) {
      if (++spins < kJoinSpins) {
        _mm_pause();
      } else {
        std::this_thread::yield();
      }
    }
    return true;
  }

 private:
  static constexpr std::uint32_t kOpen = 0x80000000u;

  void start_threads(int wanted) {
    try {
      for (; started_ < wanted; ++started_) {
        std::thread([this, worker = started_ + 1] { serve(worker); }).detach();
      }
    } catch (const std::system_error&) {  // no more threads to be had: those there do the work
    }
  }

  // The gate counts the workers inside; the pass may change only when it is closed and empty.
  [[noreturn]] void serve(int worker) {
    std::uint32_t seen = 0;
    for (;;) {
      std::uint32_t epoch = epoch_.load(std::memory_order_acquire);
      for (int spins = 0; epoch == seen && spins < kIdleSpins; ++spins) {
        _mm_pause();
        epoch = epoch_.load(std::memory_order_acquire);
      }
      if (epoch == seen) {
        epoch_.wait(seen, std::memory_order_acquire);
        continue;
      }
      seen = epoch;
      if (gate_.fetch_add(1, std::memory_order_acq_rel) & kOpen) {
        if (worker < pass_.workers) work(worker);
      }
      gate_.fetch_sub(1, std::memory_order_release);
    }
  }

  // The own share first, then what others have not begun.
  void work(int worker) {
    for (int i = 0; i < pass_.workers; ++i) {
      Share& share = shares_[(worker + i) % pass_.workers];
      while (share.next.load(std::memory_order_relaxed) < share.end) {
        const std::int64_t at = share.next.fetch_add(1, std::memory_order_relaxed);
        if (at >= share.end) break;
        pass_.body(pass_.context, pass_.begin(at), pass_.begin(at + 1), worker);
      }
    }
  }

  std::mutex mutex_;  // held by the thread whose pass runs
  int started_ = 0;
  Pass pass_;
  Share shares_[kMaxThreads];
  alignas(64) std::atomic<std::uint32_t> gate_{0};
  alignas(64) std::atomic<std::uint32_t> epoch_{0};
};

// Never destroyed: its detached threads sleep in it until the process ends.
Pool& pool() {
  static Pool* const only = new Pool;
  return *only;
}

struct FreeScratch {
  void operator()(std::byte* p) const { ::operator delete (p, std::align_val_t{64}); }
};

}  // namespace

void set_kernel_threads(int threads) {
  requested_threads.store(std::clamp(threads, 1, kMaxThreads), std::memory_order_relaxed);
}

int kernel_threads() {
  const int requested = requested_threads.load(std::memory_order_relaxed);
  if (requested > 0) return requested;
  static const int all = std::clamp(int(std::thread::hardware_concurrency()), 1, kMaxThreads);
  return all;
}

void run_pieces(int workers, std::int64_t count, std::int64_t pieces, const void* context,
                RangeBody body) {
  if (count <= 0) return;
  pieces = std::clamp<std::int64_t>(pieces, 1, count);
  workers = int(std::min<std::int64_t>(std::min(workers, kMaxThreads), pieces));
  const Pass pass = {count, pieces, context, body, workers};
  if (workers > 1 && pool().run(pass)) return;
  for (std::int64_t i = 0; i < pieces; ++i) body(context, pass.begin(i), pass.begin(i + 1), 0);
}

std::byte* kept_scratch(std::size_t bytes) {
  thread_local std::unique_ptr<std::byte, FreeScratch> kept;
  thread_local std::size_t size = 0;
  if (bytes > size) {
    size = 0;
    kept.reset();
    kept.reset(static_cast<std::byte*>(::operator new (bytes, std::align_val_t{64})));
    size = bytes;
  }
  return kept.get();
}

}  // namespace sightline::kernels
