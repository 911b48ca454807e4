// LlavaGuard (arXiv 2406.05113): is the picture safe by a policy? It never sees the answer.
#include "evals/judges/guard.h"

namespace sightline {
namespace {

class LlavaGuardJudge : public Judge {
 public:
  LlavaGuardJudge(const Json& options, const JudgeContext& context)
      : official_(reads_as_official(options)),
        rubric_(Rubric::load(options.at("rubric").get<std::string>(), official_)),
        names_(category_names(rubric_)),
        policy_(json_get<std::string>(rubric_.extra(), "policy", rubric_.id())),
        model_(context, options.at("model").get<std::string>()) {}

  std::string identity() const override {
    return std::string("llavaguard") + (official_ ? "(parse=official) " : " ") +
           rubric_.identity() + " " + model_.identity();
  }

 private:
  Verdict read(const Sample& sample, std::string_view) const override {
    Conversation conversation = rubric_.fill([&](const std::string&) { return policy_; });
    const std::size_t words = conversation.back().parts.size();
    add_pictures(conversation, sample);
    if (conversation.back().parts.size() == words) {
      fail(ErrorKind::kUsage, "sample {} has no picture, and llavaguard judges pictures",
           sample.id);
    }
    const JudgeReply reply = model_.ask(std::move(conversation), rubric_.max_new_tokens());
    if (reply.status != Status::kOk) return no_verdict(reply);
    const ReplyValue rating = rubric_.field("verdict").read(reply.text);
    if (!rating.ok()) return no_verdict(reply, rating.problem);
    const std::string label = rubric_.label_of(rating);
    if (label.empty()) return no_verdict(reply, "says '" + rating.text + "'");
    std::string code = rubric_.field("category").read(reply.text).text;
    if (!code.empty()) code[0] = 'O';
    const auto name = names_.find(code);
    return {.label = label,
            .score = 1,
            .reason = label + (name == names_.end() ? "" : ": " + code + " " + name->second),
            .raw = reply.text};
  }

  bool official_;
  Rubric rubric_;
  CategoryNames names_;
  std::string policy_;
  JudgeModel model_;
};

}  // namespace

JudgeEntry llavaguard_judge() {
  return {.summary = "LlavaGuard: is the picture safe by a policy; blind to question and answer",
          .options = rubric_options("llavaguard.v1"),
          .labels = "safe,unsafe",
          .make = [](const Json& given, const JudgeContext& context) {
            return std::make_shared<LlavaGuardJudge>(given, context);
          }};
}

}  // namespace sightline
