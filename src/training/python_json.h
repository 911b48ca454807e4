// JSON text as Python's json.dumps writes it with its defaults: ", " and ": " between, ASCII only.
// Data sets made here and by the methods' own scripts are then equal byte for byte.
#pragma once

#include <string>

#include "training/record.h"

namespace sightline {

std::string python_json(const OrderedJson& value);

}  // namespace sightline
