#include "text/vocabulary.h"

#include <bit>
#include <functional>
#include <limits>

#include "sightline/error.h"

namespace sightline::text {

void Vocabulary::reserve(std::size_t tokens, std::size_t bytes) {
  texts_.reserve(bytes);
  entries_.reserve(tokens);
  rehash(std::bit_ceil(tokens * 2 + 16));
}

std::size_t Vocabulary::slot_of(std::string_view token) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = std::hash<std::string_view>{}(token)&mask;
  while (slots_[slot] >= 0 && text_of(entries_[static_cast<std::size_t>(slots_[slot])]) != token) {
    slot = (slot + 1) & mask;
  }
  return slot;
}

void Vocabulary::rehash(std::size_t slots) {
  slots_.assign(slots, -1);
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    slots_[slot_of(text_of(entries_[i]))] = static_cast<std::int32_t>(i);
  }
}

void Vocabulary::add(std::string_view token, std::int64_t id, std::string_view origin) {
  if (id < 0 || id > kMaxTokenId) {
    fail(ErrorKind::kBadFile, "{}: token '{}' has id {}, wanted 0 to {}", origin, token, id,
         kMaxTokenId);
  }
  if (texts_.size() + token.size() > std::numeric_limits<std::uint32_t>::max()) {
    fail(ErrorKind::kBadFile, "{}: more than 4 GiB of token texts", origin);
  }
  if ((entries_.size() + 1) * 2 > slots_.size()) rehash(std::bit_ceil(entries_.size() * 4 + 16));
  const auto index = static_cast<std::size_t>(id);
  if (index >= by_id_.size()) by_id_.resize(index + 1, -1);
  const std::size_t slot = slot_of(token);
  if (slots_[slot] >= 0) {
    Entry& entry = entries_[static_cast<std::size_t>(slots_[slot])];
    by_id_[static_cast<std::size_t>(entry.id)] = -1;
    entry.id = static_cast<std::int32_t>(id);
    by_id_[index] = slots_[slot];
    return;
  }
  slots_[slot] = by_id_[index] = static_cast<std::int32_t>(entries_.size());
  entries_.push_back({static_cast<std::uint32_t>(texts_.size()),
                      static_cast<std::uint32_t>(token.size()), static_cast<std::int32_t>(id)});
  texts_ += token;
}

std::int32_t Vocabulary::find(std::string_view token) const {
  if (slots_.empty()) return -1;
  const std::int32_t index = slots_[slot_of(token)];
  return index < 0 ? -1 : entries_[static_cast<std::size_t>(index)].id;
}

bool Vocabulary::has_id(std::int64_t id) const {
  return id >= 0 && id < end_id() && by_id_[static_cast<std::size_t>(id)] >= 0;
}

std::string_view Vocabulary::token(std::int64_t id) const {
  if (!has_id(id)) return {};
  return text_of(entries_[static_cast<std::size_t>(by_id_[static_cast<std::size_t>(id)])]);
}

}  // namespace sightline::text
