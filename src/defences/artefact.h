// What `fit` leaves behind: a folder of numbers and of what they were measured on.
//
//   FOLDER/defence.safetensors   the tensors
//   FOLDER/manifest.json         method, format, model and template hashes, options, fit data, grid
//
// docs/formats/artefact.md draws both.
#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <map>
#include <string>

#include "base/json.h"
#include "sightline/generator.h"

namespace sightline {

inline constexpr int kArtefactFormat = 1;

struct Artefact {
  std::string method;
  std::map<std::string, at::Tensor> tensors;
  Json manifest = Json::object();  // beyond what save_artefact adds
};

// Writes both files, each whole or not at all. Throws Error{kBadFile} when the folder is not
// writable.
void save_artefact(const std::filesystem::path& folder, const Artefact& artefact,
                   const ModelInfo& model);

// Throws Error: kNotFound; kBadFile for damage, another method, another model or template (both
// hashes are named).
Artefact load_artefact(const std::filesystem::path& folder, const std::string& method,
                       const ModelInfo& model);

// Where the artefact of `method` for `model` is looked for when none is named: beside the model,
// then in the cache. `fit` writes to the last of them unless told otherwise.
std::filesystem::path find_artefact(const std::string& method, const ModelInfo& model);
std::filesystem::path default_artefact_folder(const std::string& method, const ModelInfo& model);

}  // namespace sightline
