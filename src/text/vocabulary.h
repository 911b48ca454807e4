// Token texts and ids, both ways. Built once, then read by any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sightline::text {

// Larger ids are refused: they would make tables of gigabytes out of a few bytes of file.
inline constexpr std::int64_t kMaxTokenId = (std::int64_t{1} << 24) - 1;

class Vocabulary {
 public:
  // Room for so many tokens with so many bytes of text in all.
  void reserve(std::size_t tokens, std::size_t bytes);

  // A text added again gets the new id. Throws Error{kBadFile} for an id outside [0, kMaxTokenId].
  void add(std::string_view token, std::int64_t id, std::string_view origin);

  // Id of a text, or -1.
  std::int32_t find(std::string_view token) const;

  bool has_id(std::int64_t id) const;
  std::string_view token(std::int64_t id) const;  // "" for an unknown id

  std::size_t size() const { return entries_.size(); }  // distinct texts
  std::int64_t end_id() const {
    return static_cast<std::int64_t>(by_id_.size());
  }  // highest id + 1

 private:
  struct Entry {
    std::uint32_t offset;
    std::uint32_t size;
    std::int32_t id;
  };
  std::string_view text_of(const Entry& entry) const {
    return std::string_view(texts_).substr(entry.offset, entry.size);
  }
  std::size_t slot_of(std::string_view token) const;  // where it is, or where it would go
  void rehash(std::size_t slots);

  std::string texts_;
  std::vector<Entry> entries_;
  std::vector<std::int32_t> slots_;  // index into entries_, -1: free; a power of two long
  std::vector<std::int32_t> by_id_;  // index into entries_, -1: no such id
};

}  // namespace sightline::text
