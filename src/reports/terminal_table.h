// The headline table for a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "reports/run_report.h"

namespace sightline {

struct TerminalStyle {
  std::size_t width = 80;  // columns; a table that is wider puts value, interval and n on lines
  bool colours = false;
};

// Of the terminal on `descriptor`: its width, and colours unless NO_COLOR is set; without a
// terminal, a width for files and no colours.
TerminalStyle terminal_style(int descriptor);

// A title line and a table for each benchmark of the run.
std::string terminal_table(const RunReport& report, const TerminalStyle& style);

// Columns that `text` takes on a terminal.
std::size_t display_width(std::string_view text);

// Text from outside made harmless: control characters and invalid bytes become U+FFFD.
std::string printable(std::string_view text);

}  // namespace sightline
