// Tables in characters: columns aligned by what a terminal shows.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sightline {

struct TerminalStyle {
  std::size_t width = 80;  // columns; what is wider puts the parts of a cell on lines
  bool colours = false;
};

// Of the terminal on `descriptor`: its width, and colours unless NO_COLOR is set; without a
// terminal, a width for files and no colours.
TerminalStyle terminal_style(int descriptor);

// Columns that `text` takes on a terminal.
std::size_t display_width(std::string_view text);

// Text from outside made harmless: control characters and invalid bytes become U+FFFD.
std::string printable(std::string_view text);

// `text` under the ANSI code, such as "1" for bold.
std::string styled(const std::string& text, const char* code, bool colours);

using TextCell = std::vector<std::string>;  // lines, each printable
using TextRow = std::vector<TextCell>;

struct TextTable {
  TextRow header;
  std::vector<TextRow> rows;  // each as long as the header
};

// Words of `text` on lines of at most `width` columns where they allow.
TextCell wrapped(const std::string& text, std::size_t width);

std::size_t width_of(const TextTable& table);

// Header, rule and rows; `apart`: an empty line between rows.
std::string table_text(const TextTable& table, bool apart, bool colours);

}  // namespace sightline
