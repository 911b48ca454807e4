// OUT/train.jsonl: one line for each update, readable by any plotting tool (docs/guide/train.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>

#include "training/trainer.h"

namespace sightline {

// What the line of an update holds; times are in it, so only the rest repeats bit for bit.
Json update_json(const UpdateReport& report);

class TrainLog {
 public:
  // Keeps the lines up to update `done` of a log that is there, so that a resumed run's log is the
  // uninterrupted one's. Throws Error{kBadFile}.
  TrainLog(const std::filesystem::path& file, std::int64_t done);

  void add(const UpdateReport& report);  // flushed at once

 private:
  std::filesystem::path file_;
  std::ofstream stream_;
};

}  // namespace sightline
