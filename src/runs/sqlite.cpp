#include "runs/sqlite.h"

#include <sqlite3.h>
#include <unistd.h>

#include <cctype>

#include "base/file.h"
#include "sightline/error.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

constexpr int kBusyMilliseconds = 10'000;

[[noreturn]] void complain(sqlite3* connection, int code, const std::string& origin) {
  const char* why = connection != nullptr ? sqlite3_errmsg(connection) : sqlite3_errstr(code);
  switch (code & 0xFF) {
    case SQLITE_FULL:
      fail_with_hint(ErrorKind::kBadFile, "free some space, then resume: what was answered is kept",
                     "'{}': the disk is full", origin);
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      fail_with_hint(ErrorKind::kBadFile, "choose another folder with --out",
                     "cannot write '{}': {}", origin, why);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      fail_with_hint(ErrorKind::kBadFile, "wait for the other process to end",
                     "'{}' is locked by another process", origin);
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      fail(ErrorKind::kBadFile, "'{}' is damaged or no run store: {}", origin, why);
    default: fail(ErrorKind::kBadFile, "'{}': {}", origin, why);
  }
}

// How to open a file for reading: where its folder cannot be written, SQLite cannot make the shared
// memory of a write-ahead log, and need not when there is no log: nobody writes there.
std::string reading_uri(const fs::path& file) {
  std::string uri = "file:";
  for (const char c : fs::absolute(file).string()) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    const bool plain =
        std::isalnum(byte) != 0 || std::string_view("/._-").find(c) != std::string_view::npos;
    if (plain)
      uri += c;
    else
      uri += {'%', kHex[byte >> 4], kHex[byte & 15]};
  }
  std::error_code ignored;
  const auto log_size = fs::file_size(file.string() + "-wal", ignored);
  const bool no_log = static_cast<bool>(ignored) || log_size == 0;
  const bool sealed = ::access(fs::absolute(file).parent_path().c_str(), W_OK) != 0;
  return uri + (no_log && sealed ? "?mode=ro&immutable=1" : "?mode=ro");
}

}  // namespace

void Query::Finalise::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

void Query::check(int code) const {
  if (code != SQLITE_OK) complain(sqlite3_db_handle(statement_.get()), code, origin_);
}

void Query::reset() {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
}

void Query::bind_one(int place, std::int64_t value) {
  check(sqlite3_bind_int64(statement_.get(), place, value));
}
void Query::bind_one(int place, double value) {
  check(sqlite3_bind_double(statement_.get(), place, value));
}
void Query::bind_one(int place, std::string_view value) {
  check(sqlite3_bind_text64(statement_.get(), place, value.data() == nullptr ? "" : value.data(),
                            value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}
void Query::bind_one(int place, const Blob& value) {
  check(sqlite3_bind_blob64(statement_.get(), place, value.bytes.data(), value.bytes.size(),
                            SQLITE_TRANSIENT));
}

bool Query::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  sqlite3* connection = sqlite3_db_handle(statement_.get());
  const int extended = sqlite3_extended_errcode(connection);
  if (extended == SQLITE_CONSTRAINT_UNIQUE) {
    fail_with_hint(ErrorKind::kUsage, "is another sightline eval at work on this run?",
                   "'{}' holds this already: {}", origin_, sqlite3_errmsg(connection));
  }
  complain(connection, code, origin_);
}

void Query::run() {
  while (step()) {
  }
}

std::int64_t Query::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}
double Query::real(int column) const { return sqlite3_column_double(statement_.get(), column); }
std::string Query::text(int column) const {
  const void* bytes = sqlite3_column_blob(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return bytes == nullptr
             ? std::string()
             : std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
}
bool Query::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

void Database::Close::operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }

Database::Database(const fs::path& file, Mode mode) : name_(file.string()) {
  if (mode == Mode::kRead && !fs::exists(file)) {
    fail_with_hint(ErrorKind::kNotFound, "'sightline eval' makes one", "no run store at '{}'",
                   file);
  }
  if (mode == Mode::kWrite && file.has_parent_path()) make_folder(file.parent_path());
  const int flags = mode == Mode::kRead ? SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
                                        : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  sqlite3* connection = nullptr;
  const int code = sqlite3_open_v2((mode == Mode::kRead ? reading_uri(file) : name_).c_str(),
                                   &connection, flags | SQLITE_OPEN_EXRESCODE, nullptr);
  connection_.reset(connection);
  if (code != SQLITE_OK) complain(connection, code, name_);
  sqlite3_busy_timeout(connection, kBusyMilliseconds);
  // The file may come from anyone: it gets no say in what runs.
  sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  execute("PRAGMA foreign_keys = ON");
  if (mode == Mode::kRead) return;
  // Every commit survives the end of the process; only checkpoints wait for the disk, every 32 MiB.
  execute(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 8192");
}

Query Database::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v2(connection_.get(), sql.data(), static_cast<int>(sql.size()),
                                      &statement, nullptr);
  if (code != SQLITE_OK) complain(connection_.get(), code, name_);
  return {name_, statement};
}

void Database::execute(std::string_view sql) {
  const int code =
      sqlite3_exec(connection_.get(), std::string(sql).c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) complain(connection_.get(), code, name_);
}

std::int64_t Database::last_row_id() const { return sqlite3_last_insert_rowid(connection_.get()); }

Transaction::Transaction(Database& database) : database_(database) {
  database_.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  if (!open_) return;
  try {
    database_.execute("ROLLBACK");
  } catch (const Error&) {  // SQLite rolled back by itself (full disk)
  }
}

void Transaction::commit() {
  database_.execute("COMMIT");
  open_ = false;
}

}  // namespace sightline
