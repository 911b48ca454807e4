// One run asked by several processes: each asks its share, rank 0 alone has the run's sink.
#pragma once

#include "distributed/process_group.h"
#include "evals/runner.h"

namespace sightline {

// run_eval() on all ranks together, REQUIRES: equal plans. Every answer and verdict of another rank
// comes to rank 0 when it exists and is recorded there, so that a killed run resumes with any
// number of ranks. `sink` is rank 0's; others give null, and their outcome is that of their share.
// Throws Error{kRemote} when a rank is lost; what came before is recorded and the run interrupted.
EvalOutcome run_eval_together(const EvalPlan& plan, Generator& generator, RunSink* sink,
                              ProcessGroup& group);

}  // namespace sightline
