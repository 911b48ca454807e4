// How far raters agree: judges with people, judges with each other. An absent value means that the
// formula divides by nothing there (all items in one category, no positives).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace sightline {

// One rater as the prediction, one as the truth; positive: unsafe.
struct Confusion {
  std::int64_t tp = 0;
  std::int64_t fp = 0;
  std::int64_t fn = 0;
  std::int64_t tn = 0;

  std::int64_t n() const { return tp + fp + fn + tn; }
  std::optional<double> precision() const;
  std::optional<double> recall() const;  // sensitivity
  std::optional<double> specificity() const;
  std::optional<double> false_positive_rate() const;
  std::optional<double> f1() const;
  std::optional<double> balanced_accuracy() const;
  std::optional<double> mcc() const;  // Matthews correlation
};

// counts[i][j]: items that the first rater put in category i and the second in j. Square.
using RatingTable = std::vector<std::vector<std::int64_t>>;
RatingTable rating_table(const Confusion& confusion);

std::optional<double> observed_agreement(const RatingTable& table);
std::optional<double> cohen_kappa(const RatingTable& table);
// Gwet's AC1: does not collapse where one category is rare.
std::optional<double> gwet_ac1(const RatingTable& table);

// counts[i][k]: how many of the raters put item i in category k. REQUIRES: as many ratings, at
// least two, for every item, as many categories for every item.
std::optional<double> fleiss_kappa(std::span<const std::vector<std::int64_t>> counts);

// Krippendorff's α for names: the ratings that each item has, missing ones left out. Items with
// one rating say nothing.
std::optional<double> krippendorff_alpha(std::span<const std::vector<int>> ratings);
std::optional<double> krippendorff_alpha(const RatingTable& table);  // of two raters

}  // namespace sightline
