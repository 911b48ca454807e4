// TensorBoard event files: numbers over updates, as protobuf messages in TFRecord framing. Only
// what scalars need of both (tensorflow/core/util/event.proto, tensorflow/core/lib/io).
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <string_view>

namespace sightline {

// CRC-32C (Castagnoli), rotated and shifted as TFRecords store it.
std::uint32_t masked_crc32c(std::string_view bytes);

// Length, its checksum, the message, its checksum.
std::string event_record(std::string_view message);

// An Event: wall time in seconds, step, one number a tag.
std::string event_message(double wall_time, std::int64_t step,
                          const std::map<std::string, double>& values);

// OUT/events.out.tfevents.TIME.PID.sightline: one file for each time a run is worked on.
class EventFile {
 public:
  // Earlier files of the run keep their steps up to `done` and lose what a crash left of later
  // ones, so that no step is there twice; with `done` 0 they go. Throws Error{kBadFile}.
  EventFile(const std::filesystem::path& folder, std::int64_t done);

  void add(std::int64_t step, const std::map<std::string, double>& values);  // flushed at once

 private:
  void write(std::string_view message);

  std::filesystem::path file_;
  std::ofstream stream_;
};

}  // namespace sightline
