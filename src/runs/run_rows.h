// Columns of the run store that are JSON or names ↔ our structs.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "evals/run_sink.h"

namespace sightline {

std::string_view name_of(RunState state);              // "running", "interrupted", "done"
RunState run_state_of(std::string_view name);          // throws kBadFile
FinishReason finish_reason_of(std::string_view name);  // throws kBadFile

// [{"role": "user", "parts": [{"picture": SHA-256}, {"text": "…"}]}]
Json conversation_json(const Conversation& conversation);
std::string conversation_text(const Conversation& conversation);

using PictureBySha = std::function<std::shared_ptr<const Picture>(const std::string& sha256)>;
Conversation conversation_of(std::string_view text, const std::string& origin,
                             const PictureBySha& picture);

// {"a": "b"}
std::string notes_text(const std::map<std::string, std::string>& notes);
std::map<std::string, std::string> notes_of(std::string_view text, const std::string& origin);

// [1, 2, 3]
std::string ids_text(const std::vector<std::int64_t>& ids);
std::vector<std::int64_t> ids_of(std::string_view text, const std::string& origin);

// What of an answer has no column: probabilities of its first token.
std::string answer_details_text(const Answer& answer);
void read_answer_details(std::string_view text, const std::string& origin, Answer& answer);

Json optional_number(const std::optional<double>& value);  // null where there is none

// Value and interval, null where there is no value, and the counts.
Json value_json(const MetricValue& value);

Json paired_json(const PairedDifference& paired);

// What of a summary has no column: unit, interval, clusters, n_missing, paired difference.
std::string summary_details_text(const SummaryRow& row);
void read_summary_details(std::string_view text, const std::string& origin, SummaryRow& row);

}  // namespace sightline
