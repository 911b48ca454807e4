// A plain main for a fuzz target, so that it is built and run everywhere and cannot rot:
// every file of a corpus folder, then seeded mutations of each. SIGHTLINE_TEST_SEED changes them.
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/random.h"
#include "sightline/error.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;
using sightline::Random;

constexpr int kMutationsPerFile = 100;
constexpr std::size_t kMaxSeedBytes = 1 << 20;

char current_input[512];  // what is being run, told when the process dies

void on_death(int signal) {
  [[maybe_unused]] const ssize_t written =
      ::write(STDERR_FILENO, current_input, std::strlen(current_input));
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void run(const std::string& bytes, const std::string& description) {
  std::snprintf(current_input, sizeof current_input, "\ndied on %s\n", description.c_str());
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

// Numbers that break careless arithmetic, in the widths that file formats use.
void overwrite_number(std::string& bytes, Random& random) {
  constexpr std::uint64_t kNumbers[] = {0,          1,          0x7F,       0xFF,
                                        0x7FFFFFFF, 0xFFFFFFFF, 1ULL << 62, ~0ULL};
  const std::uint64_t number = kNumbers[random.below(std::size(kNumbers))];
  const std::size_t width = std::size_t{1} << random.below(4);
  if (bytes.size() < width) return;
  std::memcpy(bytes.data() + random.below(bytes.size() - width + 1), &number, width);
}

void mutate(std::string& bytes, Random& random) {
  if (bytes.empty()) return;
  const std::size_t at = random.below(bytes.size());
  const std::size_t length = 1 + random.below(std::min<std::size_t>(bytes.size() - at, 64));
  switch (random.below(6)) {
    case 0: bytes[at] = static_cast<char>(random.next()); break;
    case 1: bytes[at] ^= static_cast<char>(1 << random.below(8)); break;
    case 2: bytes.resize(at); break;
    case 3: bytes.erase(at, length); break;
    case 4: bytes.insert(random.below(bytes.size()), bytes.substr(at, length)); break;
    default: overwrite_number(bytes, random);
  }
}

std::vector<fs::path> files_of(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

int main(int argc, char** argv) {
  for (const int signal : {SIGSEGV, SIGABRT, SIGFPE, SIGBUS}) std::signal(signal, on_death);
  const char* seed_text = std::getenv("SIGHTLINE_TEST_SEED");
  const std::uint64_t seed = std::strtoull(seed_text != nullptr ? seed_text : "1234", nullptr, 10);
  int inputs = 0;
  for (int i = 1; i < argc; ++i) {
    for (const fs::path& file : files_of(argv[i])) {
      const std::string original = sightline::read_file(file, kMaxSeedBytes);
      run(original, file.string());
      for (int round = 0; round < kMutationsPerFile; ++round, ++inputs) {
        Random random(sightline::derive_seed(seed + static_cast<std::uint64_t>(round),
                                             file.filename().string()));
        std::string bytes = original;
        for (std::uint64_t n = 1 + random.below(4); n > 0; --n) mutate(bytes, random);
        run(bytes, file.string() + ", mutation " + std::to_string(round) + " of seed " +
                       std::to_string(seed));
      }
    }
  }
  std::printf("%d inputs\n", inputs);
  return inputs > 0 ? 0 : 1;  // an empty corpus tests nothing
}
