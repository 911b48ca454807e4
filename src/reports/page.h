// The page of web/, built by Vite and turned into an object by cmake/SightlineWeb.cmake.
#pragma once

#include <string_view>

namespace sightline {

// One HTML file with its script and style inside. It holds "<!--report-data-->" once, where the
// data belong.
std::string_view report_page();

}  // namespace sightline
