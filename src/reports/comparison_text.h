// A comparison for a terminal.
#pragma once

#include <string>

#include "reports/comparison.h"
#include "reports/text_table.h"

namespace sightline {

std::string comparison_text(const Comparison& comparison, const TerminalStyle& style);

}  // namespace sightline
