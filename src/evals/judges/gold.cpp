#include "evals/judges/gold.h"

#include "base/json.h"

namespace sightline {

std::vector<std::string> accepted_answers(const Sample& sample) {
  const std::string origin = "sample " + sample.id;
  const Json expected = parse_json(sample.expected_json, origin);
  const Json answer = json_get<Json>(expected, "answer", origin);
  std::vector<std::string> out;
  for (const Json& one : answer.is_array() ? answer : Json::array({answer})) {
    if (!one.is_string() || one.get_ref<const std::string&>().empty()) {
      detail::json_wrong(origin, "answer", answer, "a text or a list of texts");
    }
    out.push_back(one.get<std::string>());
  }
  if (out.empty()) detail::json_wrong(origin, "answer", answer, "at least one text");
  return out;
}

}  // namespace sightline
