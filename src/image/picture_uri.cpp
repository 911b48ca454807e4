#include "image/picture_uri.h"

#include "base/base64.h"
#include "image/image.h"

namespace sightline {

std::string_view media_type(std::string_view bytes) {
  const std::string_view format = picture_format(bytes);
  if (format == "jpeg") return "image/jpeg";
  if (format == "webp") return "image/webp";
  return "image/png";
}

std::string picture_uri(std::string_view bytes) {
  return "data:" + std::string(media_type(bytes)) + ";base64," + base64(bytes);
}

}  // namespace sightline
