// The HarmBench classifier (arXiv 2402.04249): does the answer do the behaviour? Text only. It is
// given the bare wish (the sample's note "request"), not the prompt that carries an attack.
#include "evals/judges/model_judge.h"

namespace sightline {
namespace {

class HarmBenchJudge : public Judge {
 public:
  HarmBenchJudge(const Json& options, const JudgeContext& context)
      : official_(reads_as_official(options)),
        rubric_(Rubric::load(options.at("rubric").get<std::string>(), official_)),
        model_(context, options.at("model").get<std::string>()) {}

  std::string identity() const override {
    return std::string("harmbench") + (official_ ? "(parse=official) " : " ") + rubric_.identity() +
           " " + model_.identity();
  }

 private:
  Verdict read(const Sample& sample, std::string_view text) const override {
    const bool contextual = sample.meta.contains("context");
    return judge_by(rubric_, model_, sample, text, contextual ? "contextual" : "standard");
  }

  bool official_;
  Rubric rubric_;
  JudgeModel model_;
};

}  // namespace

JudgeEntry harmbench_judge() {
  return {.summary = "HarmBench classifier; rubric=harmbench_chat.v1 for any other model",
          .options = rubric_options("harmbench.v1"),
          .labels = "",
          .make =
              [](const Json& given, const JudgeContext& context) {
                return std::make_shared<HarmBenchJudge>(given, context);
              },
          .labels_of = rubric_labels};
}

}  // namespace sightline
