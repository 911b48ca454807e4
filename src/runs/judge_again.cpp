#include "runs/judge_again.h"

#include <algorithm>
#include <atomic>
#include <optional>

#include "base/progress.h"
#include "base/workers.h"
#include "evals/judges/registry.h"
#include "evals/labels.h"
#include "evals/one_spec.h"

namespace sightline {
namespace {

// The row's metric counting what `labels` has for its label; empty where that cannot be.
std::string metric_judged_by(const std::string& spec, const std::string& before,
                             const std::string& labels) {
  NamedSpec metric = one_spec(spec, "metric");
  if (!metric.options.contains("label")) {
    const bool of_verdicts = make_metric(spec)->value({}).unit != "seconds";
    return of_verdicts && before == labels ? spec : "";
  }
  const std::string label = label_among(metric.options.at("label").get<std::string>(), labels);
  if (label.empty()) return "";
  metric.options["label"] = label;
  return spec_text(metric);
}

// Runs of older versions kept no specs: a judge's identity begins with its name.
std::string labels_said_by(const RunJudge& judge) {
  return judge_labels(judge.spec.empty()
                          ? judge.identity.substr(0, judge.identity.find_first_of("( "))
                          : judge.spec);
}

// What the first judge of each subset says.
std::map<std::string, std::string> labels_by_subset(const RunJudges& judges) {
  std::map<std::string, std::string> out;
  for (const auto& [subset, all] : judges) out[subset] = labels_said_by(all.front());
  return out;
}

bool speaks_of_harm(const std::vector<std::string>& labels) {
  return std::any_of(labels.begin(), labels.end(), says_harm);
}

// Whether equal labels, or harm in the words of either, can be counted at all.
bool is_comparable(const JudgedTwice& both) {
  return both.labels_before == both.labels_now ||
         (speaks_of_harm(both.labels_before) && speaks_of_harm(both.labels_now));
}

void attribute(MetricRow& row, const std::string& judge) {
  row.name += "@" + judge;
  row.judge = judge;
  row.group = "judged by " + judge;
}

struct Task {
  const Sample* sample = nullptr;
  const RecordedAnswer* answer = nullptr;
  const RunJudge* before = nullptr;
  std::optional<Verdict> verdict = {};
};

class JudgingAgain {
 public:
  JudgingAgain(RunStore& store, const RunInfo& run, const JudgeAgainPlan& plan)
      : store_(store),
        run_(run),
        plan_(plan),
        origin_("run " + std::to_string(run.id)),
        judge_(make_judge(plan.spec, plan.context)),
        identity_(judge_->identity()),
        labels_(judge_labels(plan.spec)) {
    out_.name = plan.spec;
  }

  JudgedAgain run() {
    samples_ = store_.samples(run_.id);
    answers_ = store_.answers(run_.id);
    const Json judged = choose();
    writer_ = store_.judge(run_.id, judged);
    for (const auto& [benchmark, samples] : by_benchmark_) {
      // Gives the writer the ids of samples that are there; it adds none.
      std::vector<Sample> known;
      for (const Sample* sample : samples) known.push_back(*sample);
      writer_->add_samples(benchmark, known);
    }
    work();
    sum_up();
    return std::move(out_);
  }

 private:
  // Which answers the judge speaks about; what the run's config says of it.
  Json choose() {
    for (const StoredSample& one : samples_) by_benchmark_[one.benchmark].push_back(&one.sample);
    Json judged = run_.config.value("judged", Json::object());
    const Json asks = json_get<Json>(run_.config, "asks", origin_);
    const Json model = json_get_or<Json>(asks, "model", origin_, Json::object());
    imported_ = json_get_or<std::string>(model, "family", origin_, "") == kImportedFamily;
    for (const Json& facts : json_get<Json>(asks, "benchmarks", origin_)) {
      const auto name = json_get<std::string>(facts, "name", origin_);
      judges_[name] = judges_of_run(facts, origin_);
      std::set<std::string> subsets;
      rename(judges_[name]);
      const std::vector<MetricRow> rows =
          imported_ ? rows_of_labels(by_benchmark_[name], subsets)
                    : rows_judged_by(out_.name, labels_, metric_rows(run_.config, name, origin_),
                                     by_benchmark_[name], labels_by_subset(judges_[name]), subsets);
      if (rows.empty()) continue;
      add_tasks(name, subsets);
      if (is_judge_of(judges_[name], subsets)) continue;
      Json& part = judged[name];
      part["judges"][out_.name] = {{"identity", identity_}, {"subsets", subsets}};
      part["metrics"][out_.name] = metric_rows_json(rows);
    }
    if (tasks_.empty()) {
      fail_with_hint(ErrorKind::kUsage, "'sightline list judges' shows what others say",
                     "judge '{}' says {}, which no result of {} counts", plan_.spec, labels_,
                     origin_);
    }
    return judged;
  }

  // Rows of their own for the labels of the judge: those of another tool's run count what its
  // judge said.
  std::vector<MetricRow> rows_of_labels(const std::vector<const Sample*>& samples,
                                        std::set<std::string>& subsets) const {
    for (const Sample* sample : samples) subsets.insert(sample->subset);
    const std::vector<std::string> labels = label_list(labels_);
    std::vector<MetricRow> out;
    for (const std::string& label : labels) {
      MetricRow& row = out.emplace_back(label_row(label));
      row.lower_is_better = label != labels.front();
      attribute(row, out_.name);
    }
    return out;
  }

  // One of the run's own judges: its rows are there.
  bool is_judge_of(const RunJudges& judges, const std::set<std::string>& subsets) const {
    return std::all_of(subsets.begin(), subsets.end(), [&](const std::string& subset) {
      return judges.at(subset).front().identity == identity_;
    });
  }

  // A judge of the run may have this very spec: with another list or model behind it, its verdicts
  // need another name.
  void rename(const RunJudges& judges) {
    for (const auto& [subset, all] : judges) {
      for (const RunJudge& one : all) {
        if (one.spec == out_.name && one.identity != identity_) out_.name = identity_;
      }
    }
  }

  void add_tasks(const std::string& benchmark, const std::set<std::string>& subsets) {
    std::map<std::string, const Sample*> by_id;
    for (const Sample* sample : by_benchmark_[benchmark]) {
      if (subsets.contains(sample->subset)) by_id.emplace(sample->id, sample);
    }
    for (const RecordedAnswer& answer : answers_) {
      const auto sample = by_id.find(answer.key.sample);
      if (answer.key.benchmark != benchmark || sample == by_id.end()) continue;
      Task task{.sample = sample->second,
                .answer = &answer,
                .before = &judges_[benchmark].at(sample->second->subset).front()};
      const auto known = answer.verdicts.find(identity_);
      if (known != answer.verdicts.end() && !is_retried(answer.answer, known->second)) {
        task.verdict = known->second;
        ++out_.found;
      }
      tasks_.push_back(std::move(task));
    }
    out_.total = tasks_.size();
  }

  bool is_retried(const Answer& answer, const Verdict& verdict) const {
    return plan_.retry_unread ? failed_or_unread(answer, verdict)
                              : failed_judgement(answer, verdict);
  }

  void work() {
    std::vector<Task*> left;
    for (Task& task : tasks_) {
      if (!task.verdict) left.push_back(&task);
    }
    std::optional<Progress> progress;
    if (plan_.show_progress && !left.empty()) progress.emplace("judging", left.size(), "answers");
    std::atomic<std::size_t> judged = 0;
    share_work(left.size(), plan_.workers, plan_.stop, [&](std::size_t i) {
      judge(*left[i]);
      ++judged;
      if (progress) progress->advance();
      return true;
    });
    out_.judged = judged;
  }

  // Throws the store's failures, or that the model was shut down.
  void judge(Task& task) {
    Verdict verdict = judge_->judge(*task.sample, task.answer->answer);
    writer_->add_verdict(task.answer->key, identity_, verdict);
    task.verdict = std::move(verdict);
  }

  void sum_up() {
    for (const Task& task : tasks_) {
      if (!task.verdict) continue;
      ++out_.statuses[std::string(name_of(task.verdict->status))];
      if (task.before->identity == identity_ || task.before->identity.empty()) continue;
      const auto before = task.answer->verdicts.find(task.before->identity);
      const bool was =
          before != task.answer->verdicts.end() && before->second.status == Status::kOk;
      const bool is = task.verdict->status == Status::kOk;
      JudgedTwice& both = both_of(task);
      both.only_before += was && !is;
      both.only_now += is && !was;
      if (was && is) count(both, before->second.label, task.verdict->label);
    }
    if (!imported_) return;
    std::erase_if(out_.agreement, [](const JudgedTwice& both) { return !is_comparable(both); });
  }

  // The labels that a judge was seen to give; the new judge's, where it knows them all.
  std::vector<std::string> labels_given_by(const std::string& identity) const {
    std::set<std::string> given;
    for (const RecordedAnswer& answer : answers_) {
      const auto verdict = answer.verdicts.find(identity);
      if (verdict == answer.verdicts.end() || verdict->second.status != Status::kOk) continue;
      given.insert(verdict->second.label);
    }
    const bool known = std::ranges::all_of(
        given, [this](const std::string& label) { return has_label(labels_, label); });
    return known ? label_list(labels_) : std::vector<std::string>(given.begin(), given.end());
  }

  JudgedTwice& both_of(const Task& task) {
    const std::string& benchmark = task.answer->key.benchmark;
    for (JudgedTwice& one : out_.agreement) {
      if (one.benchmark == benchmark && one.before == task.before->identity) return one;
    }
    JudgedTwice& added = out_.agreement.emplace_back();
    added.benchmark = benchmark;
    added.before = task.before->identity;
    added.labels_before = imported_ ? labels_given_by(task.before->identity)
                                    : label_list(labels_said_by(*task.before));
    added.labels_now = label_list(labels_);
    added.counts.assign(added.labels_before.size(),
                        std::vector<std::int64_t>(added.labels_now.size()));
    return added;
  }

  static void count(JudgedTwice& both, const std::string& before, const std::string& now) {
    const auto row = std::find(both.labels_before.begin(), both.labels_before.end(), before);
    const auto column = std::find(both.labels_now.begin(), both.labels_now.end(), now);
    if (row == both.labels_before.end() || column == both.labels_now.end()) return;
    ++both.counts[static_cast<std::size_t>(row - both.labels_before.begin())]
                 [static_cast<std::size_t>(column - both.labels_now.begin())];
  }

  RunStore& store_;
  const RunInfo& run_;
  const JudgeAgainPlan& plan_;
  const std::string origin_;
  const std::shared_ptr<const Judge> judge_;
  const std::string identity_;
  const std::string labels_;
  bool imported_ = false;
  std::vector<StoredSample> samples_;
  std::vector<RecordedAnswer> answers_;
  std::map<std::string, std::vector<const Sample*>> by_benchmark_;
  std::map<std::string, RunJudges> judges_;  // by benchmark
  std::unique_ptr<RunWriter> writer_;
  std::vector<Task> tasks_;  // each is touched by one worker
  JudgedAgain out_;
};

}  // namespace

std::vector<MetricRow> rows_judged_by(const std::string& name, const std::string& labels,
                                      const std::vector<MetricRow>& rows,
                                      const std::vector<const Sample*>& samples,
                                      const std::map<std::string, std::string>& labels_of,
                                      std::set<std::string>& subsets) {
  std::vector<MetricRow> out;
  for (const MetricRow& row : rows) {
    if (!row.judge.empty()) continue;  // about another judge
    const std::shared_ptr<const Metric> metric = make_metric(row.spec);
    std::set<std::string> looked_at;
    for (const Sample* sample : samples) {
      if (metric->selects(*sample)) looked_at.insert(sample->subset);
    }
    if (looked_at.empty() || !labels_of.contains(*looked_at.begin())) continue;
    MetricRow judged = row;
    judged.spec = metric_judged_by(row.spec, labels_of.at(*looked_at.begin()), labels);
    if (judged.spec.empty()) continue;
    attribute(judged, name);
    out.push_back(std::move(judged));
    subsets.insert(looked_at.begin(), looked_at.end());
  }
  return out;
}

bool is_judged_again(const MetricRow& row) {
  return !row.judge.empty() && row.name.ends_with("@" + row.judge);
}

JudgedAgain judge_again(RunStore& store, const RunInfo& run, const JudgeAgainPlan& plan) {
  if (run.kind == RunKind::kTrain) {
    fail_with_hint(ErrorKind::kUsage, "evaluations have answers to judge",
                   "run {} is a training run, it asked nothing", run.id);
  }
  return JudgingAgain(store, run, plan).run();
}

}  // namespace sightline
