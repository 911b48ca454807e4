#include "evals/benchmarks/data_check.h"

#include <algorithm>
#include <set>

#include "engine/picture_image.h"
#include "evals/benchmarks/registry.h"
#include "evals/one_spec.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

const OptionSpec* option_named(const BenchmarkEntry& entry, const std::string& name) {
  const auto found = std::ranges::find(entry.options, name, &OptionSpec::name);
  return found == entry.options.end() ? nullptr : &*found;
}

// The option that says where the data lie.
std::string place_option(const BenchmarkEntry& entry, const std::string& benchmark) {
  for (const char* name : {"data", "path"}) {
    if (option_named(entry, name) != nullptr) return name;
  }
  fail(ErrorKind::kUsage, "{} reads no data of a folder", benchmark);
}

// The spec once for each part that it leaves open.
std::vector<NamedSpec> parts_of(const BenchmarkEntry& entry, const NamedSpec& spec) {
  const std::string& part = entry.release.part;
  if (part.empty() || spec.options.contains(part)) return {spec};
  std::vector<NamedSpec> out;
  for (const std::string& choice : option_named(entry, part)->choices) {
    out.push_back(spec);
    out.back().options[part] = choice;
  }
  return out;
}

std::vector<FileFound> files_of(const Release& release, const Json& options,
                                const fs::path& folder) {
  std::vector<FileFound> out;
  for (const ReleaseFile& file : release.files) {
    if (!holds(file.when, options)) continue;
    FileFound found;
    for (const std::string& name : file.names) {
      if (!found.found) found.name += (found.name.empty() ? "" : " or ") + name;
      if (found.found || !fs::exists(folder / name)) continue;
      found = {name, true};
    }
    out.push_back(std::move(found));
  }
  return out;
}

// Decodes every picture once; the items of a picture that cannot be decoded are told.
void look_at_pictures(const BenchmarkData& data, PartCheck& out) {
  std::map<std::string, std::string> seen;  // content → why it cannot be decoded
  for (const Sample& sample : data.samples) {
    for (const Message& message : sample.conversation) {
      for (const Part& part : message.parts) {
        if (!part.picture) continue;
        const auto [at, fresh] = seen.try_emplace(part.picture->sha256);
        if (fresh) {
          try {
            image_of(*part.picture);
          } catch (const Error& error) {
            at->second = error.message();
          }
        }
        if (!at->second.empty()) out.undecodable.push_back({sample.id, at->second});
      }
    }
  }
  out.pictures = static_cast<std::int64_t>(seen.size());
}

void look_at_items(const BenchmarkData& data, PartCheck& out) {
  std::set<std::string> ids;
  std::set<std::string> twice;
  for (const Sample& sample : data.samples) {
    ++out.subsets[sample.subset];
    if (!ids.insert(sample.id).second) twice.insert(sample.id);
  }
  out.items = static_cast<std::int64_t>(data.samples.size());
  out.duplicate_ids.assign(twice.begin(), twice.end());
}

PartCheck check_part(const BenchmarkEntry& entry, const NamedSpec& spec, const std::string& place) {
  const Json options = complete_options(entry.options, spec.options, spec.name);
  PartCheck out{.spec = spec_text(spec)};
  out.files = files_of(entry.release, options, options.at(place).get<std::string>());
  try {
    const BenchmarkData data = entry.load(options);
    look_at_items(data, out);
    look_at_pictures(data, out);
    out.counts = count_items(entry.release, options, data.samples);
    out.missing = data.missing;
    out.absent_in_release = entry.release.absent_pictures;
    out.notes = data.notes;
    out.data_sha256 = data.data_sha256;
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::kUsage) throw;
    out.error = error.hint().empty() ? error.message() : error.message() + "; " + error.hint();
  }
  return out;
}

}  // namespace

bool PartCheck::complete() const {
  return error.empty() && items > 0 && std::ssize(missing) <= absent_in_release &&
         undecodable.empty() && duplicate_ids.empty() &&
         std::ranges::all_of(files, &FileFound::found) &&
         std::ranges::all_of(counts, &CountFound::as_published);
}

bool DataCheck::complete() const { return std::ranges::all_of(parts, &PartCheck::complete); }

DataCheck check_data(std::string_view text, const std::string& place,
                     const std::function<void(const std::string&)>& told) {
  NamedSpec spec = one_spec(text, "benchmark");
  const BenchmarkEntry& entry = benchmarks().at(spec.name);
  const std::string option = place_option(entry, spec.name);
  if (!place.empty()) spec.options[option] = place;
  DataCheck out{
      .benchmark = spec.name, .source = entry.release.source, .licence = entry.release.licence};
  for (const NamedSpec& part : parts_of(entry, spec)) {
    if (told) told(spec_text(part));
    out.parts.push_back(check_part(entry, part, option));
  }
  return out;
}

}  // namespace sightline
