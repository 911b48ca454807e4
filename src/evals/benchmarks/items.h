// Benchmark items as JSON Lines, the layout of mini and of jsonl(path=…):
//
//   {"id": "u-017", "question": "…", "image": "pictures/u-017.png", "subset": "unsafe",
//    "scenario": "privacy", "split": "test", "kind": "…", "twin_of": "u-016",
//    "expected": {"answer": "yes"}, "meta": {"variant": "picture", …}}
//
// Needed: id, question. An item without image is text only. Paths are relative and stay below the
// folder of pictures. docs/formats/run-store.md shows what of it a run keeps.
#pragma once

#include <filesystem>
#include <string>

#include "sightline/benchmark.h"

namespace sightline {

struct ItemSource {
  std::filesystem::path file;      // *.jsonl
  std::filesystem::path pictures;  // folder that `image` is relative to
  std::string split;               // keep only these items; empty: all
};

// Fills samples, missing and data_sha256. Meta of a sample: the item's own notes as text, `kind`,
// `twin_of`, and `gold` where the expected answer is one text. Throws kNotFound and kBadFile naming
// the file and the line.
void read_items(const ItemSource& source, BenchmarkData& data);

}  // namespace sightline
