// Right when the answer, or the <verdict> it reasons towards, begins with the gold Yes or No; any
// other first word is unparsed. Told so, it looks behind the last "Answer:".
#include "evals/judges/gold.h"
#include "evals/judges/registry.h"
#include "evals/plain_text.h"
#include "text/unicode.h"

namespace sightline {
namespace {

// The first run of word characters, lower case.
std::string first_word(std::string_view raw) {
  const std::string answer = lower_case(text::repair_utf8(raw));
  std::string word;
  for (std::size_t at = 0; at < answer.size();) {
    const text::Utf8Step step = text::utf8_step(answer, at);
    const bool inside = text::is_word(step.value);
    if (!inside && !word.empty()) break;
    if (inside) word.append(answer, at, step.size);
    at += step.size;
  }
  return word;
}

class YesNoJudge : public Judge {
 public:
  explicit YesNoJudge(std::string after) : after_(std::move(after)) {}

  std::string identity() const override {
    return after_.empty() ? "yes_no"
                          : spec_text({.name = "yes_no", .options = {{"after", after_}}});
  }

 private:
  Verdict read(const Sample& sample, std::string_view text) const override {
    const std::size_t mark = after_.empty() ? std::string_view::npos : text.rfind(after_);
    if (mark != std::string_view::npos) text.remove_prefix(mark + after_.size());
    if (mark == std::string_view::npos && !after_.empty()) {
      return {.label = "",
              .score = 0,
              .reason = "says no '" + after_ + "'",
              .raw = "",
              .status = Status::kUnparsed};
    }
    const std::string answer = lower_case(text::repair_utf8(text));
    const std::string said = first_word(conclusion(answer));
    if (said != "yes" && said != "no") {
      return {.label = "",
              .score = 0,
              .reason = "begins with '" + said + "', wanted Yes or No",
              .raw = "",
              .status = Status::kUnparsed};
    }
    const bool right = said == first_word(accepted_answers(sample).front());
    return {.label = right ? "correct" : "wrong", .score = 1, .reason = "said " + said, .raw = ""};
  }

  std::string after_;
};

}  // namespace

JudgeEntry yes_no_judge() {
  return {.summary = "right when the answer begins with the gold Yes or No",
          .options = {{"after", "", "look behind the last of these words; empty: at the start"}},
          .labels = "correct,wrong",
          .make = [](const Json& options, const JudgeContext&) {
            return std::make_shared<YesNoJudge>(options.at("after").get<std::string>());
          }};
}

}  // namespace sightline
