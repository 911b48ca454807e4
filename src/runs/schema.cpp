#include "runs/schema.h"

#include <array>
#include <string>

#include "sightline/error.h"

namespace sightline {
namespace {

constexpr std::int64_t kApplicationId = 0x53474C4E;  // "SGLN": what `file` and we know it by

constexpr std::string_view kVersion1 = R"(
CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  created TEXT NOT NULL,
  finished TEXT,
  state TEXT NOT NULL CHECK (state IN ('running', 'interrupted', 'done')),
  config TEXT NOT NULL
) STRICT;

CREATE TABLE samples (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  benchmark TEXT NOT NULL,
  sample TEXT NOT NULL,
  subset TEXT NOT NULL,
  scenario TEXT NOT NULL,
  variant TEXT NOT NULL,
  cluster TEXT NOT NULL,
  conversation TEXT NOT NULL,
  expected TEXT NOT NULL,
  meta TEXT NOT NULL,
  UNIQUE (run, benchmark, sample)
) STRICT;

CREATE TABLE answers (
  id INTEGER PRIMARY KEY,
  sample INTEGER NOT NULL REFERENCES samples (id) ON DELETE CASCADE,
  defence TEXT NOT NULL,
  created TEXT NOT NULL,
  status TEXT NOT NULL,
  text TEXT NOT NULL,
  error TEXT NOT NULL,
  token_ids TEXT NOT NULL,
  finish TEXT NOT NULL,
  prompt_tokens INTEGER NOT NULL,
  cached_tokens INTEGER NOT NULL,
  image_tokens INTEGER NOT NULL,
  completion_tokens INTEGER NOT NULL,
  seconds REAL NOT NULL,
  latency_seconds REAL NOT NULL,
  UNIQUE (sample, defence)
) STRICT;

CREATE TABLE verdicts (
  id INTEGER PRIMARY KEY,
  answer INTEGER NOT NULL REFERENCES answers (id) ON DELETE CASCADE,
  judge TEXT NOT NULL,
  status TEXT NOT NULL,
  label TEXT NOT NULL,
  score REAL NOT NULL,
  reason TEXT NOT NULL,
  raw TEXT NOT NULL,
  UNIQUE (answer, judge)
) STRICT;

CREATE TABLE summaries (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  benchmark TEXT NOT NULL,
  defence TEXT NOT NULL,
  metric TEXT NOT NULL,
  scenario TEXT NOT NULL,
  value REAL,
  low REAL,
  high REAL,
  n INTEGER NOT NULL,
  n_ok INTEGER NOT NULL,
  n_error INTEGER NOT NULL,
  n_unparsed INTEGER NOT NULL,
  n_empty INTEGER NOT NULL,
  details TEXT NOT NULL,
  UNIQUE (run, benchmark, defence, metric, scenario)
) STRICT;

CREATE TABLE artefacts (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  name TEXT NOT NULL,
  bytes BLOB NOT NULL,
  UNIQUE (kind, sha256)
) STRICT;
)";

// Training runs stand beside evaluations.
constexpr std::string_view kVersion2 = R"(
ALTER TABLE runs ADD COLUMN kind TEXT NOT NULL DEFAULT 'eval' CHECK (kind IN ('eval', 'train'));
)";

// What of an answer has no column of its own, a JSON object.
constexpr std::string_view kVersion3 = R"(
ALTER TABLE answers ADD COLUMN details TEXT NOT NULL DEFAULT '{}';
)";

constexpr std::array kMigrations = {kVersion1, kVersion2, kVersion3};

std::int64_t pragma(Database& database, const std::string& name) {
  Query query = database.prepare("PRAGMA " + name);
  return query.step() ? query.integer(0) : 0;
}

// The version of a run store; 0 for an empty file.
std::size_t version_of(Database& database, std::size_t newest) {
  const std::int64_t version = pragma(database, "user_version");
  const bool ours = pragma(database, "application_id") == kApplicationId;
  Query tables = database.prepare("SELECT count(*) FROM sqlite_schema");
  const bool empty = tables.step() && tables.integer(0) == 0;
  if (!ours && !empty) {
    fail(ErrorKind::kBadFile, "'{}' is a database, but no run store", database.name());
  }
  if (version < 0 || version > static_cast<std::int64_t>(newest)) {
    fail_with_hint(ErrorKind::kUnsupported, "use a newer sightline",
                   "'{}' has format version {}, this program knows versions up to {}",
                   database.name(), version, newest);
  }
  return static_cast<std::size_t>(version);
}

}  // namespace

std::span<const std::string_view> run_store_migrations() { return kMigrations; }

Database open_run_database(const std::filesystem::path& file, Database::Mode mode,
                           std::span<const std::string_view> migrations) {
  Database database(file, mode);
  if (version_of(database, migrations.size()) == migrations.size()) return database;
  if (mode == Database::Mode::kRead) {
    open_run_database(file, Database::Mode::kWrite, migrations);
    return Database(file, mode);
  }
  Transaction transaction(database);
  // Asked again inside the transaction: another process may have been faster.
  for (std::size_t v = version_of(database, migrations.size()); v < migrations.size(); ++v) {
    database.execute(migrations[v]);
  }
  database.execute("PRAGMA application_id = " + std::to_string(kApplicationId));
  database.execute("PRAGMA user_version = " + std::to_string(migrations.size()));
  transaction.commit();
  return database;
}

}  // namespace sightline
