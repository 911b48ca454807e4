// Which Sightline this is.
#pragma once

#include <string_view>

namespace sightline {

std::string_view version();  // "0.1.0"

}  // namespace sightline
