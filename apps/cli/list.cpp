// sightline list: everything that is registered, with what each publishes about itself.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/share.h"
#include "defences/registry.h"
#include "evals/benchmarks/registry.h"
#include "evals/judges/registry.h"
#include "evals/metrics/registry.h"
#include "models/registry.h"
#include "run_verbs.h"
#include "training/builders/builder.h"

namespace sightline::cli {
namespace {

Json options_json(const OptionTable& table) {
  Json out = Json::array();
  for (const OptionSpec& spec : table) {
    Json option = {{"name", spec.name}, {"default", spec.default_value}, {"help", spec.help}};
    if (spec.minimum) option["minimum"] = *spec.minimum;
    if (spec.maximum) option["maximum"] = *spec.maximum;
    if (!spec.choices.empty()) option["choices"] = spec.choices;
    out.push_back(std::move(option));
  }
  return out;
}

Json models() {
  return Json::array(
      {{{"name", "default"},
        {"summary", "small picture-reading chat model, assembled at first use"}},
       {{"name", "default-plain"},
        {"summary", "the same, its training with pictures without text-only safety records"}},
       {{"name", "FOLDER"}, {"summary", "any Hugging Face folder of a known family"}},
       {{"name", "FILE.gguf"}, {"summary", "any llama model in GGUF"}}});
}

Json families() {
  Json out = Json::array();
  const Registry<ModelFamily> known = model_families();
  for (const auto& [name, family] : known.entries()) {
    out.push_back({{"name", name}, {"summary", family.summary}});
  }
  return out;
}

Json defences() {
  Json out = Json::array();
  for (const auto& [name, entry] : defence_registry().entries()) {
    out.push_back({{"name", name},
                   {"summary", entry.summary},
                   {"paper", entry.paper},
                   {"needs", entry.needs},
                   {"cost", entry.cost},
                   {"options", options_json(entry.options)}});
    if (entry.fit) out.back()["fit_options"] = options_json(entry.fit->options);
  }
  return out;
}

// Benchmarks, judges and metrics publish the same.
template <class Entry>
Json entries_of(const Registry<Entry>& registry) {
  Json out = Json::array();
  for (const auto& [name, entry] : registry.entries()) {
    out.push_back(
        {{"name", name}, {"summary", entry.summary}, {"options", options_json(entry.options)}});
  }
  return out;
}

// Where the data come from, beside what every entry publishes.
Json benchmark_entries() {
  Json out = entries_of(benchmarks());
  for (Json& entry : out) {
    const Release& release = benchmarks().at(entry.at("name").get<std::string>()).release;
    if (!release.source.empty()) entry["source"] = release.source;
    if (!release.licence.empty()) entry["licence"] = release.licence;
  }
  return out;
}

Json builders() {
  Json out = Json::array();
  for (const auto& [name, entry] : data_builders().entries()) {
    Json inputs = Json::array();
    for (const BuilderInput& input : entry.inputs) {
      inputs.push_back({{"key", input.key}, {"help", input.help}, {"required", input.required}});
    }
    out.push_back({{"name", name},
                   {"summary", entry.summary},
                   {"inputs", std::move(inputs)},
                   {"options", options_json(entry.options)}});
    if (!entry.paper.empty()) out.back()["paper"] = entry.paper;
  }
  return out;
}

// The first line of a recipe is a comment that says what it is.
std::string first_comment(const std::filesystem::path& file) {
  constexpr std::size_t kMaxRecipeBytes = std::size_t{1} << 20;
  const std::string text = read_file(file, kMaxRecipeBytes);
  const std::string line = text.substr(0, text.find('\n'));
  return line.starts_with("# ") ? line.substr(2) : "";
}

Json recipes() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(share_path("recipes"))) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  Json out = Json::array();
  for (const auto& file : files) {
    out.push_back({{"name", file.stem().string()}, {"summary", first_comment(file)}});
  }
  return out;
}

Json listed(const std::string& kind) {
  const std::map<std::string, Json (*)()> kinds = {
      {"models", models},
      {"families", families},
      {"defences", defences},
      {"benchmarks", benchmark_entries},
      {"builders", builders},
      {"recipes", recipes},
      {"judges", [] { return entries_of(judges()); }},
      {"metrics", [] { return entries_of(metrics()); }}};
  Json out = Json::object();
  for (const auto& [name, make] : kinds) {
    if (kind == "all" || kind == name) out[name] = make();
  }
  return out;
}

void print_options(const Json& entry, const char* key, const char* title) {
  if (!entry.contains(key) || entry.at(key).empty()) return;
  std::printf("      %s\n", title);
  for (const Json& option : entry.at(key)) {
    const std::string left =
        option.at("name").get<std::string>() + "=" +
        (option.at("default").is_null() ? std::string("…") : dump_json(option.at("default")));
    std::printf("        %-28s %s\n", left.c_str(), option.at("help").get<std::string>().c_str());
  }
}

void print_entry(const Json& entry) {
  std::printf("  %-20s %s\n", entry.at("name").get<std::string>().c_str(),
              entry.at("summary").get<std::string>().c_str());
  for (const char* key : {"paper", "needs", "cost", "source", "licence"}) {
    if (!entry.contains(key)) continue;
    std::printf("      %s: %s\n", key, entry.at(key).get<std::string>().c_str());
  }
  print_options(entry, "options", "options:");
  print_options(entry, "fit_options", "options of 'sightline fit':");
}

}  // namespace

int run_list_verb(const Json& options) {
  const Json out = listed(options.at("kind").get<std::string>());
  if (options.at("json") == true) {
    std::printf("%s\n", dump_json(out, 2).c_str());
    return 0;
  }
  for (const auto& [kind, entries] : out.items()) {
    std::printf("%s\n", kind.c_str());
    for (const Json& entry : entries) print_entry(entry);
  }
  return 0;
}

}  // namespace sightline::cli
