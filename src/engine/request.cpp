#include "sightline/request.h"

#include "base/file.h"
#include "base/sha256.h"
#include "sightline/error.h"

namespace sightline {
namespace {

constexpr std::size_t kMaxPictureBytes = std::size_t{64} << 20;

}  // namespace

std::shared_ptr<const Picture> Picture::from_bytes(std::string bytes, std::string origin) {
  std::string hash = sightline::sha256(bytes);
  return std::make_shared<Picture>(Picture{.sha256 = std::move(hash),
                                           .origin = std::move(origin),
                                           .read = [bytes = std::move(bytes)] { return bytes; }});
}

std::shared_ptr<const Picture> Picture::from_file(const std::string& path) {
  std::string hash = sightline::sha256(read_file(path, kMaxPictureBytes));
  const auto read = [path, hash, file = std::filesystem::absolute(path)] {
    std::string bytes = read_file(file, kMaxPictureBytes);
    if (sightline::sha256(bytes) != hash) {
      fail(ErrorKind::kBadFile, "'{}' is no longer the picture that it was", path);
    }
    return bytes;
  };
  return std::make_shared<Picture>(Picture{.sha256 = hash, .origin = path, .read = read});
}

std::string Picture::bytes() const { return read(); }

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
