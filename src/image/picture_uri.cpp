#include "image/picture_uri.h"

#include "base/base64.h"

namespace sightline {

std::string_view media_type(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xD8")) return "image/jpeg";
  if (bytes.starts_with("RIFF")) return "image/webp";
  return "image/png";
}

std::string picture_uri(std::string_view bytes) {
  return "data:" + std::string(media_type(bytes)) + ";base64," + base64(bytes);
}

}  // namespace sightline
