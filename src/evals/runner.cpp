#include "evals/runner.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <optional>
#include <set>
#include <span>
#include <unordered_map>
#include <utility>

#include "base/progress.h"
#include "base/random.h"
#include "base/workers.h"
#include "evals/cost_clock.h"
#include "sightline/error.h"

namespace sightline {
namespace {

using Clock = std::chrono::steady_clock;

// One answer the plan wants, and what is known of it.
struct Task {
  std::size_t benchmark = 0;
  std::size_t sample = 0;
  std::size_t defence = 0;
  bool done = false;                   // answered and judged
  std::vector<Verdict> verdicts = {};  // of a task that is done, in the order of its judges
  std::size_t failed_judgements = 0;   // of those
  bool failed = false;                 // answered by an error; see failed_answers()
  double seconds = 0;                  // what the answer cost
};

// Who judges the answers of one subset, and what that needs to know of them.
struct SubsetJudges {
  std::vector<std::string> specs;
  std::vector<std::shared_ptr<const Judge>> judges;
  std::vector<TokenGroup> first_token;
};

SubsetJudges judges_of(const std::vector<std::string>& specs, const JudgeContext& context) {
  SubsetJudges out{.specs = specs, .judges = {}, .first_token = {}};
  std::set<std::string> identities;
  std::set<std::string> groups;
  for (const std::string& spec : specs) {
    const auto judge = out.judges.emplace_back(make_judge(spec, context));
    if (!identities.insert(judge->identity()).second) {
      fail(ErrorKind::kUsage, "judge '{}' is given twice", spec);
    }
    for (const TokenGroup& group : judge->first_token()) {
      if (groups.insert(group.name).second) out.first_token.push_back(group);
    }
  }
  return out;
}

// A task answered before, which some judge has not judged.
struct Unjudged {
  Task* task = nullptr;
  RecordedAnswer recorded;
};

bool answer_failed(const Answer& answer) {
  return answer.status == Status::kError || answer.status == Status::kTimeout;
}

using Adapters = std::vector<std::string>;

// What `answer` became: nothing when it was stopped before it was whole.
struct Asked {
  Answer answer;
  double latency_seconds = 0;
};

Answer failed(Status status, std::string why) {
  Answer answer;
  answer.status = status;
  answer.error = std::move(why);
  return answer;
}

std::string first_line(std::string_view text) {
  return std::string(text.substr(0, text.find('\n')));
}

class Runner {
 public:
  Runner(const EvalPlan& plan, Generator& generator, RunSink& sink)
      : plan_(plan), plain_(generator), sink_(sink) {
    for (const BenchmarkData& data : plan_.benchmarks) {
      auto& by_subset = judges_.emplace_back();
      for (const auto& [subset, specs] : data.judges) {
        by_subset.emplace(subset, judges_of(specs, plan_.judging));
      }
      auto& missing = missing_.emplace_back();
      for (const MissingPicture& one : data.missing) missing.emplace(one.sample, one.reason);
    }
  }

  EvalOutcome run() {
    sink_.set_state(RunState::kRunning);
    for (const BenchmarkData& data : plan_.benchmarks) sink_.add_samples(data.name, data.samples);
    make_tasks();
    EvalOutcome outcome{.total = tasks_.size(), .found = take_recorded()};
    work(outcome.total - outcome.found);
    outcome.asked = asked_;
    outcome.complete = std::ranges::all_of(tasks_, &Task::done);
    for (const Task& task : tasks_) {
      outcome.failed_answers += task.failed;
      outcome.failed_judgements += task.failed_judgements;
    }
    outcome.summaries = summaries();
    if (plan_.share.parts > 1) return outcome;
    sink_.set_summaries(outcome.summaries);
    sink_.set_state(outcome.complete ? RunState::kDone : RunState::kInterrupted);
    return outcome;
  }

 private:
  const Sample& sample_of(const Task& task) const {
    return plan_.benchmarks[task.benchmark].samples[task.sample];
  }

  AnswerKey key_of(const Task& task) const {
    return {plan_.benchmarks[task.benchmark].name, sample_of(task).id,
            plan_.defences[task.defence].name};
  }

  const SubsetJudges& judges_of_task(const Task& task) const {
    return judges_[task.benchmark].at(sample_of(task).subset);
  }

  // Every judge's verdict: those `known` as they are, the others made now and recorded.
  void judge(Task& task, const Answer& answer, const std::map<std::string, Verdict>& known) {
    const AnswerKey key = key_of(task);
    for (const auto& judge : judges_of_task(task).judges) {
      const std::string identity = judge->identity();
      const auto found = known.find(identity);
      if (found != known.end()) {
        task.verdicts.push_back(found->second);
        continue;
      }
      task.verdicts.push_back(judge->judge(sample_of(task), answer));
      sink_.add_verdict(key, identity, task.verdicts.back());
    }
    for (const Verdict& verdict : task.verdicts) {
      task.failed_judgements += failed_judgement(answer, verdict);
    }
    task.seconds = answer.seconds;
    task.done = true;
  }

  bool is_failure(const Task& task, const Answer& answer) const {
    return answer_failed(answer) && !missing_[task.benchmark].contains(sample_of(task).id);
  }

  bool is_judged(const Task& task, const RecordedAnswer& recorded) const {
    return std::ranges::all_of(judges_of_task(task).judges, [&](const auto& judge) {
      return recorded.verdicts.contains(judge->identity());
    });
  }

  void make_tasks() {
    std::size_t number = 0;
    for (std::size_t b = 0; b < plan_.benchmarks.size(); ++b) {
      for (std::size_t s = 0; s < plan_.benchmarks[b].samples.size(); ++s) {
        if (number++ % plan_.share.parts != plan_.share.part) continue;
        for (std::size_t d = 0; d < plan_.defences.size(); ++d) {
          tasks_.push_back({.benchmark = b, .sample = s, .defence = d});
        }
      }
    }
  }

  // Takes what is answered already, judging what was answered but not judged; returns how many
  // answers there were.
  std::size_t take_recorded() {
    std::map<AnswerKey, Task*> by_key;
    for (Task& task : tasks_) by_key.emplace(key_of(task), &task);
    std::vector<Unjudged> unjudged;
    std::size_t found = 0;
    for (RecordedAnswer& recorded : sink_.recorded()) {
      const auto place = by_key.find(recorded.key);
      if (place == by_key.end()) continue;
      ++found;
      Task& task = *place->second;
      task.failed = is_failure(task, recorded.answer);
      if (plan_.retry_judgements) drop_failed(recorded);
      if (is_judged(task, recorded))
        judge(task, recorded.answer, recorded.verdicts);
      else
        unjudged.push_back({&task, std::move(recorded)});
    }
    judge_recorded(unjudged);
    return found;
  }

  static void drop_failed(RecordedAnswer& recorded) {
    std::erase_if(recorded.verdicts,
                  [&](const auto& one) { return failed_or_unread(recorded.answer, one.second); });
  }

  void judge_recorded(std::span<const Unjudged> left) {
    std::optional<Progress> progress;
    if (plan_.show_progress && !left.empty()) progress.emplace("judging", left.size(), "answers");
    share_work(left.size(), plan_.workers, plan_.stop, [&](std::size_t i) {
      judge(*left[i].task, left[i].recorded.answer, left[i].recorded.verdicts);
      if (progress) progress->advance();
      return true;
    });
  }

  void work(std::size_t left) {
    std::optional<Progress> progress;
    if (plan_.show_progress && left > 0) progress.emplace("asking", left, "answers");
    std::map<Adapters, std::vector<Task*>> phases;  // the plain model's first
    for (Task& task : tasks_) {
      if (!task.done) phases[plan_.defences[task.defence].defence->adapters()].push_back(&task);
    }
    for (const auto& [adapters, phase] : phases) {
      if (plan_.stop.stop_requested()) return;
      std::unique_ptr<Generator> adapted;
      if (!adapters.empty()) adapted = plan_.adapted(adapters);
      work_on(phase, adapted ? *adapted : plain_, progress ? &*progress : nullptr);
    }
  }

  void work_on(std::span<Task* const> phase, Generator& generator, Progress* progress) {
    share_work(phase.size(), plan_.workers, plan_.stop, [&](std::size_t i) {
      // Only the sink's failures are thrown; a sample's own are answers.
      if (!do_task(*phase[i], generator)) return false;
      ++asked_;
      if (progress != nullptr) progress->advance();
      return true;
    });
  }

  // False when the answer was stopped before it was whole.
  bool do_task(Task& task, Generator& generator) {
    const std::optional<Asked> asked = ask(task, generator);
    if (!asked) return false;
    sink_.add_answer(key_of(task), asked->answer, asked->latency_seconds);
    task.failed = is_failure(task, asked->answer);
    judge(task, asked->answer, {});
    return true;
  }

  // Repeats of an item are asked alike: what is drawn takes a seed of the sample's own. Servers
  // take seeds of 31 bits.
  Sampling sampling_of(const Task& task) const {
    const BenchmarkData& data = plan_.benchmarks[task.benchmark];
    Sampling sampling = plan_.sampling;
    if (sampling.max_new_tokens == 0) sampling.max_new_tokens = data.max_new_tokens;
    if (data.temperature > 0) {
      sampling.temperature = data.temperature;
      sampling.seed = derive_seed(sampling.seed, sample_of(task).id) >> 33;
    }
    return sampling;
  }

  std::optional<Asked> ask(const Task& task, Generator& generator) {
    const Sample& sample = sample_of(task);
    const auto missing = missing_[task.benchmark].find(sample.id);
    if (missing != missing_[task.benchmark].end()) {
      return Asked{failed(Status::kError, missing->second)};
    }
    Request request;
    request.conversation = sample.conversation;
    request.sampling = sampling_of(task);
    request.first_token = judges_of_task(task).first_token;
    const auto start = Clock::now();
    CostClock::Ticket ticket(cost_clock_);
    std::optional<Answer> answer =
        answer_to(request, *plan_.defences[task.defence].defence, generator);
    const double cost = ticket.done();
    if (!answer) return std::nullopt;
    answer->seconds = cost;
    return Asked{std::move(*answer), std::chrono::duration<double>(Clock::now() - start).count()};
  }

  static std::optional<Answer> answer_to(const Request& request, const Defence& defence,
                                         Generator& generator) {
    try {
      Generation generation = defence.answer(request, generator);
      if (generation.finish == FinishReason::kCancelled) return std::nullopt;
      Answer answer;
      answer.text = std::move(generation.text);
      answer.token_ids = std::move(generation.token_ids);
      answer.usage = generation.usage;
      answer.finish = generation.finish;
      answer.first_token_scores = std::move(generation.first_token_scores);
      return answer;
    } catch (const NoAnswer& none) {
      const bool late = none.why() == NoAnswer::Why::kTimeout;
      return failed(late ? Status::kTimeout : Status::kFiltered, none.message());
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::kInterrupted) return std::nullopt;
      return failed(Status::kError, format("{}: {}", name_of(error.kind()), error.message()));
    } catch (const std::exception& error) {
      return failed(Status::kError, first_line(error.what()));
    }
  }

  ScoredAnswer scored(const Task& task) const {
    ScoredAnswer out{&sample_of(task), &task.verdicts.front(), task.seconds};
    const std::vector<std::string>& specs = judges_of_task(task).specs;
    for (std::size_t j = 0; j < specs.size() && specs.size() > 1; ++j) {
      out.verdicts.push_back({specs[j], &task.verdicts[j]});
    }
    return out;
  }

  std::vector<SummaryRow> summaries() const {
    std::vector<SummaryRow> rows;
    for (std::size_t b = 0; b < plan_.benchmarks.size(); ++b) {
      std::vector<DefenceAnswers> answers;
      for (const EvalDefence& defence : plan_.defences) answers.push_back({defence.name, {}});
      for (const Task& task : tasks_) {
        if (task.benchmark != b || !task.done) continue;
        answers[task.defence].answers.push_back(scored(task));
      }
      const BenchmarkData& data = plan_.benchmarks[b];
      const std::vector<SummaryRow> part =
          summarise(data.name, data.metrics, answers, data.baselines);
      rows.insert(rows.end(), part.begin(), part.end());
    }
    return rows;
  }

  const EvalPlan& plan_;
  Generator& plain_;
  RunSink& sink_;
  std::vector<std::map<std::string, SubsetJudges>> judges_;            // by benchmark
  std::vector<std::unordered_map<std::string, std::string>> missing_;  // by benchmark
  std::vector<Task> tasks_;  // each is touched by one worker at a time
  std::atomic<std::size_t> asked_ = 0;
  CostClock cost_clock_;
};

}  // namespace

void override_judge(BenchmarkData& data, const std::string& spec) {
  const std::string labels = judge_labels(spec);
  bool replaced = false;
  for (auto& [subset, judges] : data.judges) {
    if (judge_labels(judges.front()) != labels) continue;
    judges.erase(judges.begin());
    std::erase(judges, spec);
    judges.insert(judges.begin(), spec);
    replaced = true;
  }
  if (!replaced) {
    fail(ErrorKind::kUsage, "judge '{}' says {}, which no subset of {} is judged by", spec, labels,
         data.spec);
  }
}

std::vector<AnswerKey> failed_answers(const EvalPlan& plan,
                                      std::span<const RecordedAnswer> recorded) {
  std::set<std::pair<std::string, std::string>> missing;
  for (const BenchmarkData& data : plan.benchmarks) {
    for (const MissingPicture& one : data.missing) missing.emplace(data.name, one.sample);
  }
  std::vector<AnswerKey> out;
  for (const RecordedAnswer& one : recorded) {
    if (answer_failed(one.answer) && !missing.contains({one.key.benchmark, one.key.sample}))
      out.push_back(one.key);
  }
  return out;
}

bool failed_judgement(const Answer& answer, const Verdict& verdict) {
  return answer.status == Status::kOk &&
         (verdict.status == Status::kError || verdict.status == Status::kTimeout);
}

bool failed_or_unread(const Answer& answer, const Verdict& verdict) {
  return failed_judgement(answer, verdict) ||
         (answer.status == Status::kOk && verdict.status == Status::kUnparsed);
}

EvalOutcome run_eval(const EvalPlan& plan, Generator& generator, RunSink& sink) {
  if (plan.defences.empty()) fail(ErrorKind::kUsage, "no defence to measure; 'none' is one");
  std::set<std::string> names;
  for (const BenchmarkData& data : plan.benchmarks) {
    if (!names.insert(data.name).second) {
      fail_with_hint(ErrorKind::kUsage, "measure each in a run of its own",
                     "benchmark '{}' is given twice", data.name);
    }
  }
  for (const EvalDefence& one : plan.defences) {
    if (!names.insert("defence " + one.name).second) {
      fail(ErrorKind::kUsage, "defence '{}' is given twice", one.name);
    }
    if (!one.defence->adapters().empty() && !plan.adapted) {
      fail_with_hint(ErrorKind::kUnsupported, "measure it with 'sightline eval'",
                     "defence '{}' needs an adapter on the model", one.name);
    }
  }
  return Runner(plan, generator, sink).run();
}

}  // namespace sightline
