#include "training/builders/pick.h"

#include <algorithm>
#include <cctype>
#include <map>

#include "base/file.h"

namespace sightline {
namespace {

constexpr std::size_t kMaxListBytes = std::size_t{64} << 20;

char lower(char c) {
  return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));  // ASCII in the C locale
}

}  // namespace

void swap_images(std::vector<TrainingRecord>& records, PyRandom& random) {
  std::vector<std::size_t> order(records.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  random.shuffle(order);
  std::map<std::string, std::vector<std::size_t>> groups;
  std::size_t largest = 0;
  for (const std::size_t i : order) {
    auto& group = groups[records[i].images.at(0)];
    group.push_back(i);
    largest = std::max(largest, group.size());
  }
  if (2 * largest > records.size()) {
    fail(ErrorKind::kBadFile, "pictures cannot be swapped: {} of {} records share one", largest,
         records.size());
  }
  // Records of one picture stand together; a turn by the largest group moves all of them out of it.
  std::vector<std::size_t> ring;
  for (const std::size_t i : order) {
    auto& group = groups[records[i].images[0]];
    ring.insert(ring.end(), group.begin(), group.end());
    group.clear();
  }
  std::vector<std::string> images;
  for (const std::size_t i : ring) images.push_back(records[i].images[0]);
  for (std::size_t k = 0; k < ring.size(); ++k) {
    records[ring[k]].images[0] = images[(k + largest) % ring.size()];
  }
}

std::vector<std::string> read_text_lines(const std::filesystem::path& file) {
  const std::string text = read_file(file, kMaxListBytes);
  std::string_view rest = text;
  if (rest.substr(0, 3) == "\xEF\xBB\xBF") rest.remove_prefix(3);
  std::vector<std::string> lines;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string line = trimmed_text(rest.substr(0, end));
    if (!line.empty()) lines.push_back(std::move(line));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return lines;
}

std::set<std::string> ids_of(const std::vector<TrainingRecord>& records) {
  std::set<std::string> ids;
  for (const TrainingRecord& record : records) ids.insert(record.id);
  return ids;
}

std::string plain_words(std::string_view text) {
  std::string out;
  for (const char c : without_image_tags(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || std::isalnum(byte) != 0)
      out += lower(c);
    else if (!out.empty() && out.back() != ' ' && c != '\'')
      out += ' ';
  }
  return trimmed_text(out);
}

bool contains_ignoring_case(std::string_view text, std::string_view part) {
  return std::search(text.begin(), text.end(), part.begin(), part.end(),
                     [](char a, char b) { return lower(a) == lower(b); }) != text.end();
}

void give_source(std::vector<TrainingRecord>& records, const std::string& source) {
  for (TrainingRecord& record : records) {
    if (record.source.empty()) record.source = source;
  }
}

}  // namespace sightline
