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

// Whether an answer, in lower case, begins with a step of reasoning in tags, as `vcr` teaches.
bool reasons_in_tags(std::string_view answer);

// What an answer, in lower case, concludes: the text of its last <verdict>, closed or not. All of
// one without it; nothing where it reasons in tags and does not get that far.
std::string_view conclusion(std::string_view answer);

// NFKC, curly quotes straightened, runs of white space made one space.
std::string normalise_basic(std::string_view text);

}  // namespace sightline
