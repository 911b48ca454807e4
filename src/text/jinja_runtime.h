// What running a template stands on: limits, errors that know the line, and Python's operations on
// values. Internal to the jinja_* files.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/jinja_value.h"

namespace sightline::jinja {

// How json.dumps writes.
struct JsonStyle {
  std::optional<std::string> indent;  // nothing: on one line
  std::string between = ", ";
  std::string after_key = ": ";
  bool ascii = false;
  bool sort_keys = false;
};

// State of one rendering; one thread.
class Runtime {
 public:
  explicit Runtime(std::string_view origin) : budget_(origin), origin_(origin) {}

  Budget& budget() { return budget_; }
  int line() const { return line_; }
  void set_line(int line) { line_ = line; }

  // The template does something Python would refuse: Error{kBadFile} with the line.
  [[noreturn]] void error(std::string_view what) const;
  // Python could, we cannot: Error{kUnsupported} with the line.
  [[noreturn]] void unsupported(std::string_view what) const;
  // What the template itself refuses with raise_exception: Error{kUsage}.
  [[noreturn]] void refused(std::string_view what) const;

  // New values, charged to the budget.
  Value text(std::string text);
  Value list(std::vector<Value> items, Sequence::Kind kind = Sequence::Kind::kList);
  Value dict(
      std::vector<std::pair<Value, Value>> entries);  // later keys replace equal earlier ones
  Value distinct_dict(std::vector<std::pair<Value, Value>> entries);  // REQUIRES: keys differ
  Value undefined(std::string what);

  bool truth(const Value& value) const;
  bool equal(const Value& a, const Value& b);
  bool less(const Value& a, const Value& b);
  bool contains(const Value& container, const Value& item);
  bool compare(std::string_view operation, const Value& a, const Value& b);  // "==", "not in", …
  Value binary(std::string_view operation, const Value& a, const Value& b);
  Value unary(std::string_view operation, const Value& value);

  // Items of anything iterable; an iterator is used up by it.
  std::vector<Value> items(const Value& value);
  std::int64_t length(const Value& value);

  std::string str(const Value& value);   // Python's str()
  std::string repr(const Value& value);  // Python's repr()
  std::string json(const Value& value, const JsonStyle& style);

  Value attribute(const Value& object, const std::string& name);  // object.name
  Value item(const Value& object, const Value& key);              // object[key]
  Value slice(const Value& object, const Value& begin, const Value& end, const Value& step);
  const Value* find_key(const Dict& dict, const Value& key);  // null: none

  Value call(const Value& function, const Arguments& arguments);

  // REQUIRES a text; one that went through `safe` is refused: markupsafe would escape what it
  // meets.
  const std::string& plain(const Value& value, std::string_view what) const;
  // An integer argument; booleans count.
  std::int64_t integer(const Value& value, std::string_view what) const;

 private:
  void append_json(const Value& value, const JsonStyle& style, int depth, std::string& out);
  void append_repr(const Value& value, std::string& out);
  Value repeat(const Value& sequence, std::int64_t times);
  Value integers(std::string_view operation, std::int64_t a, std::int64_t b);
  Value reals(std::string_view operation, double a, double b);
  int order(const Value& a, const Value& b);  // -1, 0, 1
  Value missing(const Value& object, const std::string& name);

  Budget budget_;
  std::string_view origin_;
  int line_ = 0;
};

// Arguments by their Python parameter names.
class Bound {
 public:
  // Throws for too many or unknown arguments; `what` names the function.
  Bound(Runtime& runtime, std::string_view what, const Arguments& arguments,
        std::initializer_list<std::string_view> names);

  bool has(std::size_t i) const { return values_[i].has_value(); }
  const Value& at(std::size_t i) const;  // throws when absent
  Value or_none(std::size_t i) const { return has(i) ? *values_[i] : Value(None{}); }
  std::string text(std::size_t i, std::string fallback) const;
  std::int64_t integer(std::size_t i, std::int64_t fallback) const;
  bool truth(std::size_t i, bool fallback) const;

 private:
  Runtime& runtime_;
  std::string_view what_;
  std::vector<std::string_view> names_;
  std::vector<std::optional<Value>> values_;
};

// jinja_filters.cpp, jinja_tests.cpp, jinja_methods.cpp, jinja_globals.cpp. Unknown names are
// refused.
Value apply_filter(Runtime& runtime, const std::string& name, const Value& input,
                   const Arguments& arguments);
bool apply_test(Runtime& runtime, const std::string& name, const Value& value,
                const Arguments& arguments);
using Method = Value (*)(Runtime& runtime, const Value& self, const Arguments& arguments);
// Null: the type has no such attribute in Python. One that Python has and we lack is refused.
Method find_method(Runtime& runtime, const Value& self, const std::string& name);
// The function or constructor of that name, or nothing.
std::optional<Value> find_global(Runtime& runtime, const std::string& name, std::int64_t now);

}  // namespace sightline::jinja
