#include "sightline/request.h"

#include "base/file.h"
#include "base/sha256.h"

namespace sightline {

std::shared_ptr<const Picture> Picture::from_bytes(std::string bytes, std::string origin) {
  auto picture = std::make_shared<Picture>();
  picture->sha256 = sightline::sha256(bytes);
  picture->bytes = std::move(bytes);
  picture->origin = std::move(origin);
  return picture;
}

std::shared_ptr<const Picture> Picture::from_file(const std::string& path) {
  constexpr std::size_t kMaxPictureBytes = std::size_t{64} << 20;
  return from_bytes(read_file(path, kMaxPictureBytes), path);
}

Message Message::text(std::string role, std::string text) {
  return {.role = std::move(role), .parts = {Part{.text = std::move(text), .picture = nullptr}}};
}

Conversation ask(std::string text, std::shared_ptr<const Picture> picture) {
  Message message{.role = "user", .parts = {}};
  if (picture) message.parts.push_back({.text = "", .picture = std::move(picture)});
  message.parts.push_back({.text = std::move(text), .picture = nullptr});
  return {std::move(message)};
}

std::string_view name_of(FinishReason reason) {
  switch (reason) {
    case FinishReason::kStop: return "stop";
    case FinishReason::kLength: return "length";
    case FinishReason::kCancelled: return "cancelled";
  }
  return "stop";
}

}  // namespace sightline
