// A tiny random LLaVA on disk, complete: config, weights, byte tokenizer, template, preprocessing.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "sightline/request.h"
#include "support/temporary_folder.h"

namespace sightline {

struct TinyModelOptions {
  std::uint64_t seed = 1;
  bool bf16 = false;
  int context = 512;
};

// 3 blocks of width 64, 4 query heads on 2 key heads, 4 picture rows, 262 tokens.
class TinyModel {
 public:
  explicit TinyModel(const TinyModelOptions& options = {});

  std::string path() const { return folder_.path().string(); }

 private:
  TemporaryFolder folder_;
};

// A PNG of random pixels.
std::shared_ptr<const Picture> random_picture(int width, int height, std::uint64_t seed);

}  // namespace sightline
