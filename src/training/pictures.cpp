#include "training/pictures.h"

#include <ATen/core/grad_mode.h>

#include "engine/encode.h"
#include "sightline/error.h"

namespace sightline {

TrainingPictures::TrainingPictures(const Bundle& bundle, std::filesystem::path folder,
                                   std::int64_t keep_bytes)
    : bundle_(bundle), folder_(std::move(folder)), room_(keep_bytes) {}

std::filesystem::path TrainingPictures::file_of(const std::string& image) const {
  const std::filesystem::path path(image);
  for (const auto& part : path) {
    if (part == "..") fail(ErrorKind::kBadFile, "picture '{}' leaves the picture folder", image);
  }
  return path.is_absolute() ? path : folder_ / path;
}

void TrainingPictures::check(const std::string& image) const {
  load_pixels(*Picture::from_file(file_of(image).string()), bundle_);
}

at::Tensor TrainingPictures::features(const std::string& image) {
  const auto found = kept_.find(image);
  if (found != kept_.end()) return found->second;
  const auto picture = Picture::from_file(file_of(image).string());
  const at::Tensor pixels = load_pixels(*picture, bundle_);
  if (room_ <= 0) return bundle_.model->picture_features(pixels);
  const at::NoGradGuard frozen;
  const at::Tensor features = bundle_.model->picture_features(pixels);
  if (room_ > static_cast<std::int64_t>(features.nbytes())) {
    room_ -= static_cast<std::int64_t>(features.nbytes());
    kept_[image] = features;
  }
  return features;
}

at::Tensor TrainingPictures::rows(const std::string& image) {
  return bundle_.model->project(features(image));
}

}  // namespace sightline
