#include "interchange/vlmevalkit_pictures.h"

#include "base/base64.h"
#include "interchange/python_values.h"
#include "sightline/error.h"

namespace sightline {
namespace {

constexpr std::size_t kLongestIndex = 64;  // what is longer is a picture: VLMEvalKit's own rule

}  // namespace

std::shared_ptr<const Picture> VlmEvalKitPictures::decode(const std::string& index,
                                                          const std::string& text) {
  std::optional<std::string> bytes = base64_decode(text);
  if (!bytes) {
    fail(ErrorKind::kBadFile, "{}: the image of index '{}' is no base64", file_.string(), index);
  }
  return Picture::from_bytes(std::move(*bytes), file_.filename().string() + "#" + index);
}

std::vector<std::shared_ptr<const Picture>> VlmEvalKitPictures::of(const std::string& index) {
  std::vector<std::shared_ptr<const Picture>> out;
  const auto cell = cells_.find(index);
  if (cell == cells_.end() || cell->second.empty()) return out;
  std::vector<std::string> texts = {cell->second};
  if (const auto list = python_list(cell->second)) texts = *list;
  for (const std::string& text : texts) {
    if (text.size() > kLongestIndex) {
      out.push_back(decode(index, text));
      continue;
    }
    auto& picture = referred_[text];
    const auto target = cells_.find(text);
    if (!picture && (target == cells_.end() || target->second.size() <= kLongestIndex)) {
      fail(ErrorKind::kBadFile, "{}: the image of index '{}' is that of '{}', which has none",
           file_.string(), index, text);
    }
    if (!picture) picture = decode(text, target->second);
    out.push_back(picture);
  }
  return out;
}

}  // namespace sightline
