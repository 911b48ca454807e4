#include "evals/benchmarks/release.h"

#include <algorithm>

#include "sightline/error.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

constexpr int kParquetDepth = 3;  // folders a data set nests its parquet files in, at most

bool holds_parquet(const fs::path& folder) {
  std::error_code ignored;
  fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied,
                                      ignored);
  for (; at != fs::recursive_directory_iterator(); at.increment(ignored)) {
    if (at.depth() >= kParquetDepth) at.disable_recursion_pending();
    if (at->path().extension() == ".parquet") return true;
  }
  return false;
}

std::string name_of_count(const ReleaseCount& count) {
  if (count.subset.empty() && count.scenario.empty()) return "items";
  if (count.subset.empty() || count.scenario.empty()) return count.subset + count.scenario;
  return count.subset + ", " + count.scenario;
}

}  // namespace

ReleaseCount published(std::int64_t count, const std::string& subset, const std::string& scenario,
                       OptionValues when) {
  return {.least = count,
          .most = count,
          .subset = subset,
          .scenario = scenario,
          .when = std::move(when)};
}

bool holds(const OptionValues& when, const Json& options) {
  return std::ranges::all_of(when, [&options](const auto& wanted) {
    const auto found = options.find(wanted.first);
    if (found == options.end()) return false;
    return (found->is_string() ? found->template get<std::string>() : dump_json(*found)) ==
           wanted.second;
  });
}

std::string CountFound::published() const {
  return least == most ? std::to_string(least) : format("{} to {}", least, most);
}

std::string CountFound::difference() const {
  return format("{}: wanted {} as published, found {}", what, published(), found);
}

std::vector<CountFound> count_items(const Release& release, const Json& options,
                                    std::span<const Sample> samples) {
  std::vector<CountFound> out;
  for (const ReleaseCount& count : release.counts) {
    if (!holds(count.when, options)) continue;
    const auto found = std::ranges::count_if(samples, [&count](const Sample& sample) {
      return (count.subset.empty() || sample.subset == count.subset) &&
             (count.scenario.empty() || sample.scenario == count.scenario);
    });
    out.push_back({name_of_count(count), count.least, count.most, found});
  }
  return out;
}

fs::path data_folder(const Json& options, std::string_view benchmark, const Release& release) {
  const auto given = options.at("data").get<std::string>();
  const std::string get_it = "the data are published at " + release.source;
  if (given.empty()) {
    fail_with_hint(ErrorKind::kUsage, format("write {}(data=FOLDER); {}", benchmark, get_it),
                   "{}: option 'data' is missing", benchmark);
  }
  if (!fs::is_directory(given)) {
    fail_with_hint(ErrorKind::kNotFound, get_it, "{}: there is no folder '{}'", benchmark, given);
  }
  return given;
}

fs::path data_place(const fs::path& folder, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (fs::exists(folder / name)) return folder / name;
  }
  return folder / names.front();
}

fs::path data_file(const fs::path& folder, const std::vector<std::string>& wanted) {
  if (const fs::path place = data_place(folder, wanted); fs::exists(place)) return place;
  if (holds_parquet(folder)) {
    fail_with_hint(ErrorKind::kUnsupported,
                   "parquet files are not read: scripts/export_parquet writes them as pictures and "
                   "a metadata.jsonl (docs/guide/benchmarks.md)",
                   "'{}' holds parquet files, wanted {}", folder, wanted);
  }
  fail(ErrorKind::kNotFound, "'{}' lacks {}", folder, wanted);
}

}  // namespace sightline
