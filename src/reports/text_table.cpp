#include "reports/text_table.h"

#include <sys/ioctl.h>
#include <unistd.h>
#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>

#include "text/unicode.h"

namespace sightline {
namespace {

constexpr std::size_t kWidthOfFiles = 200;
constexpr std::size_t kGap = 2;

std::vector<std::size_t> widths_of(const TextTable& table) {
  std::vector<std::size_t> widths(table.header.size(), 0);
  const auto widen = [&widths](const TextRow& row) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      for (const std::string& line : row[c]) widths[c] = std::max(widths[c], display_width(line));
    }
  };
  widen(table.header);
  for (const TextRow& row : table.rows) widen(row);
  return widths;
}

std::size_t total(const std::vector<std::size_t>& widths) {
  std::size_t sum = kGap * (widths.size() - 1);
  for (const std::size_t width : widths) sum += width;
  return sum;
}

// `first` styles the first line of every cell, `rest` the others.
std::string row_text(const TextRow& row, const std::vector<std::size_t>& widths, const char* first,
                     const char* rest, bool colours) {
  std::size_t height = 0;
  for (const TextCell& cell : row) height = std::max(height, cell.size());
  std::string out;
  for (std::size_t line = 0; line < height; ++line) {
    std::string text;
    std::size_t pending = 0;  // spaces owed before the next text, so that no line ends in them
    for (std::size_t c = 0; c < row.size(); ++c) {
      const std::string content = line < row[c].size() ? row[c][line] : "";
      if (!content.empty()) {
        text += std::string(pending, ' ') + styled(content, line == 0 ? first : rest, colours);
        pending = 0;
      }
      pending += widths[c] - display_width(content) + kGap;
    }
    out += text + "\n";
  }
  return out;
}

}  // namespace

TerminalStyle terminal_style(int descriptor) {
  if (::isatty(descriptor) != 1) return {.width = kWidthOfFiles, .colours = false};
  winsize size{};
  const bool known = ::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  const char* no_colour = std::getenv("NO_COLOR");
  return {.width = known ? size.ws_col : std::size_t{80},
          .colours = no_colour == nullptr || *no_colour == '\0'};
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const text::Utf8Step step = text::utf8_step(text, at);
    width += static_cast<std::size_t>(
        std::max(0, utf8proc_charwidth(static_cast<utf8proc_int32_t>(step.value))));
    at += step.size;
  }
  return width;
}

std::string printable(std::string_view raw) {
  std::string out;
  for (std::size_t at = 0; at < raw.size();) {
    const text::Utf8Step step = text::utf8_step(raw, at);
    const bool control =
        utf8proc_category(static_cast<utf8proc_int32_t>(step.value)) == UTF8PROC_CATEGORY_CC;
    text::append_utf8(control ? text::kReplacement : step.value, out);
    at += step.size;
  }
  return out;
}

std::string styled(const std::string& text, const char* code, bool colours) {
  return colours && !text.empty() ? std::string("\033[") + code + "m" + text + "\033[0m" : text;
}

TextCell wrapped(const std::string& text, std::size_t width) {
  TextCell lines;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    const bool fits =
        !lines.empty() && display_width(lines.back()) + 1 + display_width(word) <= width;
    if (fits)
      lines.back() += " " + word;
    else
      lines.push_back(word);
  }
  return lines;
}

std::size_t width_of(const TextTable& table) { return total(widths_of(table)); }

std::string table_text(const TextTable& table, bool apart, bool colours) {
  const std::vector<std::size_t> widths = widths_of(table);
  std::string out = row_text(table.header, widths, "1", "1", colours);
  std::string rule;
  for (std::size_t i = 0; i < total(widths); ++i) rule += "─";
  out += styled(rule, "2", colours) + "\n";
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    if (apart && r > 0) out += "\n";
    out += row_text(table.rows[r], widths, "0", "2", colours);
  }
  return out;
}

}  // namespace sightline
