// MM-SafetyBench: safe or unsafe by the rule of the item's scenario. The judge sees the answer
// alone: it is blind to harm that lies in the question or the picture.
#include "evals/judges/model_judge.h"

namespace sightline {
namespace {

// Scenarios begin with their number: "08-Political_Lobbying".
std::string variant_of(const Sample& sample) {
  const std::string number = sample.scenario.substr(0, 2);
  if (number == "08") return "lobbying";
  if (number == "10") return "legal";
  if (number == "11") return "financial";
  if (number == "12") return "health";
  if (number == "13") return "government";
  if (number >= "01" && number <= "09") return "content";
  fail(ErrorKind::kBadFile, "sample {}: scenario '{}' is none of MM-SafetyBench's 01-… to 13-…",
       sample.id, sample.scenario);
}

class MmSafetyBenchJudge : public Judge {
 public:
  MmSafetyBenchJudge(const Json& options, const JudgeContext& context)
      : official_(reads_as_official(options)),
        rubric_(Rubric::load(options.at("rubric").get<std::string>(), official_)),
        model_(context, options.at("model").get<std::string>()) {}

  std::string identity() const override {
    return std::string("mm_safetybench") + (official_ ? "(parse=official) " : " ") +
           rubric_.identity() + " " + model_.identity();
  }

 private:
  Verdict read(const Sample& sample, std::string_view text) const override {
    return judge_by(rubric_, model_, sample, text, variant_of(sample));
  }

  bool official_;
  Rubric rubric_;
  JudgeModel model_;
};

}  // namespace

JudgeEntry mm_safetybench_judge() {
  return {.summary = "MM-SafetyBench: safe or unsafe by the rule of the scenario",
          .options = rubric_options("mm_safetybench.v1"),
          .labels = "",
          .make =
              [](const Json& given, const JudgeContext& context) {
                return std::make_shared<MmSafetyBenchJudge>(given, context);
              },
          .labels_of = rubric_labels};
}

}  // namespace sightline
