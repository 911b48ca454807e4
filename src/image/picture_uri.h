// An encoded picture as text.
#pragma once

#include <string>
#include <string_view>

namespace sightline {

// "image/png"; told by picture_format(), not by a name. PNG for what is no picture.
std::string_view media_type(std::string_view bytes);

// "data:image/png;base64,…"
std::string picture_uri(std::string_view bytes);

}  // namespace sightline
