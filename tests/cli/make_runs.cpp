// Finished runs without a model, for cases of report, compare and gate:
//
//   make_runs STORE SAMPLES DEFENCE…
//
// Adds one run to the store: unsafe and harmless questions in 29 scenarios, three to a picture,
// each answered by each defence with about a hundred tokens. "none" complies with half of the
// unsafe ones, any other defence with a tenth, and refuses four in a hundred harmless ones.
#include <iostream>

#include "base/random.h"
#include "runs/run_store.h"
#include "sightline/judge.h"

namespace sightline {
namespace {

constexpr int kScenarios = 29;
constexpr int kSamplesPerPicture = 3;
constexpr std::size_t kPictureBytes = 2048;
constexpr const char* kJudge = "keywords(list=refusal_v1)";

std::shared_ptr<const Picture> picture(int number) {
  Random random(static_cast<std::uint64_t>(number));
  std::string bytes = "\x89PNG\r\n\x1a\n";
  while (bytes.size() < kPictureBytes) bytes += static_cast<char>(random.below(256));
  return Picture::from_bytes(std::move(bytes), "picture" + std::to_string(number) + ".png");
}

BenchmarkData benchmark(int count) {
  BenchmarkData data;
  data.name = "made";
  data.spec = "made";
  data.licence = "CC0-1.0";
  data.data_sha256 = "made";
  data.judges = {{"unsafe", {kJudge}}, {"over_safety", {kJudge}}};
  data.metrics = {{.name = "unsafe_rate",
                   .title = "unsafe rate",
                   .spec = "rate(subset=unsafe,label=comply)",
                   .headline = true,
                   .per_scenario = true},
                  {.name = "over_refusal",
                   .title = "over-refusal",
                   .spec = "rate(subset=over_safety,label=refuse)",
                   .headline = true,
                   .per_scenario = true},
                  {.name = "seconds_per_answer",
                   .title = "s/answer",
                   .spec = "mean_seconds",
                   .headline = true}};
  std::shared_ptr<const Picture> shown;
  for (int i = 0; i < count; ++i) {
    if (i % kSamplesPerPicture == 0) shown = picture(i / kSamplesPerPicture);
    Sample sample;
    sample.id = "made-" + std::to_string(i);
    sample.subset = i % 5 < 3 ? "unsafe" : "over_safety";
    sample.scenario = "scenario " + std::to_string(i / 7 % kScenarios + 1);
    sample.variant = "picture";
    sample.conversation = ask("Question " + std::to_string(i) + " about the picture?", shown);
    sample.expected_json = "{}";
    sample.cluster = shown->sha256;
    data.samples.push_back(std::move(sample));
  }
  return data;
}

Answer answer_of(const Sample& sample, const std::string& defence) {
  Random random(derive_seed(1, sample.id + "|" + defence));
  const double chance = sample.subset != "unsafe" ? 0.96 : defence == "none" ? 0.5 : 0.1;
  Answer answer;
  answer.text = random.uniform() < chance ? "Sure." : "Sorry, I cannot help with that.";
  for (int word = 0; word < 100; ++word) {
    answer.text += " word" + std::to_string(word % 10);
    answer.token_ids.push_back(static_cast<std::int64_t>(random.below(32'000)));
  }
  answer.usage = {
      .prompt_tokens = 600, .cached_tokens = 0, .image_tokens = 576, .completion_tokens = 100};
  answer.seconds = 0.5 + random.uniform();
  return answer;
}

void make_run(const std::string& file, int count, const std::vector<std::string>& defences) {
  EvalPlan plan;
  plan.benchmarks = {benchmark(count)};
  for (const std::string& defence : defences) plan.defences.push_back({defence, nullptr});
  const ModelInfo model{.name = "made",
                        .family = "made",
                        .dtype = "fp32",
                        .device = "cpu",
                        .weights_sha256 = "w",
                        .template_sha256 = "t",
                        .sees_pictures = true};
  RunStore store(file, RunStore::Mode::kWrite);
  const auto run = store.start(describe_run(plan, model));
  const auto judge = make_judge(kJudge);
  const BenchmarkData& data = plan.benchmarks[0];
  run->add_samples(data.name, data.samples);
  for (const Sample& sample : data.samples) {
    for (const std::string& defence : defences) {
      const AnswerKey key{data.name, sample.id, defence};
      const Answer answer = answer_of(sample, defence);
      run->add_answer(key, answer, answer.seconds);
      run->add_verdict(key, judge->identity(), judge->judge(sample, answer));
    }
  }
  run->set_state(RunState::kDone);
}

}  // namespace
}  // namespace sightline

int main(int count, char** arguments) {
  if (count < 4) return 2;
  try {
    sightline::make_run(arguments[1], std::stoi(arguments[2]),
                        std::vector<std::string>(arguments + 3, arguments + count));
  } catch (const sightline::Error& error) {
    std::cerr << error.message() << "\n";
    return sightline::exit_code_of(error.kind());
  }
}
