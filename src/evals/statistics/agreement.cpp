#include "evals/statistics/agreement.h"

#include <cmath>
#include <cstddef>
#include <map>
#include <numeric>

namespace sightline {
namespace {

std::optional<double> divided(double above, double below) {
  return below == 0 ? std::nullopt : std::optional(above / below);
}

std::optional<double> share(std::int64_t part, std::int64_t rest) {
  return divided(static_cast<double>(part), static_cast<double>(part + rest));
}

// (observed - expected) / (1 - expected)
std::optional<double> beyond_chance(double observed, double expected) {
  return divided(observed - expected, 1 - expected);
}

// Shares of the items on the diagonal, in each row, in each column.
struct Margins {
  double agreed = 0;
  std::vector<double> rows;
  std::vector<double> columns;
};

std::optional<Margins> margins_of(const RatingTable& table) {
  Margins out{0, std::vector<double>(table.size()), std::vector<double>(table.size())};
  double all = 0;
  for (std::size_t i = 0; i < table.size(); ++i) {
    for (std::size_t j = 0; j < table.size(); ++j) {
      const auto count = static_cast<double>(table[i][j]);
      out.rows[i] += count;
      out.columns[j] += count;
      out.agreed += i == j ? count : 0;
      all += count;
    }
  }
  if (all == 0) return std::nullopt;
  out.agreed /= all;
  for (double& row : out.rows) row /= all;
  for (double& column : out.columns) column /= all;
  return out;
}

}  // namespace

std::optional<double> Confusion::precision() const { return share(tp, fp); }
std::optional<double> Confusion::recall() const { return share(tp, fn); }
std::optional<double> Confusion::specificity() const { return share(tn, fp); }
std::optional<double> Confusion::false_positive_rate() const { return share(fp, tn); }
std::optional<double> Confusion::f1() const {
  return divided(2 * static_cast<double>(tp), static_cast<double>(2 * tp + fp + fn));
}

std::optional<double> Confusion::balanced_accuracy() const {
  const std::optional<double> found = recall();
  const std::optional<double> spared = specificity();
  if (!found || !spared) return std::nullopt;
  return (*found + *spared) / 2;
}

std::optional<double> Confusion::mcc() const {
  const auto real = [](std::int64_t count) { return static_cast<double>(count); };
  return divided(real(tp) * real(tn) - real(fp) * real(fn),
                 std::sqrt(real(tp + fp) * real(tp + fn) * real(tn + fp) * real(tn + fn)));
}

RatingTable rating_table(const Confusion& confusion) {
  return {{confusion.tp, confusion.fp}, {confusion.fn, confusion.tn}};
}

std::optional<double> observed_agreement(const RatingTable& table) {
  const std::optional<Margins> margins = margins_of(table);
  return margins ? std::optional(margins->agreed) : std::nullopt;
}

std::optional<double> cohen_kappa(const RatingTable& table) {
  const std::optional<Margins> margins = margins_of(table);
  if (!margins) return std::nullopt;
  const double expected =
      std::inner_product(margins->rows.begin(), margins->rows.end(), margins->columns.begin(), 0.0);
  return beyond_chance(margins->agreed, expected);
}

std::optional<double> gwet_ac1(const RatingTable& table) {
  const std::optional<Margins> margins = margins_of(table);
  if (!margins || table.size() < 2) return std::nullopt;
  double expected = 0;
  for (std::size_t k = 0; k < table.size(); ++k) {
    const double rate = (margins->rows[k] + margins->columns[k]) / 2;
    expected += rate * (1 - rate) / static_cast<double>(table.size() - 1);
  }
  return beyond_chance(margins->agreed, expected);
}

std::optional<double> fleiss_kappa(std::span<const std::vector<std::int64_t>> counts) {
  if (counts.empty()) return std::nullopt;
  const auto raters =
      static_cast<double>(std::accumulate(counts[0].begin(), counts[0].end(), std::int64_t{0}));
  const auto items = static_cast<double>(counts.size());
  std::vector<double> shares(counts[0].size());
  double agreed = 0;
  for (const std::vector<std::int64_t>& item : counts) {
    for (std::size_t k = 0; k < item.size(); ++k) {
      const auto count = static_cast<double>(item[k]);
      agreed += count * (count - 1) / (raters * (raters - 1) * items);
      shares[k] += count / (raters * items);
    }
  }
  return beyond_chance(agreed,
                       std::inner_product(shares.begin(), shares.end(), shares.begin(), 0.0));
}

std::optional<double> krippendorff_alpha(std::span<const std::vector<int>> ratings) {
  std::map<int, double> values;  // pairable ratings of each category
  double n = 0;
  double differing = 0;  // Σ over items of pairs that differ / (ratings - 1)
  for (const std::vector<int>& item : ratings) {
    if (item.size() < 2) continue;
    const auto size = static_cast<double>(item.size());
    std::map<int, double> counts;
    for (const int value : item) counts[value] += 1;
    double equal = 0;
    for (const auto& [value, count] : counts) {
      equal += count * (count - 1);
      values[value] += count;
    }
    differing += (size * (size - 1) - equal) / (size - 1);
    n += size;
  }
  double expected = n * (n - 1);
  for (const auto& [value, count] : values) expected -= count * (count - 1);
  if (expected == 0) return std::nullopt;
  return 1 - (n - 1) * differing / expected;
}

std::optional<double> krippendorff_alpha(const RatingTable& table) {
  std::vector<std::vector<int>> ratings;
  for (std::size_t i = 0; i < table.size(); ++i) {
    for (std::size_t j = 0; j < table.size(); ++j) {
      const auto count = static_cast<std::size_t>(table[i][j]);
      ratings.insert(ratings.end(), count,
                     std::vector<int>{static_cast<int>(i), static_cast<int>(j)});
    }
  }
  return krippendorff_alpha(std::span<const std::vector<int>>(ratings));
}

}  // namespace sightline
