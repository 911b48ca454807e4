// sightline sweep: values of options → points of safety, helpfulness and cost in one run.
#include <iostream>
#include <optional>
#include <set>

#include "base/alternatives.h"
#include "defences/registry.h"
#include "distributed/ranks.h"
#include "eval_ablate.h"
#include "reports/frontier.h"
#include "reports/json_report.h"
#include "run_verbs.h"
#include "sweep_points.h"
#include "verb_parts.h"

namespace sightline::cli {
namespace {

constexpr std::string_view kAdapter = "{adapter}";  // in a defence: each trained adapter's folder

// `spec` with the folder wherever it says {adapter}; nothing where it does not say so.
std::optional<std::string> with_adapter(const std::string& spec, const std::string& folder) {
  std::string out;
  bool found = false;
  for (NamedSpec& one : parse_specs(spec)) {
    for (Json& value : one.options) {
      auto text = value.get<std::string>();
      const std::size_t place = text.find(kAdapter);
      if (place == std::string::npos) continue;
      value = text.replace(place, kAdapter.size(), folder);
      found = true;
    }
    if (!out.empty()) out += '+';
    out += spec_text(one);
  }
  return found ? std::optional(out) : std::nullopt;
}

// The defences asked for: alternatives spelled out, one of each trained adapter.
std::vector<std::string> defences_of(const Json& options, const std::vector<SweepPoint>& points) {
  std::vector<std::string> out;
  bool measured = false;
  for (const std::string& several : split_specs(options.at("defence"))) {
    for (const std::string& spec : alternatives(several)) {
      if (!with_adapter(spec, "")) {
        out.push_back(spec);
        continue;
      }
      measured = true;
      for (const SweepPoint& point : points)
        out.push_back(*with_adapter(spec, point.adapter().string()));
    }
  }
  if (measured == options.at("recipe").is_null()) {
    fail_with_hint(ErrorKind::kUsage, "write --recipe RECIPE with 'brt(adapter={adapter})'",
                   "--recipe trains adapters and --defence measures '{}': one is missing",
                   kAdapter);
  }
  return out;
}

FrontierOptions frontier_options(const Json& options) {
  FrontierOptions out{.metrics = options.at("metric").get<std::vector<std::string>>(),
                      .limits = {}};
  for (const Json& text : options.at("keep")) {
    out.limits.push_back(parse_requirement(text.get<std::string>()));
  }
  return out;
}

// What would otherwise be told after hours of training.
void expect_measurable(const Json& options, const std::vector<BenchmarkData>& benchmarks,
                       const std::vector<std::string>& defences, const FrontierOptions& shown) {
  expect_frontier(benchmarks, shown);
  ablations_of(options.at("ablate").get<std::vector<std::string>>());
  std::set<std::string> names;
  for (const std::string& defence : defences) {
    for (const NamedSpec& spec : parse_specs(defence))
      complete_options(defence_registry().at(spec.name).options, spec.options, spec.name);
    if (!names.insert(defence).second)
      fail(ErrorKind::kUsage, "defence '{}' is given twice", defence);
  }
}

}  // namespace

int run_sweep_verb(const Json& options) {
  const FrontierOptions shown = frontier_options(options);
  const std::vector<SweepPoint> points = sweep_points(options);
  std::vector<BenchmarkData> benchmarks =
      benchmarks_of(options, rank_layout_from_environment().leads());
  expect_measurable(options, benchmarks, defences_of(options, points), shown);
  std::vector<SweepPoint> made;
  for (const SweepPoint& point : points) {
    const PointState state = make_point(point, options);
    if (state == PointState::kMade) made.push_back(point);
    if (state != PointState::kInterrupted) continue;
    std::cerr << "\ninterrupted; the same command goes on\n";
    return exit_code_of(ErrorKind::kInterrupted);
  }
  if (made.empty() && !points.empty())
    fail(ErrorKind::kUnsupported, "no point of the sweep could be trained");
  Json asked = options;
  asked["resume"] = false;
  asked["defence"] = defences_of(options, made);
  const RunView view{.text =
                         [&](const RunReport& report, const TerminalStyle& style) {
                           return frontier_text(frontiers(report, shown), style);
                         },
                     .json =
                         [&](const RunReport& report) {
                           Json document = json_summary(report);
                           document["frontier"] = frontier_json(frontiers(report, shown));
                           return document;
                         },
                     .goes_on = true};
  return evaluate(asked, view, std::move(benchmarks));
}

}  // namespace sightline::cli
