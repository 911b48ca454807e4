#include "sightline/version.h"

namespace sightline {

std::string_view version() { return SIGHTLINE_VERSION; }

}  // namespace sightline
