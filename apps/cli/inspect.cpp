// sightline inspect: config, metadata and tensors of a model folder, weight file or artefact.
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "models/bundle.h"
#include "run_verbs.h"
#include "sightline/error.h"
#include "tensor/checkpoint.h"
#include "tensor/gguf.h"
#include "tensor/safetensors.h"
#include "tensor/shapes.h"

namespace sightline::cli {
namespace {

namespace fs = std::filesystem;

struct TensorRow {
  std::string name;
  std::string dtype;
  std::vector<std::int64_t> shape;
  std::uint64_t bytes = 0;
};

struct Findings {
  std::string kind;             // "safetensors", "gguf", "model", "artefact"
  Json about = Json::object();  // config, metadata or manifest
  std::vector<TensorRow> tensors;
};

TensorRow row_of(const std::string& name, const SafetensorsEntry& entry) {
  return {name, std::string(dtype_name(entry.dtype)), entry.shape, entry.end - entry.begin};
}

Findings of_safetensors(const fs::path& file) {
  const auto opened = SafetensorsFile::open(file);
  Findings found{.kind = "safetensors", .about = Json(opened->metadata())};
  for (const std::string& name : opened->names()) {
    found.tensors.push_back(row_of(name, opened->entry(name)));
  }
  return found;
}

Json gguf_value(const GgufValue& value) {
  switch (value.kind()) {
    case GgufKind::kString: return value.as_string();
    case GgufKind::kBool: return value.as_bool();
    case GgufKind::kF32:
    case GgufKind::kF64: return value.as_double();
    case GgufKind::kArray: return format("{} values", value.size());
    default: return value.as_int();
  }
}

Findings of_gguf(const fs::path& file) {
  const auto opened = GgufFile::open(file);
  Findings found{.kind = "gguf"};
  for (const auto& [key, value] : opened->metadata()) found.about[key] = gguf_value(value);
  for (const auto& [name, info] : opened->tensors()) {
    found.tensors.push_back(
        {name, gguf_type_name(static_cast<std::uint32_t>(info.type)), info.shape, info.size_bytes});
  }
  return found;
}

Findings of_artefact(const fs::path& folder) {
  Findings found = of_safetensors(folder / "defence.safetensors");
  found.kind = "artefact";
  found.about = read_json(folder / "manifest.json");
  return found;
}

Findings of_model(const fs::path& path) {
  const auto checkpoint = Checkpoint::open(path);
  Findings found{.kind = "model"};
  if (const auto gguf = checkpoint->gguf()) found = of_gguf(gguf->origin());
  found.about = checkpoint->config();
  if (!found.tensors.empty()) return found;
  std::map<fs::path, std::shared_ptr<const SafetensorsFile>> shards;
  for (const std::string& name : checkpoint->names()) {
    auto& shard = shards[checkpoint->file_of(name)];
    if (!shard) shard = SafetensorsFile::open(checkpoint->file_of(name));
    found.tensors.push_back(row_of(name, shard->entry(name)));
  }
  return found;
}

// A path as it is, else a model by name.
fs::path location_of(const std::string& given) {
  return fs::exists(given) ? fs::path(given) : locate_model(given);
}

Findings inspect(const fs::path& path) {
  if (fs::exists(path / "manifest.json")) return of_artefact(path);
  if (path.extension() == ".safetensors") return of_safetensors(path);
  if (path.extension() == ".gguf") return of_gguf(path);
  return of_model(path);
}

std::uint64_t elements_of(const TensorRow& row) {
  std::uint64_t count = 1;
  for (const std::int64_t extent : row.shape) count *= static_cast<std::uint64_t>(extent);
  return count;
}

Json totals_of(const std::vector<TensorRow>& rows) {
  std::uint64_t parameters = 0;
  std::uint64_t bytes = 0;
  std::map<std::string, std::uint64_t> dtypes;
  for (const TensorRow& row : rows) {
    parameters += elements_of(row);
    bytes += row.bytes;
    dtypes[row.dtype] += elements_of(row);
  }
  return {
      {"tensors", rows.size()}, {"parameters", parameters}, {"bytes", bytes}, {"dtypes", dtypes}};
}

Json tensors_json(const std::vector<TensorRow>& rows) {
  Json out = Json::array();
  for (const TensorRow& row : rows) {
    out.push_back(
        {{"name", row.name}, {"dtype", row.dtype}, {"shape", row.shape}, {"bytes", row.bytes}});
  }
  return out;
}

// {"a": {"b": 1}} as lines "a.b: 1".
void print_lines(const Json& value, const std::string& prefix) {
  if (value.is_object() && !value.empty()) {
    for (const auto& [key, inner] : value.items()) {
      print_lines(inner, prefix.empty() ? key : prefix + "." + key);
    }
    return;
  }
  std::printf("  %s: %s\n", prefix.c_str(), dump_json(value).c_str());
}

void print_findings(const std::string& given, const Findings& found, bool with_tensors) {
  std::printf("%s: %s\n", given.c_str(), found.kind.c_str());
  if (!found.about.empty()) print_lines(found.about, "");
  if (with_tensors) {
    std::printf("tensors\n");
    for (const TensorRow& row : found.tensors) {
      std::printf("  %-9s %-18s %s\n", row.dtype.c_str(), shape_text(row.shape).c_str(),
                  row.name.c_str());
    }
  }
  std::printf("total\n");
  print_lines(totals_of(found.tensors), "");
}

}  // namespace

int run_inspect_verb(const Json& options) {
  const auto path = options.at("path").get<std::string>();
  const fs::path location = location_of(path);
  const Findings found = inspect(location);
  const bool with_tensors = options.at("tensors") == true;
  if (options.at("json") == true) {
    Json out = {{"path", path},
                {"location", location.string()},
                {"kind", found.kind},
                {"about", found.about},
                {"total", totals_of(found.tensors)}};
    if (with_tensors) out["tensors"] = tensors_json(found.tensors);
    std::printf("%s\n", dump_json(out, 2).c_str());
  } else {
    print_findings(path, found, with_tensors);
  }
  return 0;
}

}  // namespace sightline::cli
