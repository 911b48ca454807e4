// The little of SQLite that the run store uses: a connection, statements with bound parameters,
// transactions. SQLite's errors become Error with what was attempted.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

struct sqlite3;
struct sqlite3_stmt;

namespace sightline {

// A statement being stepped. Not thread-safe.
class Query {
 public:
  // Text and numbers are bound by position, in the order of the arguments.
  template <class... Values>
  Query& bind(const Values&... values) {
    reset();
    int place = 0;
    (bind_one(++place, values), ...);
    return *this;
  }

  bool step();  // true: a row is there
  void run();   // to the end, ignoring rows

  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string text(int column) const;  // bytes as stored; empty for NULL
  bool is_null(int column) const;

 private:
  friend class Database;
  struct Finalise {
    void operator()(sqlite3_stmt* statement) const;
  };

  Query(std::string origin, sqlite3_stmt* statement)
      : origin_(std::move(origin)), statement_(statement) {}

  void reset();
  void bind_one(int place, std::int64_t value);
  void bind_one(int place, int value) { bind_one(place, std::int64_t{value}); }
  void bind_one(int place, double value);
  void bind_one(int place, std::string_view value);
  void bind_one(int place, const std::string& value) { bind_one(place, std::string_view(value)); }
  void bind_one(int place, const char* value) { bind_one(place, std::string_view(value)); }
  template <class T>
  void bind_one(int place, const std::optional<T>& value) {
    if (value) bind_one(place, *value);  // reset() left NULL there
  }
  struct Blob {
    std::string_view bytes;
  };
  void bind_one(int place, const Blob& value);
  void check(int code) const;

  std::string origin_;
  std::unique_ptr<sqlite3_stmt, Finalise> statement_;

 public:
  static Blob blob(std::string_view bytes) { return {bytes}; }
};

class Database {
 public:
  enum class Mode {
    kRead,   // an existing file, not changed
    kWrite,  // created when absent; its folder too
  };

  // Throws Error: kNotFound (absent, in kRead), kBadFile (no database, no room, no permission).
  Database(const std::filesystem::path& file, Mode mode);

  Query prepare(std::string_view sql);
  void execute(std::string_view sql);  // one or more statements without parameters
  std::int64_t last_row_id() const;
  const std::string& name() const { return name_; }

 private:
  struct Close {
    void operator()(sqlite3* connection) const;
  };

  std::string name_;
  std::unique_ptr<sqlite3, Close> connection_;
};

// Rolls back unless commit() was called.
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace sightline
