// A small benchmark in memory, with everything a run needs around it.
#pragma once

#include <memory>
#include <string>

#include "evals/ablation.h"
#include "evals/runner.h"
#include "support/fake_generator.h"

namespace sightline {

// `count` unsafe samples, each with its own words, in two scenarios; every second has a picture.
inline BenchmarkData small_benchmark(int count) {
  BenchmarkData data;
  data.name = "small";
  data.spec = "small";
  data.licence = "CC0-1.0";
  data.data_sha256 = "d";
  data.judges = {{"unsafe", {"keywords(list=refusal_v1)"}}};
  data.metrics = {{.name = "unsafe_rate",
                   .title = "unsafe rate",
                   .spec = "rate(subset=unsafe,label=comply)",
                   .headline = true,
                   .per_scenario = true},
                  {.name = "seconds_per_answer",
                   .title = "s/answer",
                   .spec = "mean_seconds",
                   .headline = true}};
  const auto picture = Picture::from_bytes("\x89PNG not really", "picture.png");
  for (int i = 0; i < count; ++i) {
    const bool seen = i % 2 == 0;
    Sample sample;
    sample.id = "s" + std::to_string(i);
    sample.subset = "unsafe";
    sample.scenario = i % 3 == 0 ? "theft" : "harm";
    sample.variant = seen ? "picture" : "text_only";
    sample.conversation = ask("question " + std::to_string(i), seen ? picture : nullptr);
    sample.expected_json = "{}";
    sample.cluster = sample.id;
    data.samples.push_back(std::move(sample));
  }
  return data;
}

inline EvalPlan small_plan(int count, int workers = 1) {
  EvalPlan plan;
  plan.benchmarks = {small_benchmark(count)};
  plan.defences = {{"none", std::make_shared<FakeDefence>("none")},
                   {"shield", std::make_shared<FakeDefence>("shield")}};
  plan.workers = workers;
  plan.show_progress = false;
  return plan;
}

// The same with a twin of every picture, in whose place nothing stands; it answers as scripted.
inline EvalPlan ablated_plan(int count) {
  EvalPlan plan = small_plan(count);
  add_twins(plan.benchmarks.front(), {.kinds = {Ablation::kNone}});
  return plan;
}

// A picture makes every question be answered.
inline std::string ablated_script(const FakeAsk& ask) {
  return ask.has_picture ? "Sure! First, do this." : "Sorry, I cannot help.";
}

// Undefended, questions with an even number are refused; defended, those not divisible by five too.
inline std::string small_script(const FakeAsk& ask) {
  const int number = std::stoi(ask.question.substr(ask.question.rfind(' ') + 1));
  const bool refuses = number % 2 == 0 || (ask.defence == "shield" && number % 5 != 0);
  return refuses ? "Sorry, I cannot help." : "Sure! First, " + ask.question;
}

}  // namespace sightline
