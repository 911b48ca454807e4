// Yes or no by the probabilities of a model's first token instead of its words: local models only.
#include "evals/judges/model_judge.h"

namespace sightline {
namespace {

class FirstTokenJudge : public Judge {
 public:
  FirstTokenJudge(const Json& options, const JudgeContext& context)
      : threshold_(options.at("threshold").get<double>()),
        rubric_(Rubric::load(options.at("rubric").get<std::string>())),
        model_(context, options.at("model").get<std::string>()) {}

  std::string identity() const override {
    return format("first_token(threshold={}) {} {}", threshold_, rubric_.identity(),
                  model_.identity());
  }

 private:
  Verdict read(const Sample& sample, std::string_view text) const override {
    Conversation conversation = rubric_.fill(slots_of(sample, text));
    if (rubric_.picture()) add_pictures(conversation, sample);
    const JudgeReply reply = model_.ask(std::move(conversation), 1, yes_no_groups());
    const std::optional<double> yes = yes_share(reply);  // also where the token itself is blank
    if (!yes) {
      return reply.status == Status::kOk
                 ? no_verdict(reply, "came without the probabilities of its first token")
                 : no_verdict(reply);
    }
    const bool says_yes = *yes >= threshold_;
    const std::string word = says_yes ? "yes" : "no";
    const std::string label = rubric_.label_of({.problem = "", .text = word, .number = {}});
    if (label.empty()) return no_verdict(reply, "'" + word + "' has no label in " + rubric_.id());
    return {.label = label,
            .score = says_yes ? *yes : 1 - *yes,
            .reason = format("P(yes) is {} of P(yes) + P(no)", *yes),
            .raw = reply.text};
  }

  double threshold_;
  Rubric rubric_;
  JudgeModel model_;
};

}  // namespace

JudgeEntry first_token_judge() {
  OptionTable options = model_options();
  options.push_back(
      {"rubric", "refusal.v1", "a yes-or-no file of data/rubrics without .json, or a path"});
  options.push_back({"threshold", 0.5, "smallest share of yes that is a yes", 0.0, 1.0});
  return {.summary = "yes or no by the probabilities of a local model's first token",
          .options = std::move(options),
          .labels = "",
          .make =
              [](const Json& given, const JudgeContext& context) {
                return std::make_shared<FirstTokenJudge>(given, context);
              },
          .labels_of = rubric_labels};
}

}  // namespace sightline
