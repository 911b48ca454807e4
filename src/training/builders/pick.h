// What several builders do with records: draw, compare, exchange pictures.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "training/py_random.h"
#include "training/record.h"

namespace sightline {

template <class T>
std::vector<T> picked(const std::vector<T>& from, const std::vector<std::size_t>& indices) {
  std::vector<T> out;
  out.reserve(indices.size());
  for (const std::size_t i : indices) out.push_back(from[i]);
  return out;
}

// random.sample(from, count), as copies. REQUIRES: count <= from.size()
template <class T>
std::vector<T> drawn(PyRandom& random, const std::vector<T>& from, std::size_t count) {
  return picked(from, random.sample(from.size(), count));
}

// Gives every record the picture of another so that none keeps its own; texts stay. Throws
// Error{kBadFile} when more than half of the records share one picture. REQUIRES: one each.
void swap_images(std::vector<TrainingRecord>& records, PyRandom& random);

// Lines that are not blank, trimmed.
std::vector<std::string> read_text_lines(const std::filesystem::path& file);

std::set<std::string> ids_of(const std::vector<TrainingRecord>& records);

// Lower-case words of a text, one space between, no punctuation, no picture tags: what questions
// are compared by.
std::string plain_words(std::string_view text);

bool contains_ignoring_case(std::string_view text, std::string_view part);

// Sets `source` where a record has none.
void give_source(std::vector<TrainingRecord>& records, const std::string& source);

}  // namespace sightline
