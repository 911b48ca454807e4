// The threads behind the kernels: one pool a process, ranges of work claimed from it.
//
// Not OpenMP, because a fork and join must cost well under a microsecond (a decoded token has 150),
// a worker that sleeps or was preempted must not hold up the pass (the caller takes its share), and
// ThreadSanitizer must see the synchronisation.
#pragma once

#include <cstddef>
#include <cstdint>

namespace sightline::kernels {

// Threads that a pass should use, the caller included.
int kernel_threads();

using RangeBody = void (*)(const void* context, std::int64_t begin, std::int64_t end, int worker);

// Cuts [0, count) into `pieces` that differ by one at most and calls body(context, begin, end,
// worker) for each; 0 ≤ worker < workers. Neighbouring pieces go to one worker as far as possible;
// calls with equal `worker` never overlap in time. Returns when all are done. Runs on the caller
// alone when another pass holds the pool. Bodies must not throw or start a pass.
void run_pieces(int workers, std::int64_t count, std::int64_t pieces, const void* context,
                RangeBody body);

template <class Body>
void parallel_for(int workers, std::int64_t count, std::int64_t pieces, const Body& body) {
  run_pieces(workers, count, pieces, &body,
             [](const void* context, std::int64_t begin, std::int64_t end, int worker) {
               (*static_cast<const Body*>(context))(begin, end, worker);
             });
}

// Memory of the calling thread that is kept between calls, 64-byte aligned, contents undefined.
// Valid until the thread's next call. Throws std::bad_alloc.
std::byte* kept_scratch(std::size_t bytes);

}  // namespace sightline::kernels
