#include "engine/local_engine.h"

#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>

#include "nn/kernels/kernels.h"
#include "sightline/error.h"

namespace sightline {
namespace {

// Tokens that are exactly one of the spellings. Vocabularies write a leading space as it is, as
// "Ġ" (byte-level) or as "▁" (SentencePiece).
TokenIds ids_of(const TokenGroup& group, const Tokenizer& tokenizer, std::int64_t vocabulary) {
  TokenIds ids;
  for (const std::string& spelling : group.spellings) {
    const bool spaced = spelling.starts_with(' ');
    for (const char* space : {" ", "\u0120", "\u2581"}) {
      const auto id = tokenizer.token_id(spaced ? space + spelling.substr(1) : spelling);
      const bool fresh = id && std::find(ids.begin(), ids.end(), *id) == ids.end();
      if (fresh && *id < vocabulary) ids.push_back(*id);
    }
  }
  return ids;
}

}  // namespace

LocalEngine::LocalEngine(Bundle bundle, const EngineOptions& options)
    : bundle_(std::move(bundle)), options_(options), vision_(options.vision_cache_bytes) {
  if (options_.max_batch < 1 || options_.max_prefill_rows < 1) {
    fail(ErrorKind::kUsage, "max_batch and max_prefill_rows should be at least 1, found {} and {}",
         options_.max_batch, options_.max_prefill_rows);
  }
  thread_ = std::thread([this] { run(); });
}

LocalEngine::~LocalEngine() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  arrived_.notify_all();
  thread_.join();
}

Generation LocalEngine::generate(const Request& request) {
  const std::shared_ptr<Job> job = prepare(request);
  {
    const std::lock_guard lock(mutex_);
    inbox_.push_back(job);
  }
  arrived_.notify_one();
  try {
    return job->mailbox.wait(request.on_text);
  } catch (...) {
    job->abandoned.request_stop();
    throw;
  }
}

BranchRun LocalEngine::prepare_branch(const Conversation& conversation, const TapList& taps,
                                      const std::shared_ptr<const PixelEdit>& pixels) const {
  BranchRun branch;
  branch.prompt = encode_prompt(conversation, bundle_);
  branch.pixels = pixels;
  branch.pixels_key = pixels ? pixels->cache_key() : "";
  branch.keys = branch.prompt.row_keys(branch.pixels_key);
  branch.taps = taps;
  return branch;
}

std::shared_ptr<Job> LocalEngine::prepare(const Request& request) {
  auto job = std::make_shared<Job>(request, *bundle_.tokenizer);
  const Plan& plan = request.plan;
  if (!plan.branches.empty() && !plan.combiner) {
    fail(ErrorKind::kUsage, "a plan with {} further branches needs a logit combiner",
         plan.branches.size());
  }
  const c10::InferenceMode no_grad;
  job->branches.push_back(prepare_branch(
      request.conversation, guarded_taps(plan.taps, plan.gates, job->failure), plan.pixels));
  for (const Branch& branch : plan.branches) {
    job->branches.push_back(prepare_branch(
        branch.conversation, guarded_taps(branch.taps, {}, job->failure), branch.pixels));
  }
  if (static_cast<int>(job->branches.size()) > options_.max_batch) {
    fail(ErrorKind::kUsage, "a plan of {} branches does not fit a batch of {}",
         job->branches.size(), options_.max_batch);
  }

  std::int64_t longest = 0;
  for (BranchRun& branch : job->branches) {
    longest = std::max(longest, branch.prompt_rows());
    // Decoding and resizing happen here, on the caller's thread, unless the features are known.
    for (const auto& picture : branch.prompt.pictures) {
      const bool known = !branch.taps_vision() && vision_.find(picture->sha256 + branch.pixels_key);
      branch.picture_pixels.push_back(known ? at::Tensor() : load_pixels(*picture, bundle_));
    }
  }
  const std::int64_t room = bundle_.model->shape().context - longest;
  job->max_new_tokens =
      static_cast<int>(std::min<std::int64_t>(request.sampling.max_new_tokens, room));

  for (const TokenGroup& group : request.first_token) {
    job->first_token_ids[group.name] =
        ids_of(group, *bundle_.tokenizer, bundle_.model->shape().vocabulary);
  }

  const EncodedPrompt& first = job->branches.front().prompt;
  job->result.usage.prompt_tokens = static_cast<std::int64_t>(first.ids.size());
  job->result.usage.image_tokens =
      std::count(first.kinds.begin(), first.kinds.end(), TokenKind::kImage);
  return job;
}

void LocalEngine::run() {
  const c10::InferenceMode no_grad;
  const int threads = options_.threads > 0 ? options_.threads
                                           : static_cast<int>(std::thread::hardware_concurrency());
  at::set_num_threads(threads);
  kernels::set_kernel_threads(threads);
  Batcher batcher(bundle_, options_, vision_);
  while (true) {
    {
      std::unique_lock lock(mutex_);
      if (batcher.idle()) arrived_.wait(lock, [this] { return stopping_ || !inbox_.empty(); });
      if (stopping_) break;
      for (auto& job : inbox_) batcher.add(std::move(job));
      inbox_.clear();
    }
    try {
      batcher.step();
    } catch (...) {
      batcher.fail_all(std::current_exception());
    }
  }
  const auto closed =
      std::make_exception_ptr(Error(ErrorKind::kInterrupted, "the engine was shut down"));
  batcher.fail_all(closed);
  const std::lock_guard lock(mutex_);
  for (const auto& job : inbox_) job->mailbox.fail_with(closed);
  inbox_.clear();
}

ModelInfo LocalEngine::info() const {
  const ModelShape& shape = bundle_.model->shape();
  ModelInfo info;
  info.name = bundle_.name;
  info.family = shape.family;
  info.dtype = bundle_.dtype;
  info.device = bundle_.model->device().str();
  info.weights_sha256 = weights_sha256(bundle_);
  info.template_sha256 = bundle_.chat_template ? bundle_.chat_template->sha256() : "";
  info.layers = shape.layers;
  info.width = shape.width;
  info.context = shape.context;
  info.sees_pictures = shape.image_token.has_value();
  info.picture_mean = bundle_.preprocess.image_mean;
  return info;
}

}  // namespace sightline
