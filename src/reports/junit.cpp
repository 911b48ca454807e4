#include "reports/junit.h"

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "reports/cells.h"
#include "reports/text_table.h"

namespace sightline {
namespace {

// Characters that XML 1.0 cannot hold are gone from printable text, but for U+FFFE and U+FFFF.
std::string xml(std::string_view text) {
  std::string clean = printable(text);
  for (const char* bad : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"}) {
    for (std::size_t at; (at = clean.find(bad)) != std::string::npos;) {
      clean.replace(at, 3, "\xEF\xBF\xBD");
    }
  }
  std::string out;
  for (const char c : clean) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string attribute(const std::string& name, std::string_view value) {
  return " " + name + "=\"" + xml(value) + "\"";
}

struct Counts {
  std::int64_t tests = 0;
  std::int64_t failures = 0;
  std::int64_t errors = 0;
  double seconds = 0;
};

Counts count(std::span<const JUnitCase> cases) {
  Counts out;
  for (const JUnitCase& one : cases) {
    ++out.tests;
    out.failures += one.error.empty() && !one.failure.empty();
    out.errors += !one.error.empty();
    out.seconds += one.seconds;
  }
  return out;
}

std::string attributes(const Counts& counts) {
  return attribute("tests", std::to_string(counts.tests)) +
         attribute("failures", std::to_string(counts.failures)) +
         attribute("errors", std::to_string(counts.errors)) +
         attribute("time", fixed(counts.seconds, 3));
}

std::string case_text(const JUnitCase& one) {
  const std::string head = "    <testcase" + attribute("classname", one.group) +
                           attribute("name", one.name) + attribute("time", fixed(one.seconds, 3));
  if (!one.error.empty()) {
    return head + "><error" + attribute("message", one.error) + "/></testcase>\n";
  }
  if (!one.failure.empty()) {
    return head + "><failure" + attribute("message", one.failure) + "/></testcase>\n";
  }
  return head + "/>\n";
}

// A metric that counts events, with what it is called.
struct EventMetric {
  MetricRow row;
  std::shared_ptr<const Metric> metric;
};

// "comply: unsafe rate, with pictures": the titles of the metrics that this verdict makes worse.
std::string failure_of(const ScoredAnswer& answer, std::span<const EventMetric> metrics) {
  std::string titles;
  for (const auto& [row, metric] : metrics) {
    const auto judged = judged_by(row.judge, std::span(&answer, 1));
    if (judged.empty() || !metric->selects(*answer.sample)) continue;
    const std::optional<bool> event = metric->event(judged.front());
    if (event && *event == row.lower_is_better) titles += (titles.empty() ? "" : "; ") + row.title;
  }
  return titles.empty() ? "" : answer.verdict->label + ": " + titles;
}

JUnitCase case_of(const std::string& suite, const ScoredAnswer& answer, const std::string& error,
                  std::span<const EventMetric> metrics) {
  JUnitCase out{.suite = suite,
                .group = answer.sample->subset,
                .name = answer.sample->id,
                .seconds = answer.seconds};
  if (!answer.sample->scenario.empty()) out.group += "." + answer.sample->scenario;
  const Verdict& verdict = *answer.verdict;
  if (verdict.status == Status::kOk) {
    out.failure = failure_of(answer, metrics);
    return out;
  }
  const std::string& why = error.empty() ? verdict.reason : error;
  out.error = std::string(name_of(verdict.status)) + (why.empty() ? "" : ": " + why);
  return out;
}

}  // namespace

std::string junit_text(const std::string& title, std::span<const JUnitCase> cases) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" +
                    attribute("name", title) + attributes(count(cases)) + ">\n";
  for (std::size_t start = 0; start < cases.size();) {
    std::size_t end = start;
    while (end < cases.size() && cases[end].suite == cases[start].suite) ++end;
    const std::span<const JUnitCase> suite = cases.subspan(start, end - start);
    out +=
        "  <testsuite" + attribute("name", suite.front().suite) + attributes(count(suite)) + ">\n";
    for (const JUnitCase& one : suite) out += case_text(one);
    out += "  </testsuite>\n";
    start = end;
  }
  return out + "</testsuites>\n";
}

std::string junit_report(const RunReport& report) {
  std::vector<JUnitCase> cases;
  for (const BenchmarkReport& benchmark : report.benchmarks) {
    std::vector<EventMetric> metrics;
    for (const MetricRow& row : benchmark.metrics) metrics.push_back({row, make_metric(row.spec)});
    for (std::size_t d = 0; d < benchmark.defences.size(); ++d) {
      const std::string suite = benchmark.name + ", " + benchmark.defences[d];
      const std::vector<ScoredAnswer> answers = benchmark.answers(benchmark.defences[d]);
      auto scored = answers.begin();  // in the order of the samples
      for (const SampleReport& sample : benchmark.samples) {
        const auto found =
            std::find_if(sample.answers.begin(), sample.answers.end(),
                         [&](const AnswerReport& answer) { return answer.defence == d; });
        if (found != sample.answers.end()) {
          cases.push_back(case_of(suite, *scored++, found->answer.error, metrics));
        } else {
          cases.push_back({.suite = suite,
                           .group = sample.sample.subset,
                           .name = sample.sample.id,
                           .error = "not answered yet; resume the run"});
        }
      }
    }
  }
  return junit_text(format("sightline run {}", report.run.id), cases);
}

}  // namespace sightline
