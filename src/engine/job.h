// A request on its way through the engine, shared by the caller that waits and the engine's thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "engine/branch.h"
#include "engine/sampler.h"
#include "engine/stop_text.h"
#include "sightline/request.h"
#include "text/detokenizer.h"

namespace sightline {

// The caller's side: text as it comes, then the result or an error. Thread-safe.
class Mailbox {
 public:
  void put_text(std::string text);
  void finish(Generation result);
  void fail_with(std::exception_ptr error);

  // Blocks; hands every piece of text to `on_text` on the calling thread, then returns or throws.
  Generation wait(const std::function<void(std::string_view)>& on_text);

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string text_;
  std::optional<Generation> result_;
  std::exception_ptr error_;
};

using TokenIds = std::vector<std::int64_t>;
using EngineClock = std::chrono::steady_clock;

// Owned by the engine's thread once queued, except the mailbox.
struct Job {
  Job(const Request& asked, const Tokenizer& tokenizer)
      : request(asked),
        sampler(asked.sampling),
        detokenizer(tokenizer),
        stop_text(asked.sampling.stop) {}

  Request request;
  std::vector<BranchRun> branches;
  std::shared_ptr<TapFailure> failure = std::make_shared<TapFailure>();
  Sampler sampler;
  Detokenizer detokenizer;
  StopText stop_text;
  int max_new_tokens = 0;                           // after the context was taken into account
  std::map<std::string, TokenIds> first_token_ids;  // by Request::first_token's names
  Generation result;
  EngineClock::time_point submitted = EngineClock::now();
  Mailbox mailbox;
  std::stop_source abandoned;  // the caller gave up (its on_text threw)

  bool cancelled() const { return request.cancel.stop_requested() || abandoned.stop_requested(); }
};

}  // namespace sightline
