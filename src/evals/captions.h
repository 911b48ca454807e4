// Descriptions of pictures by the model under test: what stands for a picture in the ablation
// image=caption.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "sightline/benchmark.h"
#include "sightline/generator.h"

namespace sightline {

struct Caption {
  std::string text;
  std::string error;  // why there is no text; empty: there is
  bool operator==(const Caption&) const = default;
};

using Captions = std::map<std::string, Caption>;  // by the SHA-256 of the picture

// The pictures that add_twins() will ask a description of, each once.
std::vector<std::shared_ptr<const Picture>> pictures_to_describe(
    std::span<const BenchmarkData> benchmarks);

struct CaptionPlan {
  std::filesystem::path file;  // keeps what was described, a JSON line each
  int workers = 1;             // requests in flight
  std::stop_token stop = {};
  bool show_progress = true;
};

// Greedy answers to the prompt "ablate.caption.v1", of the model without any defence. Those in the
// file by the same model and prompt are taken from there; a new one is added to it when it exists,
// so that what a stopped or killed program described is not described again. What fails with one
// picture is that picture's error. Throws Error{kInterrupted} when stopped.
Captions describe_pictures(std::span<const std::shared_ptr<const Picture>> pictures,
                           Generator& generator, const CaptionPlan& plan);

}  // namespace sightline
