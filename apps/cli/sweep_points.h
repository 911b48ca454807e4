// The adapters of a sweep: one for each combination of the values that --build and --train have in
// braces, made below OUT/points and kept there.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/json.h"

namespace sightline::cli {

struct SweepPoint {
  std::string name;  // "n_rej=20_lr=0.0002": the values that vary
  std::filesystem::path folder;
  std::vector<std::string> build;
  std::vector<std::string> settings;  // of the recipe
  Json asks;  // what decides the adapter: data by SHA-256; model, adapters and pictures by name

  std::filesystem::path adapter() const { return folder / "adapter"; }
};

// None without --recipe. Throws Error: kUsage for what makes no sense together, two points of one
// name, a folder that holds an adapter of other settings or data, and whatever the recipe's and the
// builder's tables refuse; kNotFound.
std::vector<SweepPoint> sweep_points(const Json& options);

enum class PointState { kMade, kFailed, kInterrupted };

// Builds the data and trains, going on where an earlier process was stopped; nothing where it is
// made already. Failed: its training did not hold (told as a warning).
PointState make_point(const SweepPoint& point, const Json& options);

}  // namespace sightline::cli
