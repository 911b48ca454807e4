#include "evals/benchmarks/sample_list.h"

#include <algorithm>

#include "base/file.h"
#include "evals/plain_text.h"
#include "text/unicode.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPictureExtensions[] = {".png", ".jpg", ".jpeg", ".webp"};

// A path of the data that stays below its folder, whatever the data says.
fs::path inside(const fs::path& folder, const std::string& relative, const std::string& origin) {
  const fs::path path(relative);
  const bool climbs = std::find(path.begin(), path.end(), "..") != path.end();
  if (path.empty() || path.is_absolute() || climbs || relative.find('\0') != std::string::npos) {
    fail(ErrorKind::kBadFile, "{}: image '{}' should be a path below {}", origin, relative, folder);
  }
  return folder / path;
}

}  // namespace

void SampleList::read(const fs::path& file, const std::vector<std::string>& needed,
                      const std::function<void(const Record&)>& take) {
  hash_.add(MappedFile::open(file)->bytes());
  for_each_record(file, needed, take);
}

std::string SampleList::read_text(const fs::path& file) {
  std::string text = read_file(file, kMaxDocumentBytes);
  hash_.add(text);
  if (!text::is_valid_utf8(text)) fail(ErrorKind::kBadFile, "'{}' is not UTF-8", file);
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  return text;
}

// A blank or noise picture says nothing, so there the words decide the cluster.
void SampleList::add(const Record& record, Item item) {
  Sample sample{.id = std::move(item.id),
                .subset = std::move(item.subset),
                .scenario = std::move(item.scenario),
                .variant = item.variant,
                .conversation = ask(item.question),
                .expected_json = dump_json(item.expected),
                .cluster = words_cluster(item.question),
                .meta = std::move(item.meta)};
  sample.meta["source_ref"] = record.place;
  if (item.variant.empty()) sample.variant = item.image.empty() ? "text_only" : "picture";
  if (!item.image.empty()) show_pictures(record, item, sample);
  data_.samples.push_back(std::move(sample));
}

// The pictures before the words, and the cluster they make.
void SampleList::show_pictures(const Record& record, const Item& item, Sample& sample) {
  std::vector<fs::path> places = {place_of(record, item.image)};
  for (const std::string& image : item.more_images) places.push_back(place_of(record, image));
  std::vector<Part> parts;
  std::string identity;
  try {
    for (const fs::path& place : places) {
      parts.push_back({.text = "", .picture = picture_at(place)});
      identity += (identity.empty() ? "" : " ") + parts.back().picture->sha256;
    }
  } catch (const Error& error) {
    sample.cluster = "missing " + sample.id;
    mark_missing(data_, sample, error.message());
    return;
  }
  std::vector<Part>& shown = sample.conversation.front().parts;
  shown.insert(shown.begin(), parts.begin(), parts.end());
  const bool says_nothing = sample.variant == "blank" || sample.variant == "noise";
  if (!says_nothing) sample.cluster = "picture " + identity;
}

void SampleList::finish() { data_.data_sha256 = hash_.hex(); }

fs::path SampleList::place_of(const Record& record, const std::string& image) const {
  const fs::path named = inside(folder_.pictures, image, record.origin);
  if (!folder_.any_extension || fs::exists(named)) return named;
  for (const char* extension : kPictureExtensions) {
    fs::path other = named;
    if (fs::exists(other.replace_extension(extension))) return other;
  }
  return named;
}

std::shared_ptr<const Picture> SampleList::picture_at(const fs::path& path) {
  std::shared_ptr<const Picture>& picture = pictures_[path.string()];
  if (!picture) {
    picture = Picture::from_file(path.string());
    hash_.add(picture->sha256);
  }
  return picture;
}

void mark_missing(BenchmarkData& data, Sample& sample, const std::string& reason) {
  sample.meta[kMissingPicture] = "yes";
  data.missing.push_back({sample.id, reason});
}

std::string words_cluster(std::string_view words) {
  return "text " + sha256(trimmed(lower_case(normalise_basic(words))));
}

std::string field_text(const Record& record, const char* key) {
  const auto found = record.fields.find(key);
  if (found == record.fields.end() || found->is_null()) return "";
  if (found->is_string()) return found->get<std::string>();
  if (found->is_number() || found->is_boolean()) return dump_json(*found);
  detail::json_wrong(record.origin, key, *found, "a text or a number");
}

}  // namespace sightline
