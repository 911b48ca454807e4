#include "training/event_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "base/file.h"
#include "support/temporary_folder.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

std::string hex(const std::string& bytes) {
  std::string out;
  for (const unsigned char byte : bytes) {
    out += "0123456789abcdef"[byte / 16];
    out += "0123456789abcdef"[byte % 16];
  }
  return out;
}

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
  return files;
}

std::string contents(const fs::path& file) { return read_file(file, 1 << 20); }

TEST(EventFile, ChecksumsAreTensorFlowsMaskedCrc32c) {
  // RFC 3720 gives CRC-32C of 32 zero bytes as 0x8a9136aa; "123456789" is TensorBoard's own.
  const std::uint32_t zeros = 0x8A9136AAU;
  EXPECT_EQ(masked_crc32c(std::string(32, '\0')), ((zeros >> 15) | (zeros << 17)) + 0xA282EAD8U);
  EXPECT_EQ(masked_crc32c("123456789"), 0xC78AB0E5U);
}

TEST(EventFile, ARecordIsByteForByteTensorBoards) {
  const std::string message = event_message(1.5, 300, {{"loss", 0.25}});
  EXPECT_EQ(hex(message), "09000000000000f83f10ac022a0d0a0b0a046c6f7373150000803e");
  EXPECT_EQ(hex(event_record(message)),
            "1b000000000000001a0d9e13" + hex(message) + "9908deed");  // by its RecordWriter
}

TEST(EventFile, LaterStepsAndTornRecordsOfEarlierFilesGo) {
  const TemporaryFolder folder;
  {
    EventFile events(folder.path(), 0);
    for (int step = 1; step <= 200; ++step) events.add(step, {{"loss", NAN}});
  }
  const fs::path first = files_in(folder.path()).at(0);
  const std::string whole = contents(first);
  fs::rename(first, folder.path() / "events.out.tfevents.1.2.sightline");
  const fs::path earlier = folder.path() / "events.out.tfevents.1.2.sightline";
  const auto kept = [&](std::int64_t done, const std::string& bytes) {
    std::ofstream(earlier, std::ios::binary | std::ios::trunc) << bytes;
    EventFile(folder.path(), done);
    return contents(earlier).size();
  };
  const std::size_t small = event_record(event_message(0, 1, {{"loss", 0}})).size();
  const std::size_t start = whole.size() - 127 * small - 73 * (small + 1);
  EXPECT_EQ(kept(200, whole), whole.size());
  EXPECT_EQ(kept(128, whole), start + 127 * small + (small + 1));
  EXPECT_EQ(kept(4, whole), start + 4 * small);
  for (std::size_t cut = start; cut < start + 3 * small; ++cut) {
    EXPECT_EQ(kept(200, whole.substr(0, cut)), start + (cut - start) / small * small) << cut;
  }
  std::string damaged = whole;
  damaged[start + 2 * small + 20] ^= 1;
  EXPECT_EQ(kept(200, damaged), start + 2 * small);
}

TEST(EventFile, ARunFromTheStartDropsItsOwnEarlierFilesAlone) {
  const TemporaryFolder folder;
  const fs::path ours = folder.path() / "events.out.tfevents.1.2.sightline";
  const fs::path others = folder.path() / "events.out.tfevents.1.host";
  for (const fs::path& file : {ours, others}) std::ofstream(file) << "x";
  EventFile(folder.path(), 0);
  EXPECT_FALSE(fs::exists(ours));
  EXPECT_EQ(contents(others), "x");
}

}  // namespace
}  // namespace sightline
