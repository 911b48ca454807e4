// Right when the answer holds one of the accepted words: whole words, any case.
#include "evals/judges/gold.h"
#include "evals/judges/registry.h"
#include "evals/plain_text.h"
#include "text/unicode.h"

namespace sightline {
namespace {

// No word character directly before, or after, `at`.
bool free_before(std::string_view text, std::size_t at) {
  return at == 0 || !text::is_word(text::utf8_step(text, text::previous_character(text, at)).value);
}

bool free_after(std::string_view text, std::size_t at) {
  return at == text.size() || !text::is_word(text::utf8_step(text, at).value);
}

// Is `wanted` in `text` with no word character on either side?
bool holds_whole(std::string_view text, std::string_view wanted) {
  for (std::size_t at = text.find(wanted); at != std::string_view::npos;
       at = text.find(wanted, at + 1)) {
    if (free_before(text, at) && free_after(text, at + wanted.size())) return true;
  }
  return false;
}

class WordsJudge : public Judge {
 public:
  std::string identity() const override { return "words"; }

 private:
  Verdict read(const Sample& sample, std::string_view text) const override {
    const auto form = [](std::string_view raw) {
      return lower_case(normalise_basic(text::repair_utf8(raw)));
    };
    const std::string answer = form(text);
    const std::vector<std::string> accepted = accepted_answers(sample);
    for (const std::string& word : accepted) {
      if (holds_whole(answer, form(word))) {
        return {.label = "correct", .score = 1, .reason = "says '" + word + "'", .raw = ""};
      }
    }
    return {.label = "wrong", .score = 1, .reason = "none of " + to_text(accepted), .raw = ""};
  }
};

}  // namespace

JudgeEntry words_judge() {
  return {.summary = "right when the answer holds an accepted word",
          .options = {},
          .labels = "correct,wrong",
          .make = [](const Json&, const JudgeContext&) { return std::make_shared<WordsJudge>(); }};
}

}  // namespace sightline
