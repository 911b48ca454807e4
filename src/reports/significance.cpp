#include "reports/significance.h"

#include <span>

#include "evals/statistics/multiplicity.h"

namespace sightline {
namespace {

using Adjustment = std::vector<double>(std::span<const double> p);

AdjustedFamily adjusted(const Family& family, Adjustment& by) {
  std::vector<double> p;
  for (const auto* member : family) {
    if (*member) p.push_back((*member)->p);
  }
  const std::vector<double> values = by(p);
  AdjustedFamily out(family.size());
  std::size_t next = 0;
  for (std::size_t i = 0; i < family.size(); ++i) {
    if (*family[i]) out[i] = values[next++];
  }
  return out;
}

}  // namespace

AdjustedFamily claimed(const Family& family) { return adjusted(family, holm); }

AdjustedFamily explored(const Family& family) { return adjusted(family, benjamini_hochberg); }

}  // namespace sightline
