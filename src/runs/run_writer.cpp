#include "runs/run_writer.h"

#include <filesystem>
#include <map>
#include <mutex>
#include <set>
#include <utility>

#include "runs/run_rows.h"
#include "runs/schema.h"

namespace sightline {
namespace {

class StoreWriter : public RunWriter {
 public:
  StoreWriter(const std::filesystem::path& file, std::int64_t run)
      : run_(run),
        database_(open_run_database(file, Database::Mode::kWrite)),
        add_answer_(database_.prepare(
            "INSERT INTO answers (sample, defence, created, status, text, error, token_ids, "
            "finish, "
            "prompt_tokens, cached_tokens, image_tokens, completion_tokens, seconds, "
            "latency_seconds, details) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")),
        add_verdict_(database_.prepare(
            "INSERT INTO verdicts (answer, judge, status, label, score, reason, raw) "
            "SELECT id, ?, ?, ?, ?, ?, ? FROM answers WHERE sample = ? AND defence = ? "
            "ON CONFLICT (answer, judge) DO UPDATE SET status = excluded.status, "
            "label = excluded.label, score = excluded.score, reason = excluded.reason, "
            "raw = excluded.raw")) {}

  std::int64_t id() const override { return run_; }

  void add_samples(const std::string& benchmark, std::span<const Sample> samples) override {
    const std::lock_guard lock(mutex_);
    Transaction transaction(database_);
    Query known =
        database_.prepare("SELECT id, sample FROM samples WHERE run = ? AND benchmark = ?");
    known.bind(run_, benchmark);
    while (known.step()) sample_ids_[{benchmark, known.text(1)}] = known.integer(0);
    Query insert = database_.prepare(
        "INSERT INTO samples (run, benchmark, sample, subset, scenario, variant, cluster, "
        "conversation, expected, meta) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (const Sample& sample : samples) {
      if (sample_ids_.contains({benchmark, sample.id})) continue;
      add_pictures(sample.conversation);
      insert
          .bind(run_, benchmark, sample.id, sample.subset, sample.scenario, sample.variant,
                sample.cluster, conversation_text(sample.conversation), sample.expected_json,
                notes_text(sample.meta))
          .run();
      sample_ids_[{benchmark, sample.id}] = database_.last_row_id();
    }
    transaction.commit();
  }

  void add_answer(const AnswerKey& key, const Answer& answer, double latency_seconds) override {
    const std::lock_guard lock(mutex_);
    add_answer_
        .bind(sample_id(key), key.defence, utc_now(), name_of(answer.status), answer.text,
              answer.error, ids_text(answer.token_ids), name_of(answer.finish),
              answer.usage.prompt_tokens, answer.usage.cached_tokens, answer.usage.image_tokens,
              answer.usage.completion_tokens, answer.seconds, latency_seconds,
              answer_details_text(answer))
        .run();
  }

  void add_verdict(const AnswerKey& key, const std::string& judge,
                   const Verdict& verdict) override {
    const std::lock_guard lock(mutex_);
    add_verdict_
        .bind(judge, name_of(verdict.status), verdict.label, verdict.score, verdict.reason,
              verdict.raw, sample_id(key), key.defence)
        .run();
  }

  void forget(std::span<const AnswerKey> keys) override {
    const std::lock_guard lock(mutex_);
    Transaction transaction(database_);
    Query remove = database_.prepare(  // verdicts go with their answer
        "DELETE FROM answers WHERE defence = ? AND sample = "
        "(SELECT id FROM samples WHERE run = ? AND benchmark = ? AND sample = ?)");
    for (const AnswerKey& key : keys) {
      remove.bind(key.defence, run_, key.benchmark, key.sample).run();
    }
    transaction.commit();
  }

  void set_summaries(std::span<const SummaryRow> rows) override {
    const std::lock_guard lock(mutex_);
    Transaction transaction(database_);
    database_.prepare("DELETE FROM summaries WHERE run = ?").bind(run_).run();
    Query insert = database_.prepare(
        "INSERT INTO summaries (run, benchmark, defence, metric, scenario, value, low, high, n, "
        "n_ok, n_error, n_unparsed, n_empty, details) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (const SummaryRow& row : rows) {
      const MetricCounts& counts = row.value.counts;
      const bool valued = row.value.value.has_value();
      insert
          .bind(run_, row.benchmark, row.defence, row.metric, row.scenario, row.value.value,
                valued ? std::optional(row.value.low) : std::nullopt,
                valued ? std::optional(row.value.high) : std::nullopt, counts.n, counts.n_ok,
                counts.n_error, counts.n_unparsed, counts.n_empty, summary_details_text(row))
          .run();
    }
    transaction.commit();
  }

  void set_state(RunState state) override {
    const std::lock_guard lock(mutex_);
    const auto finished =
        state == RunState::kDone ? std::optional(utc_now()) : std::optional<std::string>();
    database_.prepare("UPDATE runs SET state = ?, finished = ? WHERE id = ?")
        .bind(name_of(state), finished, run_)
        .run();
  }

  std::vector<RecordedAnswer> recorded() override {
    const std::lock_guard lock(mutex_);
    return recorded_answers(database_, run_);
  }

 private:
  // Pictures are kept once for all runs of the store.
  void add_pictures(const Conversation& conversation) {
    for (const Message& message : conversation) {
      for (const Part& part : message.parts) {
        if (!part.picture || !pictures_.insert(part.picture->sha256).second) continue;
        const bool known =
            database_.prepare("SELECT 1 FROM artefacts WHERE kind = 'picture' AND sha256 = ?")
                .bind(part.picture->sha256)
                .step();
        if (known) continue;
        const std::string bytes = part.picture->bytes();
        const std::string name = std::filesystem::path(part.picture->origin).filename().string();
        database_
            .prepare(
                "INSERT OR IGNORE INTO artefacts (kind, sha256, name, bytes) "
                "VALUES ('picture', ?, ?, ?)")
            .bind(part.picture->sha256, name, Query::blob(bytes))
            .run();
      }
    }
  }

  std::int64_t sample_id(const AnswerKey& key) const {
    const auto found = sample_ids_.find({key.benchmark, key.sample});
    if (found == sample_ids_.end()) {
      fail(ErrorKind::kInternal, "run {} has no sample '{}' of {}", run_, key.sample,
           key.benchmark);
    }
    return found->second;
  }

  const std::int64_t run_;
  std::mutex mutex_;  // guards everything below
  Database database_;
  Query add_answer_;
  Query add_verdict_;
  std::map<std::pair<std::string, std::string>, std::int64_t>
      sample_ids_;                  // benchmark, sample → id
  std::set<std::string> pictures_;  // SHA-256 of those stored
};

}  // namespace

std::unique_ptr<RunWriter> make_run_writer(const std::filesystem::path& file, std::int64_t run) {
  return std::make_unique<StoreWriter>(file, run);
}

}  // namespace sightline
