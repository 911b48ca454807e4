#include "sweep_points.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <utility>

#include "base/alternatives.h"
#include "base/file.h"
#include "base/log.h"
#include "base/sha256.h"
#include "distributed/ranks.h"
#include "sightline/error.h"
#include "training/recipe.h"
#include "verb_parts.h"

namespace sightline::cli {
namespace {

namespace fs = std::filesystem;

using Texts = std::vector<std::string>;

Texts texts(const Json& options, const char* key) { return options.at(key).get<Texts>(); }

bool is_given(const Json& option) {
  return option.is_array() ? !option.empty() : !option.is_null();
}

void expect_together(const Json& options, const char* whole, const Texts& parts) {
  if (is_given(options.at(whole))) return;
  for (const std::string& part : parts) {
    if (is_given(options.at(part)))
      fail(ErrorKind::kUsage, "--{} is of a --{}, and none is named", part, whole);
  }
}

// What `sweep` itself says to the recipe cannot be said once more.
void expect_own_settings_alone(const Json& options) {
  std::vector<std::pair<std::string, std::string>> own = {
      {"model", "model"}, {"device", "device"}, {"adapters", "adapter"}};
  if (is_given(options.at("builder"))) own.emplace_back("data", "builder");
  for (const std::string& text : texts(options, "train")) {
    for (const auto& [key, flag] : own) {
      if (text.starts_with(key + "="))
        fail(ErrorKind::kUsage, "--train {}: here it follows from --{}", text, flag);
    }
  }
}

void expect_sense(const Json& options) {
  expect_together(options, "recipe", {"train", "builder", "build", "input"});
  expect_together(options, "builder", {"build", "input"});
  if (!is_given(options.at("recipe"))) return;
  expect_own_settings_alone(options);
  const auto out = options.at("out").get<std::string>();
  if (out.find_first_of(",\"{}") != std::string::npos)
    fail(ErrorKind::kUsage, "--out {}: no comma, quote or brace, with --recipe", out);
  if (rank_layout_from_environment().world > 1)
    fail(ErrorKind::kUsage, "sweep trains in one process; 'sightline train' takes several");
}

// A folder's name: what a shell, a list of files or a defence's options would misread is '_'.
std::string file_name(std::string text) {
  for (char& c : text) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0 ||
                       std::string_view("=._-").find(c) != std::string_view::npos;
    if (!plain) c = '_';
  }
  return text;
}

// Every combination of the alternatives in --build and --train.
std::vector<SweepPoint> combinations(const Json& options) {
  std::vector<SweepPoint> points = {{}};
  const auto vary = [&points](const std::string& text, Texts SweepPoint::*list) {
    const Texts values = alternatives(text);
    std::vector<SweepPoint> more;
    for (const SweepPoint& point : points) {
      for (const std::string& value : values) {
        SweepPoint& added = more.emplace_back(point);
        (added.*list).push_back(value);
        if (values.size() == 1) continue;
        if (!added.name.empty()) added.name += '_';
        added.name += file_name(value);
      }
    }
    points = std::move(more);
  };
  for (const std::string& text : texts(options, "build")) vary(text, &SweepPoint::build);
  for (const std::string& text : texts(options, "train")) vary(text, &SweepPoint::settings);
  if (points.size() == 1) points.front().name = "adapter";
  return points;
}

BuildRequest request_of(const SweepPoint& point, const Json& options) {
  return build_request({{"builder", options.at("builder")},
                        {"input", options.at("input")},
                        {"set", point.build},
                        {"out", (point.folder / "data.json").string()},
                        {"format", "sightline"}});
}

// The recipe's settings and everything else that decides the adapter; refuses what is misspelt.
Json asks_of(const SweepPoint& point, const Json& options) {
  const Recipe recipe = read_recipe(options.at("recipe").get<std::string>(), point.settings);
  Json files = Json::object();
  Json asks = {{"settings", recipe.settings}};
  if (is_given(options.at("builder"))) {
    const BuildRequest request = request_of(point, options);
    asks["builder"] = request.builder;
    asks["build"] = complete_options(data_builders().at(request.builder).options, request.options,
                                     request.builder);
    for (const auto& [key, file] : request.inputs) files[key] = sha256_of_file(file);
  } else {
    for (const fs::path& file : recipe.data) files[file.string()] = sha256_of_file(file);
  }
  asks["files"] = std::move(files);
  return asks;
}

void complete(SweepPoint& point, const Json& options) {
  point.folder = fs::path(options.at("out").get<std::string>()) / "points" / point.name;
  Texts settings = {"model=" + options.at("model").get<std::string>(),
                    "device=" + options.at("device").get<std::string>()};
  std::string adapters;
  for (const std::string& one : texts(options, "adapter"))
    adapters += (adapters.empty() ? "" : ",") + one;
  settings.push_back("adapters=" + adapters);  // what is measured with is trained with, no more
  if (is_given(options.at("builder")))
    settings.push_back("data=" + (point.folder / "data.json").string());
  settings.insert(settings.end(), point.settings.begin(), point.settings.end());
  point.settings = std::move(settings);
  point.asks = asks_of(point, options);
}

fs::path record_of(const SweepPoint& point) { return point.folder / "point.json"; }

bool is_made(const SweepPoint& point) {
  if (!fs::exists(record_of(point))) return false;
  if (read_json(record_of(point)) == point.asks) return true;
  fail_with_hint(ErrorKind::kUsage, "choose another --out, or remove the folder",
                 "{} was made by other settings or data", point.folder);
}

bool train_point(const SweepPoint& point, const Json& options) {
  return train_adapter({{"recipe", options.at("recipe")},
                        {"set", point.settings},
                        {"resume", true},
                        {"out", point.adapter().string()},
                        {"threads", options.at("threads")}})
      .outcome.complete;
}

}  // namespace

std::vector<SweepPoint> sweep_points(const Json& options) {
  expect_sense(options);
  if (!is_given(options.at("recipe"))) return {};
  std::vector<SweepPoint> points = combinations(options);
  std::set<std::string> names;
  for (const SweepPoint& point : points) {
    if (!names.insert(point.name).second)
      fail(ErrorKind::kUsage, "two points of the sweep are both '{}'", point.name);
  }
  for (SweepPoint& point : points) complete(point, options);
  for (const SweepPoint& point : points) is_made(point);  // throws for one of other settings
  return points;
}

PointState make_point(const SweepPoint& point, const Json& options) {
  if (is_made(point)) return PointState::kMade;
  log_info("point {}", point.name);
  make_folder(point.folder);
  if (is_given(options.at("builder"))) build_data(request_of(point, options));
  try {
    if (!train_point(point, options)) return PointState::kInterrupted;
  } catch (const Error& error) {
    const bool began = fs::exists(point.adapter() / "train.jsonl");
    if (error.kind() != ErrorKind::kUnsupported || !began) throw;
    log_warning("point {} is left out: {}", point.name, error.message());
    return PointState::kFailed;
  }
  write_file_atomically(record_of(point), dump_json(point.asks, 2) + "\n");
  return PointState::kMade;
}

}  // namespace sightline::cli
