// The samples of a benchmark as a loader reads them: pictures found or reported missing, clusters,
// the hash of all that was read.
//
//   SampleList list(data, {.pictures = folder});
//   list.read(folder / "items.json", {"id", "question"}, [&](const Record& record) {
//     list.add(record, {.id = …, .question = …, .image = "a.png"});
//   });
//   list.finish();
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/sha256.h"
#include "evals/benchmarks/records.h"
#include "sightline/benchmark.h"

namespace sightline {

// One question, as a loader knows it.
struct Item {
  std::string id;
  std::string subset = "all";
  std::string scenario = "";
  std::string variant = "";  // empty: "picture", or "text_only" without an image
  std::string question = "";
  std::string image = "";                     // path below the folder of pictures; empty: none
  std::vector<std::string> more_images = {};  // shown after `image`, in order
  Json expected = Json::object();
  std::map<std::string, std::string> meta = {};
};

struct PictureFolder {
  std::filesystem::path pictures;
  bool any_extension = false;  // "1.png" may be a "1.webp": releases are not always true to names
};

// Not thread-safe. `data` must outlive it.
class SampleList {
 public:
  SampleList(BenchmarkData& data, PictureFolder folder) : data_(data), folder_(std::move(folder)) {}

  // for_each_record(), the file made part of the hash.
  void read(const std::filesystem::path& file, const std::vector<std::string>& needed,
            const std::function<void(const Record&)>& take);

  // A file that holds no records, as valid UTF-8 without BOM, made part of the hash. Throws
  // kBadFile when it is not UTF-8 or has more than kMaxDocumentBytes.
  std::string read_text(const std::filesystem::path& file);

  // A picture that cannot be read is reported and its sample kept. Items with one picture, or with
  // the same words, stand together in a cluster. Meta gets `source_ref`: file and record. Throws
  // kBadFile naming the record for an image outside the folder.
  void add(const Record& record, Item item);

  void finish();  // fills data_sha256

 private:
  void show_pictures(const Record& record, const Item& item, Sample& sample);
  std::filesystem::path place_of(const Record& record, const std::string& image) const;
  std::shared_ptr<const Picture> picture_at(const std::filesystem::path& path);

  BenchmarkData& data_;
  PictureFolder folder_;
  Sha256 hash_;
  std::map<std::string, std::shared_ptr<const Picture>> pictures_;
};

// The sample stays and is not asked: the data lack its picture. Its cluster is the caller's to
// name.
void mark_missing(BenchmarkData& data, Sample& sample, const std::string& reason);

// The cluster of items that are asked with these words and no picture: alike but for case, spaces
// and quotes.
std::string words_cluster(std::string_view words);

// A text or number of a record as text; nothing where it is absent or null. Throws kBadFile naming
// origin and key for anything else.
std::string field_text(const Record& record, const char* key);

}  // namespace sightline
