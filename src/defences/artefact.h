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

// An artefact under construction: a folder beside the target that takes its place at the end. Until
// commit() the target is what it was; destruction without it leaves no trace.
class ArtefactDraft {
 public:
  // Throws Error{kBadFile} when no folder can be made there.
  explicit ArtefactDraft(const std::filesystem::path& target);
  ~ArtefactDraft();
  ArtefactDraft(const ArtefactDraft&) = delete;
  ArtefactDraft& operator=(const ArtefactDraft&) = delete;

  const std::filesystem::path& folder() const { return draft_; }  // to save to and load from

  // Both files replace the target's; others in that folder stay. REQUIRES: both are in folder().
  void commit() const;

 private:
  std::filesystem::path target_;
  std::filesystem::path draft_;
};

// Throws Error: kNotFound; kBadFile for damage, another method, another model or template (both
// hashes are named).
Artefact load_artefact(const std::filesystem::path& folder, const std::string& method,
                       const ModelInfo& model);

// Where the artefact of `method` for `model` is looked for when none is named: the default folder,
// then, for the default model, the artefact that ships. Throws Error{kNotFound}.
std::filesystem::path find_artefact(const std::string& method, const ModelInfo& model);
// CACHE/artefacts/<first 16 digits of the model's hash>/METHOD: `fit` writes there unless told
// otherwise.
std::filesystem::path default_artefact_folder(const std::string& method, const ModelInfo& model);

}  // namespace sightline
