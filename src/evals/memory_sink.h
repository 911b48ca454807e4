// A run that lives only in memory: for tuning, where only the totals matter.
#pragma once

#include <map>
#include <mutex>
#include <utility>

#include "evals/run_sink.h"
#include "sightline/error.h"

namespace sightline {

// Thread-safe.
class MemorySink : public RunSink {
 public:
  void add_samples(const std::string&, std::span<const Sample>) override {}

  void add_answer(const AnswerKey& key, const Answer& answer, double latency_seconds) override {
    const std::lock_guard lock(mutex_);
    const RecordedAnswer recorded{
        .key = key, .answer = answer, .latency_seconds = latency_seconds, .verdicts = {}};
    if (!answers_.emplace(key, recorded).second) {
      fail(ErrorKind::kInternal, "sample '{}' was answered twice", key.sample);
    }
  }

  void add_verdict(const AnswerKey& key, const std::string& judge,
                   const Verdict& verdict) override {
    const std::lock_guard lock(mutex_);
    answers_.at(key).verdicts[judge] = verdict;
  }

  void set_summaries(std::span<const SummaryRow>) override {}
  void set_state(RunState) override {}

  std::vector<RecordedAnswer> recorded() override {
    const std::lock_guard lock(mutex_);
    std::vector<RecordedAnswer> out;
    for (const auto& [key, answer] : answers_) out.push_back(answer);
    return out;
  }

 private:
  std::mutex mutex_;
  std::map<AnswerKey, RecordedAnswer> answers_;
};

}  // namespace sightline
