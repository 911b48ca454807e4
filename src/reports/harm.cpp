#include "reports/harm.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>

#include "evals/one_spec.h"

namespace sightline {
namespace {

// What a metric counts, its label or MMSafeAware's accuracy: harm done, and the absence of harm.
constexpr std::array<std::string_view, 5> kHarm = {"comply", "unsafe", "fsr", "fsr_typical",
                                                   "fsr_attack"};
constexpr std::array<std::string_view, 5> kNoHarm = {"refuse", "safe", "unsafe", "typical",
                                                     "attack"};

}  // namespace

bool counts_harm(const MetricRow& row) {
  const NamedSpec metric = one_spec(row.spec, "metric");
  const std::string counted =
      metric.options.value("label", metric.options.value("of", std::string()));
  const std::span<const std::string_view> known(row.lower_is_better ? kHarm : kNoHarm);
  return std::find(known.begin(), known.end(), counted) != known.end();
}

}  // namespace sightline
