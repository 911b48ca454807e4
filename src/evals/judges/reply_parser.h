// What a model judge's reply says, by a policy that lies beside its prompt
// (data/rubrics/README.md).
//
//   const ReplyField score(Json{{"pattern", "\\[\\[(\\d+)\\]\\]"}, {"range", {1, 10}}}, "pair.v1");
//   score.read("Rating: [[7]]").number == 7
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "text/regex.h"

namespace sightline {

// One value read from a reply, or why there is none.
struct ReplyValue {
  std::string problem;                // why it could not be read; empty when it was
  std::string text;                   // lower case, trimmed, renamed by the policy's values
  std::optional<double> number = {};  // where the text is one
  bool ok() const { return problem.empty(); }
};

// Immutable; const use is thread-safe.
class ReplyField {
 public:
  // Throws kBadFile naming origin and key.
  ReplyField(const Json& policy, const std::string& origin);

  // The reply may be invalid UTF-8. Throws kUnsupported when the pattern does not come to an end.
  ReplyValue read(std::string_view reply) const;

 private:
  ReplyValue value_of(std::string text) const;

  std::vector<text::Regex> patterns_;  // the first that matches speaks
  bool first_ = false;                 // of several matches; else the last
  bool refuse_multiple_ = false;       // several different values are ambiguous
  bool clamp_ = false;
  std::optional<std::pair<double, double>> range_;
  std::map<std::string, std::string> values_;  // reply's word → ours; empty: as it stands
  std::optional<std::string> missing_;         // what no match means; absent: ambiguous
};

// How a text is compared: valid UTF-8, NFKC, lower case, trimmed.
std::string reply_form(std::string_view text);

}  // namespace sightline
