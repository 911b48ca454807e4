#include "reports/cells.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

namespace sightline {
namespace {

constexpr const char* kMinus = "−";

// Seconds below a tenth need a third digit.
std::string number(const MetricValue& value, double at) {
  if (value.unit == "share") return fixed(100 * at, 1);
  if (value.unit == "index") return (at < 0 ? kMinus : "") + fixed(std::abs(at), 3);
  return fixed(at, *value.value < 0.1 ? 3 : 2);
}

std::string bracketed(const MetricValue& value, double low, double high) {
  return "[" + number(value, low) + ", " + number(value, high) + "]";
}

}  // namespace

std::string fixed(double value, int digits) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.*f", digits, value);
  return text.data();
}

std::string measure_text(const std::optional<double>& value) {
  return value ? fixed(*value, 3) : "–";
}

std::string value_text(const MetricValue& value) {
  if (!value.value) return "–";
  const char* unit = value.unit == "share" ? " %" : value.unit == "seconds" ? " s" : "";
  return number(value, *value.value) + unit;
}

std::string interval_text(const MetricValue& value) {
  if (!value.value) return "";
  return bracketed(value, value.low, value.high);
}

std::string clustered_text(const MetricValue& value) {
  if (!value.value || !value.clustered_low) return "";
  return bracketed(value, *value.clustered_low, *value.clustered_high);
}

std::string counts_text(const MetricCounts& counts) {
  std::string text = "n=" + std::to_string(counts.n_ok);
  const std::array<std::pair<std::int64_t, const char*>, 4> left_out = {
      {{counts.n_unparsed, " unparsed"},
       {counts.n_empty, " empty"},
       {counts.n_error, " error"},
       {counts.n_missing, " missing"}}};
  for (const auto& [count, name] : left_out) {
    if (count > 0) text += ", " + std::to_string(count) + name;
  }
  return text;
}

std::string cell_text(const MetricValue& value) {
  const std::string interval = interval_text(value);
  return value_text(value) + (interval.empty() ? "" : " " + interval) + " " +
         counts_text(value.counts);
}

std::string p_text(double p) { return p < 0.001 ? "p < 0.001" : "p = " + fixed(p, 3); }

std::string points_text(double share) {
  const double points = 100 * share;
  const std::string sign = std::abs(points) < 0.05 ? "±" : points < 0 ? kMinus : "+";
  return sign + fixed(std::abs(points), 1);
}

std::string paired_text(const SummaryRow& row) {
  if (!row.paired) return "";
  return points_text(row.paired->difference) + " points against " + row.paired->against + ", " +
         p_text(row.paired->p);
}

}  // namespace sightline
