// What of a benchmark's published data lies in a folder, and what does not: `sightline data check`.
//
//   const DataCheck check = check_data("siuo", "SIUO");
//   if (!check.complete()) …
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "evals/benchmarks/release.h"
#include "sightline/benchmark.h"

namespace sightline {

struct FileFound {
  std::string name;  // the one found, else all names it could have
  bool found = false;
};

// One part of a release, such as one of its files.
struct PartCheck {
  std::string spec;              // "siuo(data=SIUO,set=gen)"
  std::string error;             // why it could not be loaded; empty: it was
  std::vector<FileFound> files;  // of the release
  std::int64_t items = 0;
  std::map<std::string, std::int64_t> subsets;  // how many items of each
  std::vector<CountFound> counts;
  std::int64_t pictures = 0;                // different contents found
  std::vector<MissingPicture> missing;      // items without their picture
  std::int64_t absent_in_release = 0;       // items that have none in the authors' files
  std::vector<MissingPicture> undecodable;  // items whose picture is none that can be read
  std::vector<std::string> duplicate_ids;
  std::vector<std::string> notes;  // what else is odd
  std::string data_sha256;

  // Everything is there, as published and readable. Notes are no fault.
  bool complete() const;
};

struct DataCheck {
  std::string benchmark;
  std::string source;
  std::string licence;
  std::vector<PartCheck> parts;

  bool complete() const;
};

// Loads every part of the benchmark that `spec` leaves open and decodes every picture. `place`: the
// folder of its data or, for data of one's own, the file; empty: what the spec or the benchmark
// says. `told` is called with each part's spec before it is read. Data that cannot be loaded are a
// finding; throws only kUsage for a spec that names no benchmark or a wrong option.
DataCheck check_data(std::string_view spec, const std::string& place,
                     const std::function<void(const std::string&)>& told = {});

}  // namespace sightline
