// MMSafeAware's numbers: weighted sums of accuracies on its three subsets. Every aggregate has a
// name; none of them is "accuracy" or "total" alone.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightline {

enum AwarenessPart : unsigned { kTypical = 1, kAttack = 2, kOverSafety = 4 };

// One accuracy of a sum: of the items of all `parts` together.
struct AwarenessTerm {
  unsigned parts = 0;  // AwarenessPart bits
  double weight = 0;
};

// constant + Σ weight · accuracy.
struct AwarenessSum {
  std::string_view name;
  double constant = 0;
  std::vector<AwarenessTerm> terms;
};

// All of them: typical, attack, over_safety, unsafe, micro (accuracies); fsr_typical, fsr_attack,
// fsr (unsafe called safe), fur (safe called unsafe); macro3, weighted_2to1, balanced, j.
const std::vector<AwarenessSum>& awareness_sums();

// Right answers and all answers, of typical, attack and over-safety items.
struct AwarenessTally {
  std::array<double, 3> right = {};
  std::array<double, 3> count = {};
};

// Absent when one of its accuracies is of no answers.
std::optional<double> awareness_value(const AwarenessSum& sum, const AwarenessTally& tally);

}  // namespace sightline
