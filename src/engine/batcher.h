// The engine's thread at work: which rows go into the next pass, and what becomes of its logits.
#pragma once

#include <deque>
#include <list>
#include <memory>
#include <vector>

#include "engine/job.h"
#include "engine/prefix_cache.h"
#include "engine/vision_cache.h"
#include "sightline/generator.h"

namespace sightline {

// Not thread-safe: lives on one thread. Continuous batching: new prompts join passes in which
// others decode; finished answers leave at once.
class Batcher {
 public:
  Batcher(const Bundle& bundle, const EngineOptions& options, VisionCache& vision);

  void add(std::shared_ptr<Job> job) { waiting_.push_back(std::move(job)); }
  bool idle() const { return waiting_.empty() && active_.empty(); }

  // One forward pass, or nothing when idle. A failing job is failed; others go on.
  void step();

  // Fails everything that is left, for shutdown.
  void fail_all(const std::exception_ptr& error);

 private:
  struct Piece;  // one branch's rows in the pass

  void drop_cancelled();
  void admit();
  bool should_wait_for_twin(const Job& job);
  void start(const std::shared_ptr<Job>& job);
  void encode_pictures(BranchRun& branch);
  void reuse_prefix(BranchRun& branch, Job& job);
  std::vector<Piece> choose_pieces();
  at::Tensor gather_rows(const std::vector<Piece>& pieces) const;
  void run_pass(std::vector<Piece>& pieces);
  void after_prefill(const BranchRun& branch);
  void advance(Job& job, std::span<const at::Tensor> logits);
  void finish(Job& job, FinishReason reason);
  void fail_job(Job& job, const std::exception_ptr& error);
  void remove_finished();

  const Bundle& bundle_;
  EngineOptions options_;
  VisionCache& vision_;
  PrefixCache prefixes_;
  std::deque<std::shared_ptr<Job>> waiting_;
  std::list<std::shared_ptr<Job>> active_;
  std::vector<const Job*> finished_;
};

}  // namespace sightline
