// What the authors of a benchmark publish: where, under which licence, which files, how many items.
// load_benchmark() warns where the counts differ, `sightline data check` reports all of it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "sightline/sample.h"

namespace sightline {

// Holds for the options that have these values; empty: for all.
using OptionValues = std::map<std::string, std::string>;

// A file or folder of the release: it is there when one of its names exists below the data folder.
struct ReleaseFile {
  std::vector<std::string> names;
  OptionValues when = {};
};

// A number of items the authors state, `least` to `most` where they state a range.
struct ReleaseCount {
  std::int64_t least = 0;
  std::int64_t most = 0;
  std::string subset = "";    // of this subset; empty: of all
  std::string scenario = "";  // of this scenario; empty: of all
  OptionValues when = {};
};

struct Release {
  std::string source = "";   // where to get it: "github.com/xirui-li/MOSSBench"
  std::string licence = "";  // one line
  std::string part = "";  // the option whose choices are the parts of the release; empty: one part
  std::vector<ReleaseFile> files = {};
  std::vector<ReleaseCount> counts = {};
  std::int64_t absent_pictures = 0;  // items that have none in the authors' own files either
};

// `count` items exactly.
ReleaseCount published(std::int64_t count, const std::string& subset = "",
                       const std::string& scenario = "", OptionValues when = {});

bool holds(const OptionValues& when, const Json& options);

struct CountFound {
  std::string what;  // "items", "unsafe", "unsafe, self-harm"
  std::int64_t least = 0;
  std::int64_t most = 0;
  std::int64_t found = 0;

  bool as_published() const { return least <= found && found <= most; }
  std::string published() const;   // "300", "1820 to 1960"
  std::string difference() const;  // "items: wanted 300 as published, found 299"
};

// The counts that hold for these options, over all samples of the data.
std::vector<CountFound> count_items(const Release& release, const Json& options,
                                    std::span<const Sample> samples);

// The folder of option `data`. Throws kUsage when it is not given and kNotFound when it is no
// folder; the hint says where the data are published.
std::filesystem::path data_folder(const Json& options, std::string_view benchmark,
                                  const Release& release);

// The first of `names` below `folder` that exists. Throws kUnsupported when there are parquet files
// instead, with what to do, else kNotFound naming all of them.
std::filesystem::path data_file(const std::filesystem::path& folder,
                                const std::vector<std::string>& names);

// The first of `names` below `folder` that exists, else the first: for folders of pictures, whose
// absence every picture tells. REQUIRES: names.
std::filesystem::path data_place(const std::filesystem::path& folder,
                                 const std::vector<std::string>& names);

}  // namespace sightline
