// The JSON header of a safetensors file, read in one pass without building a document.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "tensor/safetensors.h"

namespace sightline {

struct SafetensorsHeader {
  std::map<std::string, SafetensorsEntry> entries;
  SafetensorsMetadata metadata;
};

// Syntax and types only: begin, end and shape are not yet compared with each other or the file.
// Throws kBadFile starting with `origin`.
SafetensorsHeader parse_safetensors_header(std::string_view json, const std::string& origin);

}  // namespace sightline
