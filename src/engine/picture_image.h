// An encoded picture as pixels.
#pragma once

#include <span>
#include <string>

#include "image/image.h"
#include "sightline/request.h"

namespace sightline {

// Throws what Picture::bytes() and decode_image() throw.
inline Image image_of(const Picture& picture) {
  const std::string bytes = picture.bytes();
  return decode_image(std::as_bytes(std::span(bytes)), picture.origin);
}

}  // namespace sightline
