#include "defences/artefact.h"

#include <ATen/ops/isfinite.h>
#include <unistd.h>

#include "base/file.h"
#include "base/share.h"
#include "tensor/safetensors.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

constexpr const char* kTensorsFile = "defence.safetensors";
constexpr const char* kManifestFile = "manifest.json";

void check_same(const Json& manifest, const char* key, const std::string& wanted,
                const std::string& what, const fs::path& file) {
  const std::string found = json_get<std::string>(manifest, key, file.string());
  if (found == wanted) return;
  fail_with_hint(ErrorKind::kBadFile, "fit it again with 'sightline fit' for this model",
                 "{} was fitted on another {}: it has {}, this one {}", file.parent_path(), what,
                 found, wanted);
}

fs::path shipped_folder(const std::string& method) {
  return share_path("models/default") / "artefacts" / method;
}

}  // namespace

void save_artefact(const fs::path& folder, const Artefact& artefact, const ModelInfo& model) {
  make_folder(folder);
  Json manifest = artefact.manifest;
  manifest["format"] = kArtefactFormat;
  manifest["method"] = artefact.method;
  manifest["model"] = model.name;
  manifest["model_sha256"] = model.weights_sha256;
  manifest["template_sha256"] = model.template_sha256;
  manifest["fit_dtype"] = model.dtype;
  write_safetensors(folder / kTensorsFile, artefact.tensors,
                    {{"method", artefact.method}, {"model_sha256", model.weights_sha256}});
  write_file_atomically(folder / kManifestFile, dump_json(manifest, 1) + "\n");
}

ArtefactDraft::ArtefactDraft(const fs::path& target)
    : target_(fs::absolute(target).lexically_normal()) {
  if (!target_.has_filename()) target_ = target_.parent_path();  // "folder/"
  draft_ = target_;
  draft_ += ".tmp-" + std::to_string(::getpid());
  make_folder(draft_);
}

ArtefactDraft::~ArtefactDraft() {
  std::error_code ignored;
  fs::remove_all(draft_, ignored);
}

void ArtefactDraft::commit() const try {
  make_folder(target_);
  // Without a manifest there is no artefact: a kill in between never mixes the old with the new.
  fs::remove(target_ / kManifestFile);
  for (const char* file : {kTensorsFile, kManifestFile}) fs::rename(draft_ / file, target_ / file);
} catch (const fs::filesystem_error& e) {
  fail(ErrorKind::kBadFile, "cannot write '{}': {}", target_, e.code().message());
}

Artefact load_artefact(const fs::path& folder, const std::string& method, const ModelInfo& model) {
  const fs::path file = folder / kManifestFile;
  Artefact artefact{.method = method, .tensors = {}, .manifest = read_json(file)};
  const Json& manifest = artefact.manifest;
  const auto format = json_get<int>(manifest, "format", file.string());
  if (format != kArtefactFormat) {
    fail(ErrorKind::kUnsupported, "{}: artefact format {}, this version reads {}", file, format,
         kArtefactFormat);
  }
  const std::string found = json_get<std::string>(manifest, "method", file.string());
  if (found != method) {
    fail(ErrorKind::kBadFile, "{} is an artefact of '{}', wanted '{}'", folder, found, method);
  }
  check_same(manifest, "model_sha256", model.weights_sha256, "model", file);
  check_same(manifest, "template_sha256", model.template_sha256, "chat template", file);

  const auto tensors = SafetensorsFile::open(folder / kTensorsFile);
  for (const std::string& name : tensors->names()) {
    at::Tensor value = tensors->tensor(name).clone();
    if (value.is_floating_point() && !at::isfinite(value).all().item<bool>()) {
      fail(ErrorKind::kBadFile, "{}: tensor '{}' has values that are not finite", folder, name);
    }
    artefact.tensors.emplace(name, std::move(value));
  }
  return artefact;
}

fs::path default_artefact_folder(const std::string& method, const ModelInfo& model) {
  return cache_folder() / "artefacts" / model.weights_sha256.substr(0, 16) / method;
}

fs::path find_artefact(const std::string& method, const ModelInfo& model) {
  const fs::path own = default_artefact_folder(method, model);
  if (fs::exists(own / kManifestFile)) return own;
  if (model.name == "default" && fs::exists(shipped_folder(method) / kManifestFile)) {
    return shipped_folder(method);
  }
  fail_with_hint(ErrorKind::kNotFound,
                 "run 'sightline fit " + method + " --model " + model.name +
                     "', or name a folder: " + method + "(artefact=FOLDER)",
                 "'{}' is not fitted for model '{}'", method, model.name);
}

}  // namespace sightline
