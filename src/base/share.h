// Files that ship with the program: data sets, keyword lists, recipes, default model additions.
#pragma once

#include <filesystem>
#include <string_view>

namespace sightline {

// Where `relative` ("data/mini") lies: under SIGHTLINE_SHARE when that is set (and nowhere else),
// else beside the installed library or program (share/sightline of their prefix), else in the
// source tree it was built from. Throws kNotFound naming every place tried.
std::filesystem::path share_path(std::string_view relative);

}  // namespace sightline
