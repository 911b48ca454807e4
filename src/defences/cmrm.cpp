#include "defences/cmrm.h"

#include <ATen/TensorOperators.h>

#include "base/near.h"
#include "interventions/picture_corruption.h"
#include "interventions/prompt_edit.h"
#include "interventions/state_recorder.h"

namespace sightline {
namespace {

const std::vector<std::string> kSteps = {"prefill_only", "all_steps", "prefill_plus_k"};
const std::vector<std::string> kGuards = {"none", "sigma_cap", "unit", "trust"};

OptionTable cmrm_options() {
  return {{"level",
           "dataset",
           "vectors fitted once, or measured for each request",
           {},
           {},
           {"dataset", "sample"}},
          {"alpha", 1.0, "strength of the edit", 0.0, 4.0},
          {"sign", 1, "+1 adds the shift back, -1 takes it away again", -1.0, 1.0},
          {"layers", "all", "blocks to edit: all, 20, -1, 10:20 or a list of them in quotes"},
          {"steps", "prefill_only", "which positions are edited", {}, {}, kSteps},
          {"extra_steps", 1, "generated tokens edited under prefill_plus_k", 0.0, 4096.0},
          {"corrupt",
           "white",
           "the meaningless picture of level=sample",
           {},
           {},
           {"white", "black", "mean_colour", "noise"}},
          {"accumulate",
           "as_fitted",
           "how edits of several layers add up",
           {},
           {},
           {"as_fitted", "telescoped", "refit"}},
          {"norm_guard", "none", "bound on one edit", {}, {}, kGuards},
          {"guard_limit", 1.0, "c of sigma_cap, rho of trust", 0.0, 100.0},
          {"artefact", "", "folder written by 'sightline fit cmrm'; empty: the model's own"}};
}

// v_l − v_{l'} with l' the edited block before l, so that the edits sum to v_l along the stream.
at::Tensor telescoped(const at::Tensor& vectors, const std::vector<int>& layers) {
  at::Tensor out = vectors.clone();
  for (std::size_t i = 1; i < layers.size(); ++i) {
    out.select(0, layers[i]).sub_(vectors.select(0, layers[i - 1]));
  }
  return out;
}

ResidualEdit edit_of(const Json& options, const at::Tensor& vectors, const at::Tensor& sigmas,
                     int layer_count) {
  ResidualEdit edit;
  edit.layers =
      parse_index_list(options.at("layers").get<std::string>(), layer_count, "cmrm: layers");
  edit.vectors =
      options.at("accumulate") == "telescoped" ? telescoped(vectors, edit.layers) : vectors;
  edit.sigmas = sigmas;
  edit.alpha = options.at("alpha").get<double>();
  edit.sign = options.at("sign").get<int>() < 0 ? -1 : 1;
  edit.steps = static_cast<StepPolicy>(
      index_of_name(options.at("steps").get<std::string>(), kSteps, "steps"));
  edit.extra_steps = options.at("extra_steps").get<int>();
  edit.guard.kind = static_cast<NormGuard::Kind>(
      index_of_name(options.at("norm_guard").get<std::string>(), kGuards, "norm_guard"));
  edit.guard.limit = options.at("guard_limit").get<double>();
  return edit;
}

// On every branch there is: what a method before this one compares is the edited model.
void edit_branches(const ResidualEditor& editor, Plan& plan) {
  plan.taps.push_back(editor.new_tap());
  for (Branch& branch : plan.branches) branch.taps.push_back(editor.new_tap());
}

// Fitted vectors. Requests without a picture have no shift to repair and pass untouched.
class DatasetCmrm : public Defence {
 public:
  explicit DatasetCmrm(const ResidualEdit& edit) : editor_(edit) {}

  void prepare(Request& request) const override {
    if (first_picture(request.conversation)) edit_branches(editor_, request.plan);
  }

 private:
  ResidualEditor editor_;
};

// The request's own shift, at the price of two prefills.
class SampleCmrm : public Defence {
 public:
  SampleCmrm(Json options, ModelInfo model)
      : options_(std::move(options)), model_(std::move(model)) {}

  void prepare(Request&) const override {}

  Generation answer(const Request& request, Generator& generator) const override {
    if (!first_picture(request.conversation)) return generator.generate(request);
    const at::Tensor shift = cmrm_shift(
        request.conversation, options_.at("corrupt").get<std::string>(), generator, model_);
    Request edited = request;
    edit_branches(ResidualEditor(edit_of(options_, shift.to(at::kFloat), {}, model_.layers)),
                  edited.plan);
    return generator.generate(edited);
  }

 private:
  Json options_;
  ModelInfo model_;
};

std::unique_ptr<Defence> make_sample_level(const DefenceContext& context) {
  for (const auto& [key, value] :
       {std::pair("norm_guard", "sigma_cap"), std::pair("accumulate", "refit")}) {
    if (context.options.at(key) == value) {
      fail(ErrorKind::kUsage, "cmrm: {}={} needs fitted vectors, not level=sample", key, value);
    }
  }
  return std::make_unique<SampleCmrm>(context.options, context.model);
}

std::unique_ptr<Defence> make_dataset_level(const DefenceContext& context) {
  const std::string named = context.options.at("artefact").get<std::string>();
  const std::filesystem::path folder =
      named.empty() ? find_artefact("cmrm", context.model) : std::filesystem::path(named);
  const Artefact artefact = load_artefact(folder, "cmrm", context.model);

  // Unless told otherwise, the settings chosen on held-out data when the artefact was fitted.
  const bool complete = context.given.contains("layers") && context.given.contains("alpha");
  if (!complete && !artefact.manifest.contains("chosen")) {
    fail_with_hint(ErrorKind::kUsage,
                   "give both, such as cmrm(layers=17,alpha=0.5); 'sightline inspect " +
                       folder.string() + "' shows what was tried",
                   "{}: no setting was chosen when it was fitted, so cmrm needs layers and alpha",
                   folder);
  }
  Json wanted = artefact.manifest.value("chosen", Json::object());
  wanted.update(context.given);
  const Json options = complete_options(cmrm_options(), wanted, "cmrm");

  const char* key = options.at("accumulate") == "refit" ? "v_refit" : "v";
  const auto vectors = artefact.tensors.find(key);
  const auto sigmas = artefact.tensors.find("sigma1");
  const int layers = context.model.layers;
  const bool fits = vectors != artefact.tensors.end() && vectors->second.dim() == 2 &&
                    vectors->second.size(0) == layers &&
                    vectors->second.size(1) == context.model.width &&
                    sigmas != artefact.tensors.end() && sigmas->second.numel() == layers;
  if (!fits) {
    fail_with_hint(ErrorKind::kBadFile, "fit with --set refit=true for accumulate=refit",
                   "{} holds no vectors '{}' of {} layers and width {}", folder, key, layers,
                   context.model.width);
  }
  return std::make_unique<DatasetCmrm>(edit_of(options, vectors->second, sigmas->second, layers));
}

}  // namespace

at::Tensor cmrm_shift(const Conversation& conversation, const std::string& corruption,
                      Generator& generator, const ModelInfo& model, const TapList& edits) {
  const auto meaningless =
      corrupted(*first_picture(conversation), corruption_of(corruption), model.picture_mean, 0);
  const at::Tensor text =
      last_prompt_states(without_pictures(conversation), generator, model.layers);
  const at::Tensor shifted =
      last_prompt_states(with_picture(conversation, meaningless), generator, model.layers, edits);
  return text - shifted;
}

DefenceEntry describe_cmrm() {
  return {.summary = "adds back the shift that a picture causes in the residual stream",
          .paper = "CMRM, arXiv 2410.09047",
          .needs = "taps; a fitted artefact (level=dataset)",
          .cost = "1.0 (level=sample: two prefills more)",
          .options = cmrm_options(),
          .make =
              [](const DefenceContext& context) {
                if (context.model.layers == 0) {
                  fail(ErrorKind::kUnsupported, "cmrm edits hidden states, and '{}' shows none",
                       context.model.name);
                }
                return context.options.at("level") == "sample" ? make_sample_level(context)
                                                               : make_dataset_level(context);
              },
          .fit = cmrm_fit()};
}

}  // namespace sightline
