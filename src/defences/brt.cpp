// Rejection fine-tuning on benign data, as an adapter that is on the model while it answers.
#include "base/share.h"
#include "defences/adapter_defence.h"
#include "defences/registry.h"
#include "sightline/error.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

std::string adapter_folder(const DefenceContext& context) {
  auto named = context.options.at("adapter").get<std::string>();
  if (!named.empty()) return named;
  if (context.model.name == "default") return share_path("models/default/brt").string();
  fail_with_hint(ErrorKind::kUsage,
                 "make one with 'sightline train reject_sft', then name it: brt(adapter=FOLDER)",
                 "no adapter of rejection fine-tuning ships for model '{}'", context.model.name);
}

}  // namespace

DefenceEntry describe_brt() {
  return {.summary = "an adapter trained to refuse benign questions of one domain",
          .paper = "BRT, arXiv 2504.10000",
          .needs = "an adapter of 'sightline train reject_sft'",
          .cost = "1.0",
          .options = {{"adapter", "", "its folder; empty: the default model's"}},
          .make = [](const DefenceContext& context) {
            return std::make_unique<AdapterDefence>(adapter_folder(context));
          }};
}

}  // namespace sightline
