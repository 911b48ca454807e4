// Threads that share out pieces of work, for callers that wait most of the time: for a model, a
// server or a file.
//
//   share_work(samples.size(), plan.workers, plan.stop, [&](std::size_t i) {
//     const std::optional<Answer> answer = ask(samples[i]);
//     if (answer) keep(*answer);
//     return answer.has_value();
//   });
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace sightline {

// Calls work(i) for i = 0, 1, … count - 1, each at most once, from `workers` threads (at least one,
// no more than pieces), and returns when all threads have ended. A thread whose call returns false
// (its piece was cancelled) ends, the others go on. After `stop` or the first exception no further
// piece is begun; those begun are finished. Rethrows the first exception; whether pieces are left
// undone the caller has to count. REQUIRES: work may be called by several threads at once.
template <class Work>
void share_work(std::size_t count, int workers, const std::stop_token& stop, const Work& work) {
  std::atomic<std::size_t> next = 0;
  std::atomic<bool> failing = false;
  std::mutex mutex;
  std::exception_ptr failure;  // guarded by mutex while threads run
  const auto take_pieces = [&] {
    try {
      while (!failing && !stop.stop_requested()) {
        const std::size_t piece = next++;
        if (piece >= count || !work(piece)) return;
      }
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
      failing = true;
    }
  };
  {
    std::vector<std::jthread> threads;
    const auto wanted = std::min(static_cast<std::size_t>(std::max(1, workers)), count);
    for (std::size_t t = 0; t < wanted; ++t) threads.emplace_back(take_pieces);
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace sightline
