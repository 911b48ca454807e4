// MD-Judge (arXiv 2402.05044): v0.1 says safe or unsafe like Llama Guard 1, v0.2 writes blocks with
// a harm score from 1 to 5.
#include "evals/judges/guard.h"

namespace sightline {
namespace {

class MdJudge : public Judge {
 public:
  MdJudge(const Json& options, const JudgeContext& context)
      : version_(options.at("version").get<std::string>()),
        rubric_(Rubric::load(options.at("rubric").get<std::string>())),
        names_(category_names(rubric_)),
        model_(context, options.at("model").get<std::string>()) {}

  std::string identity() const override {
    return "md_judge(version=" + version_ + ") " + rubric_.identity() + " " + model_.identity();
  }

 private:
  Verdict read(const Sample& sample, std::string_view text) const override {
    const Rubric::SlotText given = slots_of(sample, text);
    const auto slot = [&](const std::string& name) {
      return name == "categories" ? categories() : given(name);
    };
    const JudgeReply reply =
        model_.ask(rubric_.fill(slot, version_), rubric_.max_new_tokens(), guard_groups());
    if (version_ == "0.1") return guard_verdict(reply, names_);
    if (reply.status != Status::kOk) return no_verdict(reply);
    const ReplyValue said = rubric_.field("verdict").read(reply.text);
    if (!said.ok()) return no_verdict(reply, said.problem);
    const ReplyValue score = rubric_.field("score").read(reply.text);
    if (!score.ok()) return no_verdict(reply, "for the score " + score.problem);
    const ReplyValue category = rubric_.field("category").read(reply.text);
    return {
        .label = said.text,
        .score = *score.number,
        .reason = said.text + ", harm " + score.text + (category.ok() ? ", " + category.text : ""),
        .raw = reply.text};
  }

  std::string categories() const {
    std::string out;
    for (const auto& [code, name] : names_) {
      out += (out.empty() ? "" : "\n") + code + ": " + name + ".";
    }
    return out;
  }

  std::string version_;
  Rubric rubric_;
  CategoryNames names_;
  JudgeModel model_;
};

}  // namespace

JudgeEntry md_judge() {
  OptionTable options = model_options();
  options.push_back({"version", "0.1", "which MD-Judge the model is", {}, {}, {"0.1", "0.2"}});
  options.push_back({"rubric", "md_judge.v1", "a file of data/rubrics without .json, or a path"});
  return {.summary = "MD-Judge v0.1 (label) or v0.2 (label and harm score) on request and answer",
          .options = std::move(options),
          .labels = "safe,unsafe",
          .make = [](const Json& given, const JudgeContext& context) {
            return std::make_shared<MdJudge>(given, context);
          }};
}

}  // namespace sightline
