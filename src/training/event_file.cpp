#include "training/event_file.h"

#include <unistd.h>

#include <array>
#include <bit>
#include <chrono>
#include <optional>
#include <vector>

#include "base/file.h"
#include "sightline/error.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "events.out.tfevents.";
constexpr std::string_view kSuffix = ".sightline";
constexpr std::size_t kMaxFileBytes = std::size_t{1} << 30;
constexpr std::size_t kHeaderBytes = 12;  // length and its checksum
constexpr std::size_t kChecksumBytes = 4;

constexpr std::array<std::uint32_t, 256> crc_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0x82F63B78U : 0U);
    table[byte] = crc;
  }
  return table;
}

// Fixed-width numbers are little-endian in both formats.
template <class Word>
std::string little_endian(Word word) {
  std::string bytes;
  for (std::size_t i = 0; i < sizeof(Word); ++i) bytes += static_cast<char>(word >> (8 * i));
  return bytes;
}

std::uint64_t word_at(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t word = 0;
  for (std::size_t i = size; i-- > 0;) word = word << 8 | static_cast<unsigned char>(bytes[at + i]);
  return word;
}

std::string varint(std::uint64_t value) {
  std::string bytes;
  for (; value >= 128; value >>= 7) bytes += static_cast<char>(value % 128 + 128);
  return bytes + static_cast<char>(value);
}

// A protobuf field's key; wire types: 0 varint, 1 eight bytes, 2 counted bytes, 5 four bytes.
std::string key(int field, int wire_type) {
  return varint(static_cast<std::uint64_t>(field) << 3 | static_cast<std::uint64_t>(wire_type));
}

std::string counted(int field, std::string_view bytes) {
  return key(field, 2) + varint(bytes.size()) + std::string(bytes);
}

std::string time_field(double wall_time) {
  return key(1, 1) + little_endian(std::bit_cast<std::uint64_t>(wall_time));
}

std::string scalar(const std::string& tag, double value) {
  return counted(1, tag) + key(2, 5) +
         little_endian(std::bit_cast<std::uint32_t>(static_cast<float>(value)));
}

// The step of a message as event_message() lays it out; the version's has none and counts as 0.
std::uint64_t step_of(std::string_view message) {
  constexpr std::size_t kStepKey = 9;  // after the time
  std::uint64_t step = 0;
  if (message.size() <= kStepKey || message[kStepKey] != key(2, 0)[0]) return step;
  for (std::size_t i = kStepKey + 1; i < message.size() && i < kStepKey + 11; ++i) {
    step |= (word_at(message, i, 1) & 127) << (7 * (i - kStepKey - 1));
    if ((word_at(message, i, 1) & 128) == 0) break;
  }
  return step;
}

// The whole record at `at`; nothing where it is cut or damaged.
std::optional<std::string_view> message_at(std::string_view bytes, std::size_t at) {
  if (bytes.size() - at < kHeaderBytes) return {};
  const std::uint64_t length = word_at(bytes, at, 8);
  const std::size_t rest = bytes.size() - at - kHeaderBytes;
  if (rest < kChecksumBytes || length > rest - kChecksumBytes) return {};
  const std::string_view message = bytes.substr(at + kHeaderBytes, length);
  if (event_record(message) != bytes.substr(at, kHeaderBytes + length + kChecksumBytes)) return {};
  return message;
}

void keep_steps(const fs::path& file, std::int64_t done) {
  const std::string bytes = read_file(file, kMaxFileBytes);
  std::size_t end = 0;
  while (const auto message = message_at(bytes, end)) {
    if (step_of(*message) > static_cast<std::uint64_t>(done)) break;
    end += kHeaderBytes + message->size() + kChecksumBytes;
  }
  std::error_code error;
  if (end < bytes.size()) fs::resize_file(file, end, error);
  if (error) fail(ErrorKind::kBadFile, "{}: {}", file, error.message());
}

std::vector<fs::path> event_files(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(kPrefix) && name.ends_with(kSuffix)) files.push_back(entry.path());
  }
  return files;
}

double seconds_now() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration<double>(now).count();
}

}  // namespace

std::uint32_t masked_crc32c(std::string_view bytes) {
  static constexpr std::array<std::uint32_t, 256> kTable = crc_table();
  std::uint32_t crc = 0xFFFFFFFFU;
  for (const char c : bytes) {
    crc = (crc >> 8) ^ kTable[(crc ^ static_cast<unsigned char>(c)) & 255];
  }
  return std::rotr(~crc, 15) + 0xA282EAD8U;
}

std::string event_record(std::string_view message) {
  const std::string length = little_endian(static_cast<std::uint64_t>(message.size()));
  return length + little_endian(masked_crc32c(length)) + std::string(message) +
         little_endian(masked_crc32c(message));
}

std::string event_message(double wall_time, std::int64_t step,
                          const std::map<std::string, double>& values) {
  std::string summary;
  for (const auto& [tag, value] : values) summary += counted(1, scalar(tag, value));
  return time_field(wall_time) + key(2, 0) + varint(static_cast<std::uint64_t>(step)) +
         counted(5, summary);
}

EventFile::EventFile(const fs::path& folder, std::int64_t done) {
  make_folder(folder);
  for (const fs::path& earlier : event_files(folder)) {
    std::error_code ignored;
    if (done == 0) fs::remove(earlier, ignored);
    if (done > 0) keep_steps(earlier, done);
  }
  const double now = seconds_now();
  file_ =
      folder / format("{}{}.{}{}", kPrefix, static_cast<std::int64_t>(now), ::getpid(), kSuffix);
  stream_.open(file_, std::ios::binary | std::ios::trunc);
  write(time_field(now) + counted(3, "brain.Event:2"));
}

void EventFile::add(std::int64_t step, const std::map<std::string, double>& values) {
  write(event_message(seconds_now(), step, values));
}

void EventFile::write(std::string_view message) {
  stream_ << event_record(message) << std::flush;
  if (!stream_) fail(ErrorKind::kBadFile, "{}: cannot be written", file_);
}

}  // namespace sightline
