// Visual contrastive decoding: (1+α)·l(v) − α·l(v′) with v′ the noised picture, cut to what the
// clean branch finds plausible. A hallucination method that MMSafeAware tries as a remedy.
#include "defences/registry.h"
#include "interventions/diffusion_noise.h"
#include "interventions/logit_contrast.h"
#include "interventions/prompt_edit.h"
#include "sightline/error.h"

namespace sightline {
namespace {

class Vcd : public Defence {
 public:
  explicit Vcd(const Json& options)
      : noise_(std::make_shared<DiffusionNoise>(options.at("noise_step").get<int>(),
                                                options.at("seed").get<std::uint64_t>())),
        contrast_(std::make_shared<LogitContrast>(options.at("alpha").get<double>(),
                                                  options.at("beta").get<double>())),
        temperature_(options.at("temperature").get<double>()) {}

  // Without a picture there is nothing to contrast: the request passes untouched.
  void prepare(Request& request) const override {
    if (!first_picture(request.conversation)) return;
    if (request.plan.combiner) {
      fail_with_hint(ErrorKind::kUsage, "measure them one by one",
                     "vcd combines two branches, and a method before it already combines some");
    }
    request.plan.branches.push_back(
        {.conversation = request.conversation, .taps = {}, .pixels = noise_});
    request.plan.combiner = contrast_;
    if (temperature_ >= 0) request.sampling.temperature = temperature_;
  }

 private:
  std::shared_ptr<const PixelEdit> noise_;
  std::shared_ptr<const LogitCombiner> contrast_;
  double temperature_;  // negative: the request's own
};

}  // namespace

DefenceEntry describe_vcd() {
  return {
      .summary = "weighs down what the model would say of a noised picture",
      .paper = "VCD, arXiv 2311.16922; MMSafeAware, arXiv 2502.11184 (mitigation 2)",
      .needs = "a local model; a request without a picture is answered plainly",
      .cost = "at most 2.0: a second branch, one prefill and one vision encoding more",
      .options = {{"alpha", 1.0, "strength of the contrast", 0.0, 100.0},
                  {"beta", 0.1,
                   "tokens below this share of the likeliest one's probability are cut; 0: none",
                   0.0, 1.0},
                  {"noise_step", 500, "diffusion step of the noised picture", 0.0,
                   kDiffusionSteps - 1.0},
                  {"seed", 42, "of the noise", 0.0, 9007199254740991.0},
                  {"temperature", -1.0, "1.0: sampled as published; negative: the request's own",
                   -1.0, 100.0}},
      .make = [](const DefenceContext& context) -> std::unique_ptr<Defence> {
        if (context.model.layers == 0) {
          fail(ErrorKind::kUnsupported, "vcd combines logits, and '{}' shows none",
               context.model.name);
        }
        return std::make_unique<Vcd>(context.options);
      }};
}

}  // namespace sightline
