#include "engine/batcher.h"

#include <ATen/ops/from_blob.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/tensor.h>

#include <algorithm>
#include <cmath>

#include "nn/forward_context.h"
#include "sightline/error.h"

namespace sightline {
namespace {

// Waiting one pass for a twin's prefix pays off from about this many shared rows.
constexpr std::int64_t kTwinRows = 16;

double seconds_since(EngineClock::time_point start) {
  return std::chrono::duration<double>(EngineClock::now() - start).count();
}

std::int64_t branches_of(const std::list<std::shared_ptr<Job>>& jobs) {
  std::int64_t count = 0;
  for (const auto& job : jobs) count += static_cast<std::int64_t>(job->branches.size());
  return count;
}

at::Tensor index_tensor(std::span<const std::int64_t> values, at::Device device) {
  return at::tensor(c10::ArrayRef<std::int64_t>(values.data(), values.size()), at::kLong)
      .to(device);
}

// Probability of each group's tokens together, of raw logits [V].
std::map<std::string, double> first_token_scores(const at::Tensor& row,
                                                 const std::map<std::string, TokenIds>& groups) {
  const std::span logits(row.const_data_ptr<float>(), static_cast<std::size_t>(row.numel()));
  const double top = *std::max_element(logits.begin(), logits.end());
  double total = 0;
  for (const float logit : logits) total += std::exp(static_cast<double>(logit) - top);
  std::map<std::string, double> scores;
  if (!std::isfinite(total)) return scores;  // logits that are no numbers tell nothing
  for (const auto& [name, ids] : groups) {
    double& score = scores[name];
    for (const std::int64_t id : ids) {
      score += std::exp(static_cast<double>(logits[static_cast<std::size_t>(id)]) - top) / total;
    }
  }
  return scores;
}

}  // namespace

struct Batcher::Piece {
  Job* job;
  BranchRun* branch;
  Phase phase;
  std::int64_t begin;  // prompt row, or position of the generated token
  std::int64_t count;

  bool wants_logits() const {
    return phase == Phase::kDecode || begin + count == branch->prompt_rows();
  }
};

Batcher::Batcher(const Bundle& bundle, const EngineOptions& options, VisionCache& vision)
    : bundle_(bundle), options_(options), vision_(vision), prefixes_(options.prefix_cache_bytes) {}

void Batcher::step() {
  drop_cancelled();
  admit();
  std::vector<Piece> pieces = choose_pieces();
  if (!pieces.empty()) run_pass(pieces);
  remove_finished();
}

void Batcher::fail_all(const std::exception_ptr& error) {
  for (const auto& job : waiting_) job->mailbox.fail_with(error);
  for (const auto& job : active_) job->mailbox.fail_with(error);
  waiting_.clear();
  active_.clear();
}

void Batcher::drop_cancelled() {
  for (const auto& job : active_) {
    if (job->cancelled()) finish(*job, FinishReason::kCancelled);
  }
  remove_finished();
  std::erase_if(waiting_, [this](const std::shared_ptr<Job>& job) {
    if (!job->cancelled()) return false;
    finish(*job, FinishReason::kCancelled);
    return true;
  });
  finished_.clear();
}

// A job whose prompt begins like one being prefilled right now waits a pass and then copies it.
bool Batcher::should_wait_for_twin(const Job& job) {
  if (options_.prefix_cache_bytes == 0) return false;
  const BranchRun& mine = job.branches.front();
  if (!mine.may_share_prefix()) return false;
  const std::int64_t known = prefixes_.find(mine.keys).length;
  return std::any_of(active_.begin(), active_.end(), [&](const std::shared_ptr<Job>& other) {
    const BranchRun& theirs = other->branches.front();
    return !theirs.prefilled() && theirs.may_share_prefix() &&
           common_prefix(mine.keys, theirs.keys) >= known + kTwinRows;
  });
}

void Batcher::admit() {
  std::deque<std::shared_ptr<Job>> later;
  while (!waiting_.empty()) {
    std::shared_ptr<Job> job = std::move(waiting_.front());
    waiting_.pop_front();
    const auto needed = static_cast<std::int64_t>(job->branches.size());
    const bool room = active_.empty() || branches_of(active_) + needed <= options_.max_batch;
    if (!room) {
      later.push_back(std::move(job));
      break;
    }
    if (should_wait_for_twin(*job)) {
      later.push_back(std::move(job));
      continue;
    }
    try {
      start(job);
      active_.push_back(std::move(job));
    } catch (...) {
      job->mailbox.fail_with(std::current_exception());
    }
  }
  std::move(later.rbegin(), later.rend(), std::front_inserter(waiting_));
}

void Batcher::start(const std::shared_ptr<Job>& job) {
  for (BranchRun& branch : job->branches) {
    encode_pictures(branch);
    branch.cache.emplace(bundle_.model->new_cache(branch.prompt_rows() + job->max_new_tokens));
    reuse_prefix(branch, *job);
  }
}

void Batcher::encode_pictures(BranchRun& branch) {
  const bool fresh = branch.taps_vision();
  for (std::size_t i = 0; i < branch.prompt.pictures.size(); ++i) {
    const std::string key = branch.prompt.pictures[i]->sha256 + branch.pixels_key;
    std::optional<at::Tensor> rows = fresh ? std::nullopt : vision_.find(key);
    if (!rows) {
      if (!branch.picture_pixels[i].defined()) {
        branch.picture_pixels[i] = load_pixels(*branch.prompt.pictures[i], bundle_);
      }
      at::Tensor pixels = branch.picture_pixels[i];
      if (branch.pixels) pixels = branch.pixels->apply(pixels);
      rows = bundle_.model->encode_pictures(pixels.unsqueeze(0), branch.taps).select(0, 0);
      if (!fresh) vision_.store(key, *rows);
    }
    branch.picture_features.push_back(*rows);
    branch.picture_pixels[i] = at::Tensor();
  }
}

void Batcher::reuse_prefix(BranchRun& branch, Job& job) {
  if (!branch.may_share_prefix()) return;
  const PrefixCache::Match match = prefixes_.find(branch.keys);
  // The last prompt token is always computed: its logits are needed, and taps may edit it.
  const std::int64_t rows = std::min(match.length, branch.prompt_rows() - 1);
  if (rows <= 0) return;
  branch.cache.emplace(match.cache->copy_prefix(rows, branch.cache->capacity()));
  branch.done = rows;
  if (&branch == &job.branches.front()) job.result.usage.cached_tokens = rows;
}

std::vector<Batcher::Piece> Batcher::choose_pieces() {
  std::vector<Piece> pieces;
  std::int64_t room = options_.max_prefill_rows;
  for (const auto& job : active_) {
    const bool decoding = std::all_of(job->branches.begin(), job->branches.end(),
                                      [](const BranchRun& b) { return b.prefilled(); });
    for (BranchRun& branch : job->branches) {
      if (decoding) {
        const auto position =
            branch.prompt_rows() + static_cast<std::int64_t>(branch.generated.size()) - 1;
        pieces.push_back({job.get(), &branch, Phase::kDecode, position, 1});
      } else if (!branch.prefilled() && room > 0) {
        const std::int64_t count = std::min(room, branch.prompt_rows() - branch.done);
        pieces.push_back({job.get(), &branch, Phase::kPrefill, branch.done, count});
        room -= count;
      }
    }
  }
  return pieces;
}

at::Tensor Batcher::gather_rows(const std::vector<Piece>& pieces) const {
  std::vector<std::int64_t> ids;
  for (const Piece& piece : pieces) {
    const auto& prompt = piece.branch->prompt.ids;
    if (piece.phase == Phase::kDecode) {
      ids.push_back(piece.branch->generated.back());
    } else {
      ids.insert(ids.end(), prompt.begin() + piece.begin,
                 prompt.begin() + piece.begin + piece.count);
    }
  }
  at::Tensor rows = bundle_.model->embed(index_tensor(ids, bundle_.model->device()));  // [M, D]

  std::int64_t base = 0;
  for (const Piece& piece : pieces) {
    const BranchRun& branch = *piece.branch;
    for (std::size_t i = 0; piece.phase == Phase::kPrefill && i < branch.picture_features.size();
         ++i) {
      const at::Tensor& features = branch.picture_features[i];  // [P, D]
      const std::int64_t first = branch.prompt.picture_rows[i];
      const std::int64_t from = std::max(first, piece.begin);
      const std::int64_t to = std::min(first + features.size(0), piece.begin + piece.count);
      if (from >= to) continue;
      rows.narrow(0, base + from - piece.begin, to - from)
          .copy_(features.narrow(0, from - first, to - from));
    }
    base += piece.count;
  }
  return rows;
}

void Batcher::run_pass(std::vector<Piece>& pieces) {
  static constexpr TokenKind kGenerated[] = {TokenKind::kGenerated};
  ForwardContext context;
  std::vector<std::int64_t> sampled_rows;
  std::int64_t base = 0;
  for (const Piece& piece : pieces) {
    BranchRun& branch = *piece.branch;
    const bool prefill = piece.phase == Phase::kPrefill;
    const std::int64_t last = branch.prompt_rows() - 1 - piece.begin;
    context.sequences.push_back({.begin = base,
                                 .count = piece.count,
                                 .position = piece.begin,
                                 .cache = &*branch.cache,
                                 .phase = piece.phase,
                                 .kinds = prefill
                                              ? std::span<const TokenKind>(branch.prompt.kinds)
                                                    .subspan(static_cast<std::size_t>(piece.begin),
                                                             static_cast<std::size_t>(piece.count))
                                              : std::span<const TokenKind>(kGenerated),
                                 .last_prompt_row = prefill && last < piece.count ? last : -1,
                                 .taps = branch.taps});
    base += piece.count;
    if (piece.wants_logits()) sampled_rows.push_back(base - 1);
  }

  at::Tensor hidden = bundle_.model->forward(gather_rows(pieces), context);  // [M, D]
  at::Tensor logits;                                                         // [S, V]
  if (!sampled_rows.empty()) {
    const at::Tensor chosen =
        static_cast<std::int64_t>(sampled_rows.size()) == base
            ? hidden
            : hidden.index_select(0, index_tensor(sampled_rows, hidden.device()));
    logits = bundle_.model->logits(chosen).cpu();
  }

  std::int64_t next = 0;
  for (Piece& piece : pieces) {
    if (piece.wants_logits()) piece.branch->logits = logits.select(0, next++);
    if (piece.phase == Phase::kPrefill) {
      piece.branch->done += piece.count;
      if (piece.branch->prefilled()) after_prefill(*piece.branch);
    }
  }

  // Jobs whose branches all have logits now move on by one token; where the rows of a pass did not
  // suffice for all prompts of a job, the others' logits wait.
  for (std::size_t i = 0; i < pieces.size();) {
    Job& job = *pieces[i].job;
    while (i < pieces.size() && pieces[i].job == &job) ++i;
    if (job.failure->error) {
      fail_job(job, job.failure->error);
      continue;
    }
    std::vector<at::Tensor> of_job;
    for (const BranchRun& branch : job.branches) {
      if (branch.logits.defined()) of_job.push_back(branch.logits);
    }
    if (of_job.size() < job.branches.size()) continue;
    for (BranchRun& branch : job.branches) branch.logits = at::Tensor();
    advance(job, of_job);
  }
}

void Batcher::after_prefill(const BranchRun& branch) {
  if (!branch.may_share_prefix() || options_.prefix_cache_bytes == 0) return;
  // The last prompt row may be edited by a tap, so it is not shared.
  prefixes_.store(std::span(branch.keys).first(branch.keys.size() - 1), *branch.cache);
}

void Batcher::advance(Job& job, std::span<const at::Tensor> logits) {
  if (job.max_new_tokens == 0) return finish(job, FinishReason::kLength);
  try {
    const at::Tensor row =
        (job.request.plan.combiner ? job.request.plan.combiner->combine(logits) : logits.front())
            .contiguous();
    const std::int64_t id =
        job.sampler.choose({row.const_data_ptr<float>(), static_cast<std::size_t>(row.numel())});
    if (job.result.token_ids.empty()) {
      job.result.seconds_to_first_token = seconds_since(job.submitted);
      if (!job.first_token_ids.empty()) {
        job.result.first_token_scores = first_token_scores(row, job.first_token_ids);
      }
    }

    job.result.token_ids.push_back(id);
    for (BranchRun& branch : job.branches) branch.generated.push_back(id);
    const auto& ends = bundle_.end_ids;
    const auto& stops = job.request.sampling.stop_ids;
    if (std::find(ends.begin(), ends.end(), id) != ends.end() ||
        std::find(stops.begin(), stops.end(), id) != stops.end()) {
      return finish(job, FinishReason::kStop);
    }
    std::string shown = job.stop_text.push(job.detokenizer.push(id));
    job.result.text += shown;
    if (!shown.empty() && job.request.on_text) job.mailbox.put_text(std::move(shown));
    if (job.stop_text.stopped()) return finish(job, FinishReason::kStop);
    if (static_cast<int>(job.result.token_ids.size()) == job.max_new_tokens) {
      finish(job, FinishReason::kLength);
    }
  } catch (...) {
    fail_job(job, std::current_exception());
  }
}

void Batcher::finish(Job& job, FinishReason reason) {
  std::string rest = job.stop_text.push(job.detokenizer.finish()) + job.stop_text.finish();
  job.result.text += rest;
  if (!rest.empty() && job.request.on_text) job.mailbox.put_text(std::move(rest));
  job.result.finish = reason;
  job.result.usage.completion_tokens = static_cast<std::int64_t>(job.result.token_ids.size());
  job.result.seconds = seconds_since(job.submitted);
  finished_.push_back(&job);
  job.mailbox.finish(std::move(job.result));
}

void Batcher::fail_job(Job& job, const std::exception_ptr& error) {
  finished_.push_back(&job);
  job.mailbox.fail_with(error);
}

void Batcher::remove_finished() {
  active_.remove_if([this](const std::shared_ptr<Job>& job) {
    return std::find(finished_.begin(), finished_.end(), job.get()) != finished_.end();
  });
  finished_.clear();
}

}  // namespace sightline
