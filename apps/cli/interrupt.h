// Ctrl-C as a stop token: the first SIGINT or SIGTERM asks for a clean end, the second ends at
// once.
#pragma once

#include <stop_token>

namespace sightline::cli {

// Installs the handlers at the first call; every call returns the same token.
std::stop_token interrupt_token();

}  // namespace sightline::cli
