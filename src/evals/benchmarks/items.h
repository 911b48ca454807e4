// Benchmark items of any file of records, the layout of mini, jsonl and csv:
//
//   {"id": "u-017", "question": "…", "image": "pictures/u-017.png", "subset": "unsafe",
//    "scenario": "privacy", "split": "test", "kind": "…", "twin_of": "u-016",
//    "expected": {"answer": "yes"}, "meta": {"variant": "picture", …}}
//
// Needed: id, question; a field map gives other names. An item without image is text only. Paths
// are relative and stay below the folder of pictures. docs/formats/run-store.md shows what of it a
// run keeps.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sightline/benchmark.h"

namespace sightline {

// Where a record holds the parts of an item: a field's name, "a.b" for the field b of the object a,
// "=text" for that text in every item, and for the id "#", the record's key or number.
struct FieldMap {
  std::string id = "id";
  std::string question = "question";
  std::string image = "image";
  std::string subset = "subset";
  std::string scenario = "scenario";
  std::string expected = "expected";
};

struct ItemSource {
  std::filesystem::path file;      // what for_each_record() reads
  std::filesystem::path pictures;  // folder that images are relative to
  std::string split;               // keep only these items; empty: all
  FieldMap fields = {};
  std::vector<std::string> columns = {};  // that a table must have
};

// Fills samples, missing and data_sha256. Meta of a sample: the item's own notes as text, `kind`,
// `twin_of`, `source_ref`, and `gold` where the expected answer is one text. A text or a list of
// texts as expected stands for {"answer": …}. Throws kNotFound and kBadFile naming the file and the
// line.
void read_items(const ItemSource& source, BenchmarkData& data);

}  // namespace sightline
