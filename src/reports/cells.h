// Numbers as people read them, the same in every format.
#pragma once

#include <optional>
#include <string>

#include "evals/summary.h"

namespace sightline {

// A share in percent with one digit, an index with three, seconds with two or, when short, three.
std::string value_text(const MetricValue& value);     // "12.3 %", "0.41 s", "–" without a value
std::string interval_text(const MetricValue& value);  // "[9.1, 16.5]", empty without a value
// The interval that takes clusters into account, empty where every answer is its own.
std::string clustered_text(const MetricValue& value);
std::string counts_text(const MetricCounts& counts);  // "n=93", "n=90, 2 unparsed, 3 missing"
std::string cell_text(const MetricValue& value);      // all three: "12.3 % [9.1, 16.5] n=93"

std::string points_text(double share);  // a difference of shares: "−18.3", "+4.0", "±0.0"

// "−18.3 points against none, p = 0.002"; empty without one.
std::string paired_text(const SummaryRow& row);

std::string fixed(double value, int digits);
std::string measure_text(const std::optional<double>& value);  // "0.842", "–" without one
std::string p_text(double p);                                  // "p = 0.032", "p < 0.001"

}  // namespace sightline
