// Answers that no judge could read, and what they may have been.
//
//   for (const Verdict& reading : possible_readings(row.spec))
//     … make_metric(row.spec)->value(read_as(reading, answers)) …
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "sightline/metric.h"

namespace sightline {

// Blank, or nothing its judge knows. What failed is not unread: there is no answer.
bool is_unread(const Verdict& verdict);

// The answers with `reading` in place of every unread verdict. Borrows `reading`.
std::vector<ScoredAnswer> read_as(const Verdict& reading, std::span<const ScoredAnswer> answers);

// Verdicts for the unread answers of a metric. All of them read as one of these, its value is the
// highest it can be; as another one, the lowest. (Of a metric that looks at two judges' labels, the
// one verdict cannot be both, and only the lowest is told.)
std::vector<Verdict> possible_readings(std::string_view metric_spec);

}  // namespace sightline
