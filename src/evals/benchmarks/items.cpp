#include "evals/benchmarks/items.h"

#include <map>
#include <optional>

#include "base/file.h"
#include "base/json.h"
#include "base/sha256.h"
#include "evals/plain_text.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxItemFileBytes = std::size_t{1} << 30;

// A path of the data that stays below its folder, whatever the data says.
fs::path inside(const fs::path& folder, const std::string& relative, const std::string& origin) {
  const fs::path path(relative);
  const bool climbs = std::find(path.begin(), path.end(), "..") != path.end();
  if (path.empty() || path.is_absolute() || climbs || relative.find('\0') != std::string::npos) {
    fail(ErrorKind::kBadFile, "{}: image '{}' should be a path below {}", origin, relative, folder);
  }
  return folder / path;
}

std::string text_of(const Json& value) {
  return value.is_string() ? value.get<std::string>() : dump_json(value);
}

class ItemReader {
 public:
  ItemReader(const ItemSource& source, BenchmarkData& data) : source_(source), data_(data) {}

  void read() {
    const std::string text = read_file(source_.file, kMaxItemFileBytes);
    hash_.add(text);
    std::size_t number = 0;
    for (std::size_t start = 0; start < text.size();) {
      const std::size_t end = std::min(text.find('\n', start), text.size());
      ++number;
      const std::string_view line = std::string_view(text).substr(start, end - start);
      if (line.find_first_not_of(" \t\r") != std::string_view::npos) {
        read_item(line, format("{}, line {}", source_.file, number));
      }
      start = end + 1;
    }
    data_.data_sha256 = hash_.hex();
  }

 private:
  void read_item(std::string_view line, const std::string& origin) {
    const Json item = parse_json(line, origin);
    const auto split = json_get_or<std::string>(item, "split", origin, "");
    if (!source_.split.empty() && split != source_.split) return;
    Sample sample{.id = json_get<std::string>(item, "id", origin),
                  .subset = json_get_or<std::string>(item, "subset", origin, "all"),
                  .scenario = json_get_or<std::string>(item, "scenario", origin, ""),
                  .variant = "",
                  .conversation = {},
                  .expected_json = "",
                  .cluster = "",
                  .meta = notes_of(item, origin)};
    const Json expected = json_get_or<Json>(item, "expected", origin, Json::object());
    if (!expected.is_object()) detail::json_wrong(origin, "expected", expected, "an object");
    sample.expected_json = dump_json(expected);
    if (expected.contains("answer") && expected["answer"].is_string()) {
      sample.meta["gold"] = expected["answer"].get<std::string>();
    }
    const auto image = json_get_or<std::string>(item, "image", origin, "");
    const auto variant = sample.meta.find("variant");
    sample.variant = variant != sample.meta.end() ? variant->second
                     : image.empty()              ? "text_only"
                                                  : "picture";
    give_words(sample, json_get<std::string>(item, "question", origin), image, origin);
    data_.samples.push_back(std::move(sample));
  }

  static std::map<std::string, std::string> notes_of(const Json& item, const std::string& origin) {
    const Json meta = json_get_or<Json>(item, "meta", origin, Json::object());
    if (!meta.is_object()) detail::json_wrong(origin, "meta", meta, "an object");
    std::map<std::string, std::string> notes;
    for (const auto& [key, value] : meta.items()) notes[key] = text_of(value);
    for (const char* key : {"kind", "twin_of"}) {
      if (item.contains(key) && !item[key].is_null()) notes[key] = text_of(item[key]);
    }
    return notes;
  }

  // Conversation and cluster: items with one picture, or with the same words, stand together. A
  // blank or noise picture says nothing, so there the words decide.
  void give_words(Sample& sample, const std::string& question, const std::string& image,
                  const std::string& origin) {
    sample.conversation = ask(question);
    sample.cluster = "text " + sha256(trimmed(lower_case(normalise_basic(question))));
    if (image.empty()) return;
    try {
      const std::shared_ptr<const Picture> picture =
          picture_at(inside(source_.pictures, image, origin));
      sample.conversation = ask(question, picture);
      const bool says_nothing = sample.variant == "blank" || sample.variant == "noise";
      if (!says_nothing) sample.cluster = "picture " + picture->sha256;
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::kNotFound) throw;
      sample.cluster = "missing " + sample.id;
      data_.missing.push_back({sample.id, error.message()});
    }
  }

  std::shared_ptr<const Picture> picture_at(const fs::path& path) {
    std::shared_ptr<const Picture>& picture = pictures_[path.string()];
    if (!picture) {
      picture = Picture::from_file(path.string());
      hash_.add(picture->sha256);
    }
    return picture;
  }

  const ItemSource& source_;
  BenchmarkData& data_;
  Sha256 hash_;
  std::map<std::string, std::shared_ptr<const Picture>> pictures_;
};

}  // namespace

void read_items(const ItemSource& source, BenchmarkData& data) { ItemReader(source, data).read(); }

}  // namespace sightline
