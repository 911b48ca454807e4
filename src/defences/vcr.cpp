// Vision-centric reasoning, as an adapter that is on the model while it answers.
#include "defences/adapter_defence.h"
#include "defences/registry.h"
#include "sightline/error.h"

namespace sightline {
namespace {

// Tokens that the steps of reasoning may take besides the verdict.
constexpr int kThought = 192;

class ThoughtThenVerdict : public AdapterDefence {
 public:
  using AdapterDefence::AdapterDefence;

  void prepare(Request& request) const override {
    if (request.sampling.max_new_tokens > 0) request.sampling.max_new_tokens += kThought;
  }
};

// Without its reasoning: the answer begins where the records of training have the verdict.
class VerdictAlone : public AdapterDefence {
 public:
  using AdapterDefence::AdapterDefence;

  void prepare(Request& request) const override {
    request.conversation.push_back(Message::text("prefill", "<verdict>"));
  }
};

}  // namespace

DefenceEntry describe_vcr() {
  return {
      .summary = "an adapter trained to read picture and text together before it judges",
      .paper = "MMSafeAware, arXiv 2502.11184 (mitigation 3, VRTuning)",
      .needs = "an adapter of 'sightline train vcr'",
      .cost = "1.0 and the tokens of its reasoning",
      .options = {{"adapter", "", "its folder"},
                  {.name = "thought",
                   .default_value = "own",
                   .help = "skip: the answer begins at the verdict, to tell what reasoning adds",
                   .choices = {"own", "skip"}}},
      .make = [](const DefenceContext& context) -> std::unique_ptr<Defence> {
        const auto folder = context.options.at("adapter").get<std::string>();
        if (folder.empty()) {
          fail_with_hint(ErrorKind::kUsage,
                         "make one with 'sightline train vcr', then name it: vcr(adapter=FOLDER)",
                         "no adapter of vision-centric reasoning ships for model '{}'",
                         context.model.name);
        }
        if (context.options.at("thought") == "skip") {
          return std::make_unique<VerdictAlone>(folder);
        }
        return std::make_unique<ThoughtThenVerdict>(folder);
      }};
}

}  // namespace sightline
