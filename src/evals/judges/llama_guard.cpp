// Llama Guard 1 to 4. Category codes differ between versions: S5 of 2 is not S5 of 3.
#include <algorithm>

#include "evals/judges/guard.h"
#include "evals/judges/verdict_vote.h"

namespace sightline {
namespace {

bool sees_pictures(const std::string& version) { return version == "3-vision" || version == "4"; }

// "O1" before "O2", "S2" before "S10".
std::vector<std::string> in_order(const CategoryNames& names) {
  std::vector<std::string> codes;
  for (const auto& [code, name] : names) codes.push_back(code);
  std::sort(codes.begin(), codes.end(), [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  });
  return codes;
}

class LlamaGuardJudge : public Judge {
 public:
  LlamaGuardJudge(const Json& options, const JudgeContext& context)
      : version_(options.at("version").get<std::string>()),
        own_(options.at("wording") == "ours"),
        excluded_(options.at("excluded").get<std::string>()),
        rubric_(Rubric::load(options.at("rubric").get<std::string>())),
        names_(category_names(rubric_, version_)),
        model_(context, options.at("model").get<std::string>()) {
    if (!excluded_.empty() && !own_) {
      fail_with_hint(ErrorKind::kUsage, "add wording=ours",
                     "llama_guard: the template of the weights takes no excluded categories");
    }
    for (const std::string& code : split_list(excluded_, ';')) {
      if (names_.erase(code) == 0) {
        fail(ErrorKind::kUsage, "llama_guard {}: there is no category '{}'", version_, code);
      }
    }
  }

  std::string identity() const override {
    return format("llama_guard(version={},wording={},excluded={}) {} {}", version_,
                  own_ ? "ours" : "template", excluded_, rubric_.identity(), model_.identity());
  }

 private:
  Verdict read(const Sample& sample, std::string_view text) const override {
    const JudgeReply reply = model_.ask(
        own_ ? prompt(sample, text) : guarded_turns(sample, text, sees_pictures(version_)),
        rubric_.max_new_tokens(), guard_groups());
    return guard_verdict(reply, names_);
  }

  Conversation prompt(const Sample& sample, std::string_view answer) const {
    const Rubric::SlotText given = slots_of(sample, answer);
    Conversation out = rubric_.fill(
        [&](const std::string& slot) {
          if (slot == "role") return std::string("Agent");  // the last speaker is the one assessed
          if (slot == "categories") return categories();
          return "User: " + given("request") + "\n\nAgent: " + std::string(answer);
        },
        version_);
    if (sees_pictures(version_)) add_pictures(out, sample);
    return out;
  }

  std::string categories() const {
    std::string out;
    const Json policies = rubric_.extra().value("policies", Json::object());
    for (const std::string& code : in_order(names_)) {
      out += (out.empty() ? "" : "\n") + code + ": " + names_.at(code) + ".";
      if (!policies.contains(code)) continue;
      out += "\nShould not\n- " +
             json_get<std::string>(policies.at(code), "should_not", rubric_.id()) + ".\nCan\n- " +
             json_get<std::string>(policies.at(code), "can", rubric_.id()) + ".";
    }
    return out;
  }

  std::string version_;
  bool own_;
  std::string excluded_;
  Rubric rubric_;
  CategoryNames names_;
  JudgeModel model_;
};

}  // namespace

JudgeEntry llama_guard_judge() {
  OptionTable options = model_options();
  options.push_back(
      {"version", "3", "which Llama Guard the model is", {}, {}, {"1", "2", "3", "3-vision", "4"}});
  options.push_back({"wording",
                     "template",
                     "the prompt: the weights' own chat template, or ours with special tokens",
                     {},
                     {},
                     {"template", "ours"}});
  options.push_back({"excluded", "", "categories left out, such as S6;S13; with wording=ours"});
  options.push_back(
      {"rubric", "llama_guard.v1", "a file of data/rubrics without .json, or a path"});
  return {.summary = "Llama Guard 1, 2, 3, 3-vision or 4 on request and answer",
          .options = std::move(options),
          .labels = "safe,unsafe",
          .make = [](const Json& given, const JudgeContext& context) {
            return std::make_shared<LlamaGuardJudge>(given, context);
          }};
}

}  // namespace sightline
