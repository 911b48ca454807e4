#include "runs/run_store.h"

#include <map>
#include <mutex>

#include "base/sha256.h"
#include "runs/run_rows.h"
#include "runs/run_writer.h"
#include "runs/schema.h"

namespace sightline {
namespace {

constexpr std::string_view kEval = "eval";
constexpr std::string_view kTrain = "train";

// The pictures of a store, read one at a time by a connection of its own. Thread-safe.
class StoredPictures {
 public:
  explicit StoredPictures(const std::filesystem::path& file)
      : database_(file, Database::Mode::kRead) {}

  std::string bytes(const std::string& sha256) {
    std::string bytes = column("bytes", sha256);
    if (sightline::sha256(bytes) != sha256) {
      fail(ErrorKind::kBadFile, "'{}': picture {} is damaged", database_.name(), sha256);
    }
    return bytes;
  }

  std::string column(const char* name, const std::string& sha256) {
    const std::lock_guard lock(mutex_);
    Query query = database_.prepare(
        format("SELECT {} FROM artefacts WHERE kind = 'picture' AND sha256 = ?", name));
    if (!query.bind(sha256).step()) {
      fail(ErrorKind::kBadFile, "'{}': picture {} is missing", database_.name(), sha256);
    }
    return query.text(0);
  }

 private:
  std::mutex mutex_;
  Database database_;
};

std::shared_ptr<const Picture> stored_picture(const std::shared_ptr<StoredPictures>& pictures,
                                              const std::string& sha256) {
  return std::make_shared<Picture>(Picture{
      .sha256 = sha256, .origin = pictures->column("name", sha256), .read = [pictures, sha256] {
        return pictures->bytes(sha256);
      }});
}

RunInfo info_of(Query& query, const std::string& origin) {
  const std::string place = format("{}, run {}", origin, query.integer(0));
  return {.id = query.integer(0),
          .kind = query.text(5) == kTrain ? RunKind::kTrain : RunKind::kEval,
          .created = query.text(1),
          .finished = query.text(2),
          .state = run_state_of(query.text(3)),
          .config = parse_json(query.text(4), place)};
}

Verdict verdict_of(const Query& query, int first) {
  return {.label = query.text(first + 1),
          .score = query.real(first + 2),
          .reason = query.text(first + 3),
          .raw = query.text(first + 4),
          .status = status_of(query.text(first))};
}

}  // namespace

RunStore::RunStore(const std::filesystem::path& file, Mode mode)
    : file_(file), database_(open_run_database(file, mode)) {}

std::vector<RunInfo> RunStore::runs() {
  std::vector<RunInfo> runs;
  Query query =
      database_.prepare("SELECT id, created, finished, state, config, kind FROM runs ORDER BY id");
  while (query.step()) runs.push_back(info_of(query, database_.name()));
  return runs;
}

RunInfo RunStore::run(std::string_view name) {
  std::vector<RunInfo> known = runs();
  std::string ids;
  RunInfo* last = nullptr;
  for (RunInfo& run : known) {
    if (std::to_string(run.id) == name) return std::move(run);
    ids += (ids.empty() ? "" : ", ") + std::to_string(run.id);
    if (run.kind == RunKind::kEval) last = &run;
  }
  if (name == "last" && last != nullptr) return std::move(*last);
  fail_with_hint(ErrorKind::kNotFound,
                 ids.empty() ? "it holds none" : "it holds " + ids + "; or write last",
                 "'{}' has no run '{}'", database_.name(), name);
}

std::vector<StoredSample> RunStore::samples(std::int64_t run, RunDetail detail) {
  std::map<std::string, std::shared_ptr<const Picture>> known;
  std::shared_ptr<StoredPictures> pictures;
  const auto picture = [&](const std::string& sha256) {
    if (!pictures) pictures = std::make_shared<StoredPictures>(file_);
    std::shared_ptr<const Picture>& one = known[sha256];
    if (!one) one = stored_picture(pictures, sha256);
    return one;
  };
  std::vector<StoredSample> samples;
  Query query = database_.prepare(
      format("SELECT benchmark, sample, subset, scenario, variant, cluster, {}, expected, meta "
             "FROM samples WHERE run = ? ORDER BY id",
             detail == RunDetail::kAll ? "conversation" : "'[]'"));
  query.bind(run);
  while (query.step()) {
    const std::string origin = format("{}, sample {}", database_.name(), query.text(1));
    samples.push_back({.benchmark = query.text(0),
                       .sample = {.id = query.text(1),
                                  .subset = query.text(2),
                                  .scenario = query.text(3),
                                  .variant = query.text(4),
                                  .conversation = conversation_of(query.text(6), origin, picture),
                                  .expected_json = query.text(7),
                                  .cluster = query.text(5),
                                  .meta = notes_of(query.text(8), origin)}});
  }
  return samples;
}

std::vector<RecordedAnswer> RunStore::answers(std::int64_t run, RunDetail detail) {
  return recorded_answers(database_, run, detail);
}

std::vector<RecordedAnswer> recorded_answers(Database& database, std::int64_t run,
                                             RunDetail detail) {
  std::vector<RecordedAnswer> answers;
  const bool all = detail == RunDetail::kAll;
  Query query = database.prepare(format(
      "SELECT s.benchmark, s.sample, a.defence, a.status, {}, a.error, {}, a.finish, "
      "a.prompt_tokens, a.cached_tokens, a.image_tokens, a.completion_tokens, a.seconds, "
      "a.latency_seconds, v.judge, v.status, v.label, v.score, v.reason, {}, a.id, "
      "a.details "
      "FROM samples s JOIN answers a ON a.sample = s.id LEFT JOIN verdicts v ON v.answer = a.id "
      "WHERE s.run = ? ORDER BY s.id, a.id, v.id",
      all ? "a.text" : "''", all ? "a.token_ids" : "'[]'", all ? "v.raw" : "''"));
  query.bind(run);
  for (std::int64_t last = -1; query.step();) {
    if (query.integer(20) != last) {
      last = query.integer(20);
      const std::string origin = format("{}, answer {}", database.name(), last);
      RecordedAnswer& added = answers.emplace_back();
      added.key = {query.text(0), query.text(1), query.text(2)};
      added.answer = {.text = query.text(4),
                      .status = status_of(query.text(3)),
                      .error = query.text(5),
                      .token_ids = ids_of(query.text(6), origin),
                      .usage = {.prompt_tokens = query.integer(8),
                                .cached_tokens = query.integer(9),
                                .image_tokens = query.integer(10),
                                .completion_tokens = query.integer(11)},
                      .finish = finish_reason_of(query.text(7)),
                      .seconds = query.real(12)};
      read_answer_details(query.text(21), origin, added.answer);
      added.latency_seconds = query.real(13);
    }
    if (!query.is_null(14)) answers.back().verdicts[query.text(14)] = verdict_of(query, 15);
  }
  return answers;
}

std::vector<SummaryRow> RunStore::summaries(std::int64_t run) {
  std::vector<SummaryRow> rows;
  Query query = database_.prepare(
      "SELECT benchmark, defence, metric, scenario, value, low, high, n, n_ok, n_error, "
      "n_unparsed, "
      "n_empty, details, id FROM summaries WHERE run = ? ORDER BY id");
  query.bind(run);
  while (query.step()) {
    SummaryRow& row = rows.emplace_back();
    row.benchmark = query.text(0);
    row.defence = query.text(1);
    row.metric = query.text(2);
    row.scenario = query.text(3);
    if (!query.is_null(4)) row.value.value = query.real(4);
    row.value.low = query.real(5);
    row.value.high = query.real(6);
    row.value.counts = {query.integer(7), query.integer(8), query.integer(9), query.integer(10),
                        query.integer(11)};
    read_summary_details(query.text(12),
                         format("{}, summary {}", database_.name(), query.integer(13)), row);
  }
  return rows;
}

std::int64_t RunStore::add_run(RunKind kind, const Json& config) {
  database_.prepare("INSERT INTO runs (created, state, kind, config) VALUES (?, 'running', ?, ?)")
      .bind(utc_now(), kind == RunKind::kTrain ? kTrain : kEval, dump_json(config))
      .run();
  return database_.last_row_id();
}

void RunStore::set_config(std::int64_t run, const Json& config) {
  database_.prepare("UPDATE runs SET config = ? WHERE id = ?").bind(dump_json(config), run).run();
}

std::unique_ptr<RunWriter> RunStore::start(const RunConfig& config) {
  const Json stored = {{"asks", config.asks},
                       {"metrics", config.metrics},
                       {"sessions", Json::array({config.session})}};
  return make_run_writer(file_, add_run(RunKind::kEval, stored));
}

std::unique_ptr<RunWriter> RunStore::resume(std::int64_t run, const RunConfig& config) {
  RunInfo info = this->run(std::to_string(run));
  const std::vector<std::string> differences =
      config_differences(json_get<Json>(info.config, "asks", database_.name()), config.asks);
  if (!differences.empty()) {
    std::string lines;
    for (const std::string& line : differences) lines += "\n  " + line;
    fail_with_hint(ErrorKind::kUsage, "give the options it was started with, or start a new run",
                   "run {} was started with other settings:{}", run, lines);
  }
  info.config["metrics"] = config.metrics;
  info.config["sessions"].push_back(config.session);
  set_config(run, info.config);
  return make_run_writer(file_, run);
}

std::unique_ptr<RunWriter> RunStore::judge(std::int64_t run, const Json& judged) {
  RunInfo info = this->run(std::to_string(run));
  info.config["judged"] = judged;
  set_config(run, info.config);
  return make_run_writer(file_, run);
}

std::int64_t RunStore::start_training(const Json& facts, const Json& session, bool resume) {
  std::vector<RunInfo> known = runs();
  std::erase_if(known, [](const RunInfo& run) { return run.kind != RunKind::kTrain; });
  if (!resume || known.empty()) {
    return add_run(RunKind::kTrain, {{"train", facts}, {"sessions", Json::array({session})}});
  }
  RunInfo& newest = known.back();
  newest.config["train"] = facts;
  newest.config["sessions"].push_back(session);
  newest.config.erase("result");
  set_config(newest.id, newest.config);
  database_.prepare("UPDATE runs SET state = ?, finished = NULL WHERE id = ?")
      .bind(name_of(RunState::kRunning), newest.id)
      .run();
  return newest.id;
}

void RunStore::end_training(std::int64_t run, const Json& result, RunState state) {
  RunInfo info = this->run(std::to_string(run));
  info.config["result"] = result;
  set_config(run, info.config);
  const auto finished =
      state == RunState::kDone ? std::optional(utc_now()) : std::optional<std::string>();
  database_.prepare("UPDATE runs SET state = ?, finished = ? WHERE id = ?")
      .bind(name_of(state), finished, run)
      .run();
}

}  // namespace sightline
