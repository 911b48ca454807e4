// The `image` column of VLMEvalKit data sets.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "sightline/request.h"

namespace sightline {

// Cells by index: base64 of a file, the index of another row that holds one, or a Python list of
// either. Every picture is decoded once.
class VlmEvalKitPictures {
 public:
  explicit VlmEvalKitPictures(std::filesystem::path file) : file_(std::move(file)) {}

  void add(const std::string& index, std::string cell) { cells_[index] = std::move(cell); }

  // Of one row; empty when it has none. Throws Error{kBadFile} for an index without a picture and
  // for what is no base64.
  std::vector<std::shared_ptr<const Picture>> of(const std::string& index);

 private:
  std::shared_ptr<const Picture> decode(const std::string& index, const std::string& text);

  std::filesystem::path file_;
  std::map<std::string, std::string> cells_;
  std::map<std::string, std::shared_ptr<const Picture>> referred_;  // by the index referred to
};

}  // namespace sightline
