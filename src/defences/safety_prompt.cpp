// A fixed safety instruction, as a system turn or around the user's words.
#include "base/prompt.h"
#include "defences/registry.h"
#include "interventions/prompt_edit.h"

namespace sightline {
namespace {

Placement placement_of(const std::string& name) {
  if (name == "user_prefix") return Placement::kUserPrefix;
  if (name == "user_suffix") return Placement::kUserSuffix;
  return Placement::kSystem;
}

class SafetyPrompt : public Defence {
 public:
  SafetyPrompt(std::string text, Placement placement)
      : text_(std::move(text)), placement_(placement) {}

  void prepare(Request& request) const override {
    insert_instruction(request.conversation, text_, placement_);
    for (Branch& branch : request.plan.branches) {
      insert_instruction(branch.conversation, text_, placement_);
    }
  }

 private:
  std::string text_;
  Placement placement_;
};

}  // namespace

DefenceEntry describe_safety_prompt() {
  return {.summary = "a fixed safety instruction in the prompt",
          .paper = "MMSafeAware, arXiv 2502.11184 (mitigation 1)",
          .needs = "nothing",
          .cost = "1.0 and the prompt's tokens",
          .options = {{"prompt", "safety.system.v1",
                       "a prompt of data/prompts: mmsafeaware, fusion, …"},
                      {"placement",
                       "system",
                       "where it goes",
                       {},
                       {},
                       {"system", "user_prefix", "user_suffix"}}},
          .make = [](const DefenceContext& context) -> std::unique_ptr<Defence> {
            return std::make_unique<SafetyPrompt>(
                prompt_text(context.options.at("prompt").get<std::string>()),
                placement_of(context.options.at("placement").get<std::string>()));
          }};
}

}  // namespace sightline
