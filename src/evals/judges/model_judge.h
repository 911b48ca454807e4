// What judges that ask a model share: the model, the question's slots, the reply.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/options.h"
#include "evals/judges/registry.h"
#include "evals/judges/rubric.h"

namespace sightline {

// What a model judge said, or why it said nothing.
struct JudgeReply {
  Status status = Status::kOk;  // ok, unparsed (it said nothing), error
  std::string text;
  std::string why;  // of a status that is not ok
  Usage usage;
  std::map<std::string, double> first_token = {};  // probability by group; empty: not told
};

// A model that judges. Const use is thread-safe.
class JudgeModel {
 public:
  // `name`: the option `model` of a judge. Throws kUsage when there is no model to ask.
  JudgeModel(const JudgeContext& context, const std::string& name);

  // Greedy. What goes wrong is a reply; only kInterrupted is thrown.
  JudgeReply ask(Conversation conversation, int max_new_tokens,
                 std::vector<TokenGroup> first_token = {}) const;

  // "model NAME DTYPE WEIGHTS TEMPLATE": what tells it from other models.
  const std::string& identity() const { return identity_; }

 private:
  std::shared_ptr<Generator> generator_;
  std::string identity_;
};

// The options {"model", "rubric", "parse"} as most judges have them.
OptionTable model_options();
OptionTable rubric_options(const char* rubric);

// The text of a slot:
//   request    the sample's note "request" when it has one (the bare wish behind an attack), else
//              what the user said last
//   answer     the answer that is judged
//   gold       the accepted answers of the sample, joined by "or"
//   label      "safe" or "unsafe": expected or noted, else of a subset such as SSU
//   any other  expected[slot], else the sample's note `slot`; throws kBadFile when there is neither
Rubric::SlotText slots_of(const Sample& sample, std::string_view answer);

// What the user said last, texts joined by a newline.
std::string last_words(const Sample& sample);

// Puts the sample's pictures before the words of the last turn.
void add_pictures(Conversation& conversation, const Sample& sample);

// A judgement that did not come about: the reply's status, or unparsed with `problem`.
Verdict no_verdict(const JudgeReply& reply, const std::string& problem = "");

// Asks one rubric and reads its field "verdict" into one of its labels; `score` is the number the
// judge gave, or 1.
Verdict judge_by(const Rubric& rubric, const JudgeModel& model, const Sample& sample,
                 std::string_view answer, const std::string& variant = "");

// Yes against no at the first token: P(yes) / (P(yes) + P(no)); nothing where neither was told.
std::vector<TokenGroup> yes_no_groups();
std::optional<double> yes_share(const JudgeReply& reply);

// The judge that is its rubric and nothing else: data/rubrics/RUBRIC.json.
JudgeEntry rubric_judge(const char* name, const char* rubric, const char* summary);

// The labels of the rubric that the options name.
std::string rubric_labels(const Json& options);

// The option `parse` asks for the published script's reading.
bool reads_as_official(const Json& options);

}  // namespace sightline
