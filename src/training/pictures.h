// A training set's pictures: read once, and their vision features kept while the tower is frozen.
#pragma once

#include <filesystem>
#include <string>
#include <unordered_map>

#include "models/bundle.h"
#include "training/batch.h"

namespace sightline {

class TrainingPictures : public PictureSource {
 public:
  // Image names are looked up below `folder`. `keep_bytes`: most that kept features may take; 0
  // when the tower learns.
  TrainingPictures(const Bundle& bundle, std::filesystem::path folder, std::int64_t keep_bytes);

  // Throws Error: kNotFound, kBadFile (no picture, truncated).
  at::Tensor rows(const std::string& image) override;

  // Decodes the picture and forgets it: what a run should know before it begins.
  void check(const std::string& image) const;

 private:
  at::Tensor features(const std::string& image);
  std::filesystem::path file_of(const std::string& image) const;

  const Bundle& bundle_;
  std::filesystem::path folder_;
  std::int64_t room_;
  std::unordered_map<std::string, at::Tensor> kept_;
};

}  // namespace sightline
