// Answers as judges compare them. Everything here takes and gives valid UTF-8 (text/unicode.h
// repairs what a model wrote).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sightline {

bool is_blank(std::string_view text);

std::string_view trimmed(std::string_view text);  // no white space at the ends

std::string_view first_characters(std::string_view text, std::size_t count);  // all, where fewer

std::string lower_case(std::string_view text);

// What an answer that reasons in tags concludes: the text of its last <verdict>, closed or not; all
// of an answer without one.
std::string_view conclusion(std::string_view answer);

// NFKC, curly quotes straightened, runs of white space made one space.
std::string normalise_basic(std::string_view text);

}  // namespace sightline
