#include "evals/unread.h"

#include "evals/one_spec.h"

namespace sightline {

bool is_unread(const Verdict& verdict) {
  return verdict.status == Status::kUnparsed || verdict.status == Status::kEmpty;
}

std::vector<ScoredAnswer> read_as(const Verdict& reading, std::span<const ScoredAnswer> answers) {
  std::vector<ScoredAnswer> out(answers.begin(), answers.end());
  for (ScoredAnswer& answer : out) {
    if (is_unread(*answer.verdict)) answer.verdict = &reading;
    for (NamedVerdict& by : answer.verdicts) {
      if (is_unread(*by.verdict)) by.verdict = &reading;
    }
  }
  return out;
}

// A metric counts right answers or the label it is given; an answer that is another way counts the
// other way, whatever its label.
std::vector<Verdict> possible_readings(std::string_view metric_spec) {
  std::vector<Verdict> out;
  const auto add = [&out](const std::string& label) {
    out.push_back({.label = label, .score = 1, .reason = "", .raw = ""});
  };
  add("correct");
  add("wrong");
  const NamedSpec metric = one_spec(metric_spec, "metric");
  if (metric.options.contains("label")) add(metric.options.at("label").get<std::string>());
  return out;
}

}  // namespace sightline
