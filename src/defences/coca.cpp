// Constitutional calibration: amplifies what a written principle changes in the logits,
// l_S + α·(l_S − l_P) with S the request under the principle and P the request as it is.
#include "base/prompt.h"
#include "defences/registry.h"
#include "interventions/logit_contrast.h"
#include "interventions/prompt_edit.h"
#include "sightline/error.h"

namespace sightline {
namespace {

class Coca : public Defence {
 public:
  Coca(std::string principle, Placement placement, double alpha, double beta)
      : principle_(std::move(principle)),
        placement_(placement),
        contrast_(std::make_shared<LogitContrast>(alpha, beta)) {}

  void prepare(Request& request) const override {
    if (request.plan.combiner) {
      fail_with_hint(ErrorKind::kUsage, "measure them one by one",
                     "coca combines two branches, and a method before it already combines some");
    }
    request.plan.branches.push_back(
        {.conversation = request.conversation, .taps = {}, .pixels = request.plan.pixels});
    request.plan.combiner = contrast_;
    if (!principle_.empty()) insert_instruction(request.conversation, principle_, placement_);
  }

 private:
  std::string principle_;
  Placement placement_;
  std::shared_ptr<const LogitCombiner> contrast_;
};

std::unique_ptr<Defence> make(const DefenceContext& context) {
  const Json& options = context.options;
  if (context.model.layers == 0) {
    fail(ErrorKind::kUnsupported, "coca combines logits, and '{}' shows none", context.model.name);
  }
  const auto principle = options.at("principle").get<std::string>();
  // l_P + α·(l_S − l_P) is the same family, one step down.
  const double alpha = options.at("alpha").get<double>() - (options.at("base") == "plain" ? 1 : 0);
  return std::make_unique<Coca>(
      principle.empty() ? "" : prompt_text(principle),
      options.at("placement") == "after_image" ? Placement::kAfterPicture : Placement::kUserPrefix,
      alpha, options.at("beta").get<double>());
}

}  // namespace

DefenceEntry describe_coca() {
  return {.summary = "amplifies what a safety principle in the prompt changes in the logits",
          .paper = "CoCA, arXiv 2409.11365",
          .needs = "a local model",
          .cost = "at most 2.0: a second branch and one prefill more",
          .options = {{"alpha", 4.0, "strength of the amplification", 0.0, 100.0},
                      {"base",
                       "safe",
                       "what is amplified upon: the request under the principle, or as it is",
                       {},
                       {},
                       {"safe", "plain"}},
                      {"principle", "coca.principle.v1", "id of a prompt in data/prompts"},
                      {"placement",
                       "before_question",
                       "where the principle goes in the user's turn",
                       {},
                       {},
                       {"before_question", "after_image"}},
                      {"beta", 0.0,
                       "tokens below this share of the likeliest one's probability under the "
                       "principle are cut; 0: none",
                       0.0, 1.0}},
          .make = make};
}

}  // namespace sightline
