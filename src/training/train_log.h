// OUT/train.jsonl: one line for each update, readable by any plotting tool (docs/guide/train.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>

#include "training/trainer.h"

namespace sightline {

// What the line of an update holds; times are in it, so only the rest repeats bit for bit.
Json update_json(const UpdateReport& report);

// Of all updates in a log.
struct TrainTotals {
  double loss = 0;  // of the last update
  double seconds = 0;
  std::int64_t tokens = 0;
};

class TrainLog {
 public:
  // Keeps the lines up to update `done` of a log that is there, so that a resumed run's log is the
  // uninterrupted one's. Throws Error{kBadFile}.
  TrainLog(const std::filesystem::path& file, std::int64_t done);

  void add(const UpdateReport& report);  // flushed at once

  // A line of another kind, such as an evaluation: {"event", "update", …}.
  void add_event(const Json& event);

  const TrainTotals& totals() const { return totals_; }

 private:
  void write(const Json& line);

  std::filesystem::path file_;
  std::ofstream stream_;
  TrainTotals totals_;
};

}  // namespace sightline
