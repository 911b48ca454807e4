#include "evals/shared_run.h"

#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

#include "base/json.h"
#include "sightline/error.h"

namespace sightline {
namespace {

constexpr const char* kMessage = "a message of another rank";

// CBOR keeps text as it is, also where it is no UTF-8; JSON would not.
std::string packed(const Json& message) {
  std::string out;
  Json::to_cbor(message, out);
  return out;
}

Json unpacked(const std::string& bytes) {
  Json message = Json::from_cbor(bytes, true, false);
  if (message.is_discarded()) fail(ErrorKind::kRemote, "{} is damaged", kMessage);
  return message;
}

template <class T = std::string>
T value(const Json& json, const char* key) {
  return json_get<T>(json, key, kMessage);
}

Json json_of(const AnswerKey& key) {
  return {{"benchmark", key.benchmark}, {"sample", key.sample}, {"defence", key.defence}};
}

AnswerKey key_of(const Json& json) {
  return {value(json, "benchmark"), value(json, "sample"), value(json, "defence")};
}

Json json_of(const Verdict& verdict) {
  return {{"label", verdict.label},
          {"score", verdict.score},
          {"reason", verdict.reason},
          {"raw", verdict.raw},
          {"status", name_of(verdict.status)}};
}

Verdict verdict_of(const Json& json) {
  return {.label = value(json, "label"),
          .score = value<double>(json, "score"),
          .reason = value(json, "reason"),
          .raw = value(json, "raw"),
          .status = status_of(value(json, "status"))};
}

Json json_of(const Answer& answer) {
  return {{"text", answer.text},
          {"status", name_of(answer.status)},
          {"error", answer.error},
          {"token_ids", answer.token_ids},
          {"prompt_tokens", answer.usage.prompt_tokens},
          {"cached_tokens", answer.usage.cached_tokens},
          {"image_tokens", answer.usage.image_tokens},
          {"completion_tokens", answer.usage.completion_tokens},
          {"finish", static_cast<int>(answer.finish)},
          {"seconds", answer.seconds},
          {"first_token_scores", answer.first_token_scores}};
}

Answer answer_of(const Json& json) {
  return {.text = value(json, "text"),
          .status = status_of(value(json, "status")),
          .error = value(json, "error"),
          .token_ids = value<std::vector<std::int64_t>>(json, "token_ids"),
          .usage = {.prompt_tokens = value<std::int64_t>(json, "prompt_tokens"),
                    .cached_tokens = value<std::int64_t>(json, "cached_tokens"),
                    .image_tokens = value<std::int64_t>(json, "image_tokens"),
                    .completion_tokens = value<std::int64_t>(json, "completion_tokens")},
          .finish = static_cast<FinishReason>(value<int>(json, "finish")),
          .seconds = value<double>(json, "seconds"),
          .first_token_scores = json.at("first_token_scores").get<std::map<std::string, double>>()};
}

Json json_of(const RecordedAnswer& recorded) {
  Json verdicts = Json::object();
  for (const auto& [judge, verdict] : recorded.verdicts) verdicts[judge] = json_of(verdict);
  return {{"key", json_of(recorded.key)},
          {"answer", json_of(recorded.answer)},
          {"latency_seconds", recorded.latency_seconds},
          {"verdicts", std::move(verdicts)}};
}

RecordedAnswer recorded_of(const Json& json) {
  RecordedAnswer out{.key = key_of(json.at("key")),
                     .answer = answer_of(json.at("answer")),
                     .latency_seconds = value<double>(json, "latency_seconds"),
                     .verdicts = {}};
  for (const auto& [judge, verdict] : json.at("verdicts").items()) {
    out.verdicts[judge] = verdict_of(verdict);
  }
  return out;
}

// Of a rank that is not the first: what it learns goes to rank 0.
class SendingSink : public RunSink {
 public:
  explicit SendingSink(ProcessGroup& group) : group_(group) {
    const Json known = unpacked(group.receive(0, "asking what is answered already"));
    for (const Json& one : known) recorded_.push_back(recorded_of(one));
  }

  void add_answer(const AnswerKey& key, const Answer& answer, double latency_seconds) override {
    send({{"key", json_of(key)}, {"answer", json_of(answer)}, {"latency_seconds", latency_seconds}},
         "sending an answer");
  }

  void add_verdict(const AnswerKey& key, const std::string& judge,
                   const Verdict& verdict) override {
    send({{"key", json_of(key)}, {"judge", judge}, {"verdict", json_of(verdict)}},
         "sending a verdict");
  }

  void finish() { send({{"done", true}}, "saying that its share is done"); }

  std::vector<RecordedAnswer> recorded() override { return recorded_; }
  void add_samples(const std::string&, std::span<const Sample>) override {}
  void set_summaries(std::span<const SummaryRow>) override {}
  void set_state(RunState) override {}

 private:
  void send(const Json& message, const char* what) {
    const std::lock_guard lock(mutex_);
    group_.send(0, packed(message), what);
  }

  std::mutex mutex_;  // guards sending: one message after the other
  ProcessGroup& group_;
  std::vector<RecordedAnswer> recorded_;
};

// Of rank 0: a thread for each other rank writes what comes from there into the run. The first
// failure asks all to stop.
class Receivers {
 public:
  Receivers(ProcessGroup& group, RunSink& sink, std::stop_source& stop)
      : group_(group), sink_(sink), stop_(stop) {
    for (int rank = 1; rank < group.world(); ++rank) {
      threads_.emplace_back([this, rank] { receive_all(rank); });
    }
  }

  ~Receivers() { ending_ = true; }  // each thread ends after the message that it waits for

  // Until all ranks are done, or one of them failed.
  void wait() {
    threads_.clear();
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  void receive_all(int rank) {
    try {
      while (receive_one(rank) && !ending_) {
      }
    } catch (...) {
      ending_ = true;
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      stop_.request_stop();
    }
  }

  // False when the rank is done.
  bool receive_one(int rank) {
    const std::string what = format("waiting for answers of rank {}", rank);
    const Json message = unpacked(group_.receive(rank, what.c_str()));
    if (message.contains("done")) return false;
    const AnswerKey key = key_of(message.at("key"));
    if (message.contains("answer")) {
      sink_.add_answer(key, answer_of(message.at("answer")),
                       value<double>(message, "latency_seconds"));
    } else {
      sink_.add_verdict(key, value(message, "judge"), verdict_of(message.at("verdict")));
    }
    return true;
  }

  ProcessGroup& group_;
  RunSink& sink_;
  std::stop_source& stop_;
  std::atomic<bool> ending_ = false;
  std::mutex mutex_;
  std::exception_ptr failure_;  // guarded by mutex_ while threads run
  std::vector<std::jthread> threads_;
};

EvalShare share_of(const ProcessGroup& group) {
  return {.part = static_cast<std::size_t>(group.rank()),
          .parts = static_cast<std::size_t>(group.world())};
}

// What is recorded and judged by now, summed up; nobody is asked.
EvalOutcome sum_up(EvalPlan plan, Generator& generator, RunSink& sink) {
  std::stop_source stopped;
  stopped.request_stop();
  plan.stop = stopped.get_token();
  plan.retry_judgements = false;  // done by each rank for its share
  plan.show_progress = false;
  return run_eval(plan, generator, sink);
}

EvalOutcome lead(const EvalPlan& plan, Generator& generator, RunSink& sink, ProcessGroup& group) {
  for (const BenchmarkData& data : plan.benchmarks) sink.add_samples(data.name, data.samples);
  Json known = Json::array();
  for (const RecordedAnswer& one : sink.recorded()) known.push_back(json_of(one));
  for (int rank = 1; rank < group.world(); ++rank) {
    group.send(rank, packed(known), "saying what is answered already");
  }
  std::stop_source stop;
  const std::stop_callback interrupted(plan.stop, [&stop] { stop.request_stop(); });
  Receivers others(group, sink, stop);
  EvalPlan own = plan;
  own.share = share_of(group);
  own.stop = stop.get_token();
  run_eval(own, generator, sink);
  try {
    others.wait();
  } catch (...) {
    sum_up(plan, generator, sink);
    throw;
  }
  return sum_up(plan, generator, sink);
}

EvalOutcome help(const EvalPlan& plan, Generator& generator, ProcessGroup& group) {
  SendingSink sink(group);
  EvalPlan own = plan;
  own.share = share_of(group);
  own.show_progress = false;
  const EvalOutcome outcome = run_eval(own, generator, sink);
  sink.finish();
  return outcome;
}

}  // namespace

EvalOutcome run_eval_together(const EvalPlan& plan, Generator& generator, RunSink* sink,
                              ProcessGroup& group) {
  if (group.world() == 1) return run_eval(plan, generator, *sink);
  return group.layout().leads() ? lead(plan, generator, *sink, group)
                                : help(plan, generator, group);
}

}  // namespace sightline
