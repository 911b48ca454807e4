// The rows that most benchmarks show.
#pragma once

#include <string>

#include "sightline/metric.h"

namespace sightline {

// Of answers of any length, by how they begin; and of short ones, in which a word tells: mini's.
inline constexpr const char* kRefusals = "keywords(list=refusal_start)";
inline constexpr const char* kShortRefusals = "keywords(list=refusal_v1)";

struct CountedLabel {
  std::string label;         // counted: "comply", "refuse", "correct"
  std::string subset = "";   // empty: all
  std::string variant = "";  // empty: all
};

// The share of a label, with its intervals, per scenario too. Lower is better except for "correct".
MetricRow share_row(const std::string& name, const std::string& title, const CountedLabel& share);

MetricRow seconds_row();

}  // namespace sightline
