// Python's text functions on valid UTF-8. Internal to the jinja_* files.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sightline::jinja {

bool is_space(char32_t c);  // str.isspace of one character; more than Unicode's White_Space

// str.strip and its halves; `characters` empty: white space.
std::string_view strip(std::string_view text, bool left, bool right,
                       std::string_view characters = {});

std::string upper(std::string_view text);
std::string lower(std::string_view text);
std::string capitalize(std::string_view text);
std::string title(std::string_view text);  // str.title

std::vector<std::string_view> split_lines(std::string_view text);
std::vector<std::string_view> split_spaces(std::string_view text, std::int64_t max_splits);
std::vector<std::string_view> split(std::string_view text, std::string_view separator,
                                    std::int64_t max_splits);
std::vector<std::string_view> split_right(std::string_view text, std::string_view separator,
                                          std::int64_t max_splits);

// How often `part` occurs without overlap; "" occurs between all characters.
std::int64_t count(std::string_view text, std::string_view part);

// str.replace; `limit` < 0: all.
std::string replace(std::string_view text, std::string_view from, std::string_view to,
                    std::int64_t limit);

std::string repr(std::string_view text);                   // 'it''s' as Python writes it
std::string repr(double value);                            // 1.0, 1e+16, nan
std::string json_text(std::string_view text, bool ascii);  // with quotes

// Characters [begin, end) as text; REQUIRES: 0 ≤ begin ≤ end.
std::string_view characters(std::string_view text, std::size_t begin, std::size_t end);

}  // namespace sightline::jinja
