#include "training/checkpoint.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <system_error>
#include <vector>

#include "base/file.h"
#include "sightline/error.h"
#include "tensor/safetensors.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "step-";
constexpr std::size_t kDigits = 6;
constexpr std::size_t kMostDigits = 18;          // what an update number can have
constexpr std::string_view kGenerator = "rng.";  // and the rank

std::string folder_name(std::int64_t update) {
  std::string digits = std::to_string(update);
  if (digits.size() < kDigits) digits.insert(0, kDigits - digits.size(), '0');
  return std::string(kPrefix) + digits;
}

bool is_checkpoint(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.starts_with(kPrefix) && name.size() >= kPrefix.size() + kDigits &&
         name.size() <= kPrefix.size() + kMostDigits &&
         name.find_first_not_of("0123456789", kPrefix.size()) == std::string::npos;
}

// Oldest first.
std::vector<fs::path> checkpoints(const fs::path& out) {
  std::vector<fs::path> found;
  if (!fs::exists(out)) return found;
  for (const auto& entry : fs::directory_iterator(out)) {
    if (entry.is_directory() && is_checkpoint(entry.path())) found.push_back(entry.path());
  }
  std::ranges::sort(found, {}, [](const fs::path& path) {
    return std::stoll(path.filename().string().substr(kPrefix.size()));
  });
  return found;
}

void flush_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

fs::path empty_draft(const fs::path& whole) {
  const fs::path draft = whole.string() + ".tmp";
  std::error_code ignored;
  fs::remove_all(draft, ignored);
  make_folder(draft);
  return draft;
}

// `draft` takes the place of `whole`: in one step where the file system can exchange two folders
// (NFS cannot), else the old one goes first.
void put_in_place(const fs::path& draft, const fs::path& whole) {
  flush_folder(draft);
  std::error_code error;
  if (::renameat2(AT_FDCWD, draft.c_str(), AT_FDCWD, whole.c_str(), RENAME_EXCHANGE) == 0) {
    fs::remove_all(draft, error);  // what was there before
  } else {
    fs::remove_all(whole, error);
    fs::rename(draft, whole, error);
    if (error) fail(ErrorKind::kBadFile, "{}: {}", whole, error.message());
  }
  flush_folder(whole.parent_path());
}

Json evaluations_json(const std::vector<Evaluation>& evaluations) {
  Json out = Json::array();
  for (const Evaluation& evaluation : evaluations) out.push_back(evaluation_json(evaluation));
  return out;
}

}  // namespace

void save_checkpoint(const fs::path& out, const TrainingCheckpoint& checkpoint,
                     const LoraAdapter& adapter, std::int64_t keep_last) {
  const fs::path whole = out / folder_name(checkpoint.state.update);
  const fs::path part = empty_draft(whole);
  write_lora_adapter(part, adapter);
  std::map<std::string, at::Tensor> tensors = checkpoint.optimizer;
  for (std::size_t rank = 0; rank < checkpoint.generators.size(); ++rank) {
    tensors[std::string(kGenerator) + std::to_string(rank)] = checkpoint.generators[rank];
  }
  write_safetensors(part / "optimizer.safetensors", tensors);
  const TrainerState& state = checkpoint.state;
  write_file_atomically(part / "trainer.json",
                        dump_json({{"format", 1},
                                   {"update", state.update},
                                   {"skipped_updates", state.skipped},
                                   {"options_sha256", state.options_sha256},
                                   {"data_sha256", state.data_sha256},
                                   {"evaluations", evaluations_json(state.evaluations)}},
                                  2) +
                            "\n");
  put_in_place(part, whole);
  std::error_code ignored;
  const std::vector<fs::path> all = checkpoints(out);
  for (std::size_t i = 0; i + static_cast<std::size_t>(keep_last) < all.size(); ++i) {
    fs::remove_all(all[i], ignored);
  }
}

void save_best(const fs::path& out, const LoraAdapter& adapter, const Evaluation& evaluation,
               const BestRule& rule) {
  const fs::path draft = empty_draft(out / "best");
  write_lora_adapter(draft, adapter);
  Json json = evaluation_json(evaluation);
  json["rule"] = rule.text(evaluation);
  write_file_atomically(draft / "evaluation.json", dump_json(json, 2) + "\n");
  put_in_place(draft, out / "best");
}

std::optional<TrainingCheckpoint> load_newest_checkpoint(const fs::path& out) {
  const std::vector<fs::path> all = checkpoints(out);
  if (all.empty()) return {};
  const fs::path& folder = all.back();
  const std::string origin = (folder / "trainer.json").string();
  const Json json = read_json(folder / "trainer.json");
  TrainingCheckpoint checkpoint;
  if (json_get<int>(json, "format", origin) != 1) {
    fail(ErrorKind::kUnsupported, "{}: written by a newer version", origin);
  }
  checkpoint.state = {.update = json_get<std::int64_t>(json, "update", origin),
                      .skipped = json_get<std::int64_t>(json, "skipped_updates", origin),
                      .options_sha256 = json_get<std::string>(json, "options_sha256", origin),
                      .data_sha256 = json_get<std::string>(json, "data_sha256", origin),
                      .evaluations = {}};
  for (const Json& one : json_get_or<Json>(json, "evaluations", origin, Json::array())) {
    checkpoint.state.evaluations.push_back(evaluation_of(one, origin));
  }
  const auto file = SafetensorsFile::open(folder / "optimizer.safetensors");
  for (const std::string& name : file->names()) {
    if (!name.starts_with(kGenerator)) checkpoint.optimizer[name] = file->tensor(name).clone();
  }
  for (std::size_t rank = 0;; ++rank) {
    const std::string name = std::string(kGenerator) + std::to_string(rank);
    if (!file->contains(name)) break;
    checkpoint.generators.push_back(file->tensor(name).clone());
  }
  return checkpoint;
}

}  // namespace sightline
