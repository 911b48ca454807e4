#include "training/builders/contamination.h"

#include <algorithm>
#include <cstdlib>

#include "base/file.h"
#include "base/json_records.h"
#include "base/sha256.h"
#include "image/image.h"
#include "training/builders/pick.h"
#include "training/record_fields.h"

namespace sightline {
namespace {

constexpr std::size_t kGram = 4, kFewGrams = 8, kEdge = 16;
constexpr int kMaxDifference = 4;  // of 255, mean over the thumbnail

std::set<std::string> grams_of(const std::string& words) {
  std::set<std::string> out;
  for (std::size_t i = 0; i + kGram <= words.size(); ++i) out.insert(words.substr(i, kGram));
  return out;
}

// Mean colour of each cell of a 16 x 16 grid; of small pictures a cell is its nearest pixel.
std::array<std::uint8_t, 768> thumbnail_of(const Image& image) {
  std::array<std::uint8_t, 768> out{};
  const auto width = static_cast<std::size_t>(image.width);
  const auto height = static_cast<std::size_t>(image.height);
  for (std::size_t cell = 0; cell < kEdge * kEdge; ++cell) {
    const std::size_t top = cell / kEdge * height / kEdge, left = cell % kEdge * width / kEdge;
    const std::size_t bottom = std::max(top + 1, (cell / kEdge + 1) * height / kEdge);
    const std::size_t right = std::max(left + 1, (cell % kEdge + 1) * width / kEdge);
    std::array<std::uint64_t, 3> sum{};
    for (std::size_t y = top; y < bottom; ++y) {
      for (std::size_t x = left; x < right; ++x) {
        for (std::size_t c = 0; c < 3; ++c) sum[c] += image.rgb[(y * width + x) * 3 + c];
      }
    }
    const std::uint64_t count = (bottom - top) * (right - left);
    for (std::size_t c = 0; c < 3; ++c) {
      out[cell * 3 + c] = static_cast<std::uint8_t>(sum[c] / count);
    }
  }
  return out;
}

}  // namespace

PictureKey picture_key(const std::filesystem::path& file) {
  const auto mapped = MappedFile::open(file);
  return {.sha256 = sha256(mapped->bytes()),
          .thumbnail = thumbnail_of(decode_image(mapped->bytes(), file.string()))};
}

bool same_picture(const PictureKey& a, const PictureKey& b) {
  constexpr int limit = kMaxDifference * 768;
  int sum = 0;
  for (std::size_t i = 0; i < a.thumbnail.size(); ++i) {
    sum += std::abs(int{a.thumbnail[i]} - int{b.thumbnail[i]});
    if (i % 64 == 63 && sum > limit) return false;
  }
  return sum <= limit;
}

BenchmarkIndex BenchmarkIndex::read(const std::filesystem::path& file) {
  BenchmarkIndex index;
  for_each_json_record(file, [&](const Json& json, const std::string& origin) {
    const auto question = json_get_or<std::string>(json, "question", origin, "");
    if (!question.empty()) index.add_text(question);
    if (!json.contains("image") || json["image"].is_null()) return;
    index.add_picture(picture_key(file.parent_path() / image_path_of(json["image"], origin)));
  });
  return index;
}

void BenchmarkIndex::add_text(const std::string& text) {
  const std::string words = plain_words(text);
  exact_.insert(words);
  const auto grams = grams_of(words);
  for (const std::string& gram : grams) {
    texts_of_gram_[gram].push_back(static_cast<std::uint32_t>(sizes_.size()));
  }
  sizes_.push_back(grams.size());
}

void BenchmarkIndex::add_picture(PictureKey key) {
  hashes_.insert(key.sha256);
  pictures_.push_back(std::move(key));
}

bool BenchmarkIndex::has_picture(const PictureKey& key) const {
  return hashes_.contains(key.sha256) ||
         std::any_of(pictures_.begin(), pictures_.end(),
                     [&](const PictureKey& other) { return same_picture(key, other); });
}

bool BenchmarkIndex::has_text(const std::string& text, double min_overlap) const {
  const std::string words = plain_words(text);
  if (exact_.contains(words)) return true;
  const auto grams = grams_of(words);
  if (grams.size() < kFewGrams) return false;
  std::vector<std::size_t> shared(sizes_.size());
  for (const std::string& gram : grams) {
    const auto found = texts_of_gram_.find(gram);
    if (found == texts_of_gram_.end()) continue;
    for (const std::uint32_t i : found->second) ++shared[i];
  }
  for (std::size_t i = 0; i < sizes_.size(); ++i) {
    const std::size_t shorter = std::min(grams.size(), sizes_[i]);
    if (shorter < kFewGrams) continue;
    if (static_cast<double>(shared[i]) >= min_overlap * static_cast<double>(shorter)) return true;
  }
  return false;
}

}  // namespace sightline
