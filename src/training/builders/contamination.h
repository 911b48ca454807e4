// Finds training items that are benchmark items: the same picture, also re-encoded or resized, or
// nearly the same words.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace sightline {

// A picture's identity: the file's hash, and 16 x 16 mean colours for what re-encoding leaves.
struct PictureKey {
  std::string sha256;
  std::array<std::uint8_t, 768> thumbnail{};
};

// Throws Error: kNotFound, kBadFile for what is no picture.
PictureKey picture_key(const std::filesystem::path& file);

// Mean difference of the thumbnails is at most 4 of 255.
bool same_picture(const PictureKey& a, const PictureKey& b);

// Not thread-safe while filling; const use is.
class BenchmarkIndex {
 public:
  // Items {"question": …, "image": …} of a JSON list or JSONL, pictures beside the file. Either
  // field may be absent.
  static BenchmarkIndex read(const std::filesystem::path& file);

  void add_text(const std::string& text);
  void add_picture(PictureKey key);

  bool has_picture(const PictureKey& key) const;
  // True when an indexed text shares at least `min_overlap` of the character 4-grams of the shorter
  // one, over plain words; texts of fewer than 8 such grams must be equal.
  bool has_text(const std::string& text, double min_overlap = 0.5) const;

  std::size_t texts() const { return sizes_.size(); }
  std::size_t pictures() const { return pictures_.size(); }

 private:
  std::vector<std::size_t> sizes_;  // of each text: distinct grams
  std::set<std::string> exact_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> texts_of_gram_;
  std::vector<PictureKey> pictures_;
  std::set<std::string> hashes_;
};

}  // namespace sightline
