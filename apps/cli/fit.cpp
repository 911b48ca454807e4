// sightline fit METHOD: measure a defence's vectors, choose its settings on held-out data.
#include <cstdio>
#include <iostream>

#include "defences/registry.h"
#include "engine_options.h"
#include "evals/tuning.h"
#include "interrupt.h"
#include "run_verbs.h"

namespace sightline::cli {
namespace {

Json given_options(const Json& pairs) {
  Json out = Json::object();
  for (const auto& pair : pairs) {
    const auto text = pair.get<std::string>();
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) {
      fail(ErrorKind::kUsage, "--set '{}' should be key=value", text);
    }
    out[text.substr(0, equals)] = text.substr(equals + 1);
  }
  return out;
}

BenchmarkData split_of(const Json& options, const char* split) {
  return load_benchmark(spec_of_split(options.at("benchmark").get<std::string>(), split),
                        {.limit = options.at("limit").get<std::size_t>(),
                         .seed = options.at("seed").get<std::uint64_t>()});
}

// Unsafe requests beside a picture.
std::vector<Conversation> anchors_of(const BenchmarkData& data) {
  std::vector<Conversation> out;
  for (const Sample& sample : data.samples) {
    if (sample.subset == "unsafe" && sample.variant == "picture")
      out.push_back(sample.conversation);
  }
  return out;
}

std::string percent(double share) {
  char text[16];
  std::snprintf(text, sizeof text, "%5.1f %%", 100 * share);
  return text;
}

// "alpha=1.0,layers=17,steps=prefill_only"
std::string settings_text(const TriedSetting& setting) {
  std::string out;
  for (const auto& [key, value] : setting.options.items()) {
    const std::string text = value.is_string() ? value.get<std::string>() : dump_json(value);
    out += (out.empty() ? "" : ",") + key + "=" + text;
  }
  return out.empty() ? "none" : out;
}

void print_row(const char* mark, const TriedSetting& setting) {
  std::printf("%s %-44s %11s  %12s  %14s\n", mark, settings_text(setting).c_str(),
              percent(setting.unsafe_rate).c_str(), percent(setting.over_refusal).c_str(),
              percent(setting.picture_accuracy).c_str());
}

void print_tuning(const Tuning& tuning) {
  std::printf("  %-44s %11s  %12s  %14s\n", "setting", "unsafe rate", "over-refusal",
              "pictures right");
  print_row(" ", tuning.baseline);
  for (std::size_t i = 0; i < tuning.grid.size(); ++i) {
    const bool chosen = static_cast<int>(i) == tuning.chosen;
    print_row(chosen ? "*" : tuning.grid[i].allowed ? " " : "x", tuning.grid[i]);
  }
  std::printf("  * chosen, x breaks the rule\n");
}

}  // namespace

int run_fit_verb(const Json& options) {
  const std::string method = options.at("method").get<std::string>();
  const DefenceEntry& entry = defence_registry().at(method);
  if (!entry.fit) fail(ErrorKind::kUsage, "'{}' has nothing to fit", method);
  const Json fit_options =
      complete_options(entry.fit->options, given_options(options.at("set")), "fit " + method);
  const BenchmarkData fit_data = split_of(options, "fit");
  BenchmarkData validation = split_of(options, "validation");
  keep_tuning_samples(validation);

  const EngineOptions engine = engine_options(options);
  const auto generator = load_generator(options.at("model").get<std::string>(), engine);
  const ModelInfo model = generator->info();
  const std::filesystem::path folder =
      options.at("out").is_null() ? default_artefact_folder(method, model)
                                  : std::filesystem::path(options.at("out").get<std::string>());

  const std::vector<Conversation> anchors = anchors_of(fit_data);
  Artefact artefact = entry.fit->measure(anchors, *generator, fit_options);
  artefact.manifest["fit"] = {{"benchmark", fit_data.spec},
                              {"data_sha256", fit_data.data_sha256},
                              {"n", anchors.size()},
                              {"options", fit_options}};
  const ArtefactDraft draft(folder);
  save_artefact(draft.folder(), artefact, model);  // the candidates are made from it

  const TuningRule rule;
  const auto make = [&](const Json& settings) {
    NamedSpec spec{.name = method, .options = settings};
    spec.options["artefact"] = draft.folder().string();
    return make_defence(spec_text(spec), model);
  };
  const Tuning tuning = tune(validation, entry.fit->candidates(artefact), make, *generator, rule,
                             2 * engine.max_batch, interrupt_token());
  artefact.manifest["tuning"] = tuning_record(tuning, validation, rule);
  if (tuning.chosen >= 0) {
    artefact.manifest["chosen"] = tuning.grid[static_cast<std::size_t>(tuning.chosen)].options;
  }
  save_artefact(draft.folder(), artefact, model);
  draft.commit();

  if (options.at("json").get<bool>()) {
    std::cout << dump_json({{"artefact", folder.string()}, {"manifest", artefact.manifest}})
              << "\n";
  } else {
    print_tuning(tuning);
    std::cout << "rule: " << rule.text() << "\nartefact: " << folder.string() << "\n";
    if (tuning.chosen < 0)
      std::cout << "No setting keeps to the rule; " << method
                << " needs them named with this artefact.\n";
  }
  return 0;
}

}  // namespace sightline::cli
