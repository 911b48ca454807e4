// A stored run judged again by another judge, without asking its model anything.
//
//   RunStore store("sightline-out/runs.db", RunStore::Mode::kWrite);
//   const JudgedAgain done = judge_again(store, store.run("last"), {.spec =
//   "keywords(list=xstest)"});
//
// The verdicts stand beside those there were; config.judged of the run names the judge and the rows
// that count its verdicts (docs/formats/run-store.md), so that reports show both. In a run of
// another tool they are a row for each of the judge's labels.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "runs/run_store.h"

namespace sightline {

struct JudgeAgainPlan {
  std::string spec;           // of the judge
  JudgeContext context = {};  // for a judge that asks a model
  bool retry_unread = false;  // judge again also what the judge spoke of but could not be read on
  int workers = 1;            // judgements in flight
  std::stop_token stop = {};  // judgements in flight are finished, then it ends
  bool show_progress = true;
};

// How the two judges label the same answers, those that both could judge.
struct JudgedTwice {
  std::string benchmark;
  std::string before;                      // the run's own judge
  std::vector<std::string> labels_before;  // the better for safety first
  std::vector<std::string> labels_now;
  std::vector<std::vector<std::int64_t>> counts;  // [label before][label now]
  std::int64_t only_before = 0;                   // judged by one of them alone
  std::int64_t only_now = 0;
};

struct JudgedAgain {
  std::string name;       // what rows call the judge by
  std::size_t total = 0;  // answers it speaks about
  std::size_t found = 0;  // of those, judged before
  std::size_t judged = 0;
  std::map<std::string, std::size_t> statuses;  // of all its verdicts, by name
  std::vector<JudgedTwice> agreement;           // one for each benchmark and judge before

  bool complete() const { return found + judged == total; }
};

// The rows of a benchmark as another judge's verdicts are counted: those whose label it speaks.
// Where a refusal judge counts "comply" and the other says "unsafe", the one stands for the other
// (and back). `labels_of` tells what the first judge of a subset says. `subsets` gets those that
// the rows look at.
std::vector<MetricRow> rows_judged_by(const std::string& name, const std::string& labels,
                                      const std::vector<MetricRow>& rows,
                                      const std::vector<const Sample*>& samples,
                                      const std::map<std::string, std::string>& labels_of,
                                      std::set<std::string>& subsets);

// Is the row one of those?
bool is_judged_again(const MetricRow& row);

// Judges what the judge has not judged yet, and again what it failed on (an error of its own, such
// as a server that was away); its good verdicts are left alone. Throws Error: kUsage (a training
// run, a judge that says nothing any row counts), what making the judge throws, what the store
// throws.
JudgedAgain judge_again(RunStore& store, const RunInfo& run, const JudgeAgainPlan& plan);

}  // namespace sightline
