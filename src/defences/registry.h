// The known defences with what is published about each; everything listed, checked and documented
// from here.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/options.h"
#include "base/registry.h"
#include "defences/artefact.h"
#include "sightline/defence.h"

namespace sightline {

// What a defence is made for.
struct DefenceContext {
  const ModelInfo& model;
  const Json& given;    // what the user wrote, as text
  const Json& options;  // complete, checked against the entry's table
};

// How a method is fitted on unsafe requests with pictures (its anchors).
struct FitEntry {
  OptionTable options;
  // Measures the model; the artefact's manifest still lacks the choice of settings.
  std::function<Artefact(const std::vector<Conversation>& anchors, Generator& generator,
                         const Json& options)>
      measure;
  // Settings worth trying on held-out data, each a set of options of the defence.
  std::function<std::vector<Json>(const Artefact& artefact)> candidates;
};

struct DefenceEntry {
  std::string summary;
  std::string paper;  // "CMRM, arXiv 2410.09047", or "—"
  std::string needs;  // "nothing", "taps, a fitted artefact"
  std::string cost;   // in forward passes of the plain answer
  OptionTable options;
  std::function<std::unique_ptr<Defence>(const DefenceContext& context)> make;
  std::optional<FitEntry> fit = std::nullopt;
};

using DefenceRegistry = Registry<DefenceEntry>;

// All of them, in alphabetical order (registry.cpp).
const DefenceRegistry& defence_registry();

}  // namespace sightline
