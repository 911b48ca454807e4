#include "data_check.h"

#include <algorithm>
#include <iostream>

#include "base/log.h"
#include "evals/benchmarks/data_check.h"

namespace sightline::cli {
namespace {

constexpr std::size_t kShown = 5;  // of many alike; --json has all

Json missing_json(const std::vector<MissingPicture>& pictures) {
  Json out = Json::array();
  for (const MissingPicture& one : pictures) {
    out.push_back({{"item", one.sample}, {"reason", one.reason}});
  }
  return out;
}

Json part_json(const PartCheck& part) {
  Json files = Json::array();
  for (const FileFound& file : part.files) {
    files.push_back({{"name", file.name}, {"found", file.found}});
  }
  Json counts = Json::array();
  for (const CountFound& count : part.counts) {
    counts.push_back({{"what", count.what},
                      {"least", count.least},
                      {"most", count.most},
                      {"found", count.found}});
  }
  return {{"spec", part.spec},
          {"complete", part.complete()},
          {"error", part.error.empty() ? Json() : Json(part.error)},
          {"files", files},
          {"items", part.items},
          {"subsets", part.subsets},
          {"counts", counts},
          {"pictures", part.pictures},
          {"missing_pictures", missing_json(part.missing)},
          {"absent_in_release", part.absent_in_release},
          {"undecodable_pictures", missing_json(part.undecodable)},
          {"duplicate_ids", part.duplicate_ids},
          {"notes", part.notes},
          {"sha256", part.data_sha256.empty() ? Json() : Json(part.data_sha256)}};
}

void print_pictures(const char* what, const std::vector<MissingPicture>& pictures) {
  if (pictures.empty()) return;
  std::cout << "  " << what << ": " << pictures.size() << "\n";
  for (std::size_t i = 0; i < std::min(kShown, pictures.size()); ++i) {
    std::cout << "    " << pictures[i].sample << ": " << pictures[i].reason << "\n";
  }
  if (pictures.size() > kShown) {
    std::cout << "    … and " << pictures.size() - kShown << " more\n";
  }
}

void print_items(const PartCheck& part) {
  std::cout << "  items: " << part.items << "\n";
  for (const auto& [subset, count] : part.subsets) {
    std::cout << "    " << subset << ": " << count << "\n";
  }
  for (const CountFound& count : part.counts) {
    if (!count.as_published()) std::cout << "  COUNT " << count.difference() << "\n";
  }
  std::cout << "  pictures: " << part.pictures << " different\n";
  print_pictures("MISSING pictures", part.missing);
  if (!part.missing.empty() && part.absent_in_release > 0) {
    std::cout << "    (in the authors' own files " << part.absent_in_release << " lack theirs)\n";
  }
  print_pictures("UNDECODABLE pictures", part.undecodable);
  if (!part.duplicate_ids.empty()) {
    std::cout << "  ids that occur TWICE: " << part.duplicate_ids.size() << ", first '"
              << part.duplicate_ids.front() << "'\n";
  }
  for (const std::string& note : part.notes) std::cout << "  note: " << note << "\n";
  std::cout << "  sha256: " << part.data_sha256 << "\n";
}

void print_part(const PartCheck& part) {
  std::cout << part.spec << ": " << (part.complete() ? "complete" : "INCOMPLETE") << "\n";
  for (const FileFound& file : part.files) {
    std::cout << "  " << (file.found ? "found    " : "MISSING  ") << file.name << "\n";
  }
  if (part.error.empty())
    print_items(part);
  else
    std::cout << "  cannot be loaded: " << part.error << "\n";
}

void print(const DataCheck& check) {
  std::cout << check.benchmark << "\n";
  if (!check.source.empty()) std::cout << "  from: " << check.source << "\n";
  if (!check.licence.empty()) std::cout << "  licence: " << check.licence << "\n";
  for (const PartCheck& part : check.parts) print_part(part);
}

}  // namespace

int check_benchmark_data(const Json& options) {
  if (options.at("builder").is_null()) {
    fail_with_hint(ErrorKind::kUsage, "see 'sightline list benchmarks'",
                   "data check: no benchmark named");
  }
  const Json& place = options.at("place");
  const DataCheck check = check_data(options.at("builder").get<std::string>(),
                                     place.is_null() ? "" : place.get<std::string>(),
                                     [](const std::string& part) { log_info("reading {}", part); });
  if (!options.at("json").get<bool>()) {
    print(check);
  } else {
    Json parts = Json::array();
    for (const PartCheck& part : check.parts) parts.push_back(part_json(part));
    std::cout << dump_json({{"benchmark", check.benchmark},
                            {"source", check.source},
                            {"licence", check.licence},
                            {"complete", check.complete()},
                            {"parts", parts}},
                           2)
              << "\n";
  }
  return check.complete() ? 0 : 1;
}

}  // namespace sightline::cli
