#include "training/train_log.h"

#include <cmath>
#include <sstream>
#include <vector>

#include "base/file.h"
#include "sightline/error.h"

namespace sightline {
namespace {

constexpr std::size_t kMaxLogBytes = std::size_t{1} << 30;

// The lines of updates 1 … done; a line cut by a crash is dropped.
std::vector<Json> kept_lines(const std::filesystem::path& file, std::int64_t done) {
  if (done == 0 || !std::filesystem::exists(file)) return {};
  std::vector<Json> kept;
  std::istringstream lines(read_file(file, kMaxLogBytes));
  for (std::string line; std::getline(lines, line);) {
    Json json = Json::parse(line, nullptr, /*allow_exceptions=*/false);
    if (json.is_object() && json.value("update", done + 1) <= done) kept.push_back(std::move(json));
  }
  return kept;
}

// A loss that was not finite is null in the log.
void count(const Json& line, TrainTotals& totals) {
  if (line.contains("event")) return;
  const Json loss = line.value("loss", Json());
  totals.loss = loss.is_number() ? loss.get<double>() : NAN;
  totals.seconds += line.value("seconds", 0.0);
  totals.tokens += line.value("tokens", std::int64_t{0});
}

}  // namespace

Json update_json(const UpdateReport& report) {
  Json kinds = Json::object();
  for (const auto& [kind, loss] : report.kinds) {
    const double mean = loss.targets > 0 ? loss.sum / static_cast<double>(loss.targets) : 0;
    kinds[kind] = {{"loss", mean}, {"targets", loss.targets}};
  }
  Json out = {{"update", report.update},
              {"epoch", report.epoch},
              {"loss", report.loss},
              {"lr", report.rate},
              {"kinds", kinds},
              {"gradient_norm", report.gradient_norm},
              {"tokens", report.tokens},
              {"targets", report.targets},
              {"skipped", report.skipped},
              {"seconds", report.seconds}};
  for (const auto& [name, value] : report.extra) out[name] = value;
  return out;
}

TrainLog::TrainLog(const std::filesystem::path& file, std::int64_t done) : file_(file) {
  std::string kept;
  for (const Json& line : kept_lines(file, done)) {
    kept += dump_json(line) + "\n";
    count(line, totals_);
  }
  write_file_atomically(file, kept);
  stream_.open(file, std::ios::app);
}

void TrainLog::add(const UpdateReport& report) {
  const Json line = update_json(report);
  write(line);
  count(line, totals_);
}

void TrainLog::add_event(const Json& event) { write(event); }

void TrainLog::write(const Json& line) {
  stream_ << dump_json(line) << "\n" << std::flush;
  if (!stream_) fail(ErrorKind::kBadFile, "{}: cannot be written", file_);
}

}  // namespace sightline
