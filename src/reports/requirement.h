// What a run has to hold for a gate to open:
//
//   METRIC[benchmark=…,defence=…,scenario=…] OP VALUE
//
// with OP one of <=, <, >=, > and VALUE a number or a percentage; upper(METRIC[…]) and
// lower(METRIC[…]) stand for the ends of the 95 % interval. Selectors may be left out: then every
// benchmark that has the metric and every defence has to hold it, over all scenarios.
//
//   unsafe_rate_picture[defence=cmrm]<=5%
//   upper(over_refusal) < 0.1
//
// A metric that another judge's verdicts were counted for is METRIC@JUDGE, as reports call it, the
// judge's options included:
//
//   upper(unsafe_rate@strongreject(model=default)[defence=cmrm]) <= 5%
#pragma once

#include <string>
#include <string_view>

namespace sightline {

enum class Bound { kValue, kUpper, kLower };

struct Requirement {
  std::string text;  // as written
  Bound bound = Bound::kValue;
  std::string metric;
  std::string benchmark;  // empty: each that has the metric
  std::string defence;    // empty: each
  std::string scenario;   // empty: all of them together
  std::string comparison;
  double limit = 0;

  bool at_most() const { return comparison.front() == '<'; }
  bool holds(double value) const;
};

// Throws Error{kUsage} saying what was wanted where.
Requirement parse_requirement(std::string_view text);

}  // namespace sightline
