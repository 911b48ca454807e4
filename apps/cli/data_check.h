// sightline data check NAME [FOLDER]: for data.cpp.
#pragma once

#include "base/json.h"

namespace sightline::cli {

// 0 when all of the benchmark's data are there, as published and readable, else 1.
int check_benchmark_data(const Json& options);

}  // namespace sightline::cli
