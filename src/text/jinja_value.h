// Values of a template: Python's, as far as chat templates see them. Internal to the jinja_* files.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace sightline::jinja {

class Runtime;
class Value;
struct Arguments;
struct Loop;

using Text = std::shared_ptr<const std::string>;

// Order of alternatives in Value; name_of gives Python's name of the type.
enum class Type {
  kUndefined,
  kNone,
  kBool,
  kInt,
  kFloat,
  kString,
  kSequence,
  kDict,
  kNamespace,
  kLoop,
  kCallable
};

struct Undefined {
  Text what;  // "'x' is undefined": what to say when it is used
};
struct None {};
struct String {
  Text text;          // valid UTF-8
  bool safe = false;  // passed the filter `safe`: behaves like markupsafe's Markup, so much of it
                      // is refused
};

struct Sequence {
  enum class Kind { kList, kTuple, kRange, kView, kIterator };
  Kind kind;
  std::vector<Value> items;
  int depth = 1;         // of nesting
  std::size_t next = 0;  // kIterator: items before it are used up
};

struct Dict {
  std::vector<std::pair<Value, Value>> entries;  // in order of insertion
  int depth = 1;
};

struct Namespace {
  std::vector<std::pair<std::string, Value>> attributes;
};

struct Callable {
  std::string name;
  std::function<Value(Runtime&, const Arguments&)> call;
};

// Small and cheap to copy; containers are shared and, but for namespaces, iterators and loops,
// immutable.
class Value {
 public:
  Value() = default;  // undefined
  Value(None) : data_(None{}) {}
  Value(bool value) : data_(value) {}
  Value(std::int64_t value) : data_(value) {}
  Value(double value) : data_(value) {}
  Value(std::string text) : data_(String{std::make_shared<const std::string>(std::move(text))}) {}
  Value(const char* text) : Value(std::string(text)) {}
  Value(String text) : data_(std::move(text)) {}
  Value(Undefined undefined) : data_(std::move(undefined)) {}
  Value(std::shared_ptr<Sequence> sequence) : data_(std::move(sequence)) {}
  Value(std::shared_ptr<const Dict> dict) : data_(std::move(dict)) {}
  Value(std::shared_ptr<Namespace> names) : data_(std::move(names)) {}
  Value(std::shared_ptr<Loop> loop) : data_(std::move(loop)) {}
  Value(std::shared_ptr<const Callable> callable) : data_(std::move(callable)) {}

  Type type() const { return static_cast<Type>(data_.index()); }
  bool is(Type wanted) const { return type() == wanted; }

  // REQUIRES: the value has that type.
  bool boolean() const { return std::get<bool>(data_); }
  std::int64_t integer() const { return std::get<std::int64_t>(data_); }
  double real() const { return std::get<double>(data_); }
  const std::string& text() const { return *std::get<String>(data_).text; }
  const String& string() const { return std::get<String>(data_); }
  const Undefined& undefined() const { return std::get<Undefined>(data_); }
  Sequence& sequence() const { return *std::get<std::shared_ptr<Sequence>>(data_); }
  const Dict& dict() const { return *std::get<std::shared_ptr<const Dict>>(data_); }
  const std::shared_ptr<Namespace>& names() const {
    return std::get<std::shared_ptr<Namespace>>(data_);
  }
  const std::shared_ptr<Loop>& loop() const { return std::get<std::shared_ptr<Loop>>(data_); }
  const Callable& callable() const { return *std::get<std::shared_ptr<const Callable>>(data_); }

  // Numbers, booleans counting as 0 and 1 as in Python.
  bool is_number() const { return is(Type::kBool) || is(Type::kInt) || is(Type::kFloat); }
  bool is_integral() const { return is(Type::kBool) || is(Type::kInt); }
  std::int64_t as_integer() const { return is(Type::kBool) ? boolean() : integer(); }
  double as_real() const { return is(Type::kFloat) ? real() : static_cast<double>(as_integer()); }
  bool is_safe_text() const { return is(Type::kString) && string().safe; }
  bool is_kind(Sequence::Kind kind) const { return is(Type::kSequence) && sequence().kind == kind; }

 private:
  std::variant<Undefined, None, bool, std::int64_t, double, String, std::shared_ptr<Sequence>,
               std::shared_ptr<const Dict>, std::shared_ptr<Namespace>, std::shared_ptr<Loop>,
               std::shared_ptr<const Callable>>
      data_;
};

// Of one call: f(1, 2, key=3).
struct Arguments {
  std::vector<Value> positional;
  std::vector<std::pair<std::string, Value>> named;
};

std::string name_of(const Value& value);  // "str", "list", "NoneType", …

// What is spent while a template renders. Exceeding a limit throws Error{kUnsupported} naming it.
class Budget {
 public:
  static constexpr std::uint64_t kMaxSteps = 2'000'000;
  static constexpr std::uint64_t kMaxBytes = std::uint64_t{128} << 20;  // made in all, kept or not
  static constexpr int kMaxNesting = 200;                               // of containers
  static constexpr int kMaxRecursion = 600;                             // of evaluation

  explicit Budget(std::string_view origin) : origin_(origin) {}

  void step(std::uint64_t count = 1);
  void allocate(std::uint64_t bytes);
  void check_nesting(int depth);
  void check_recursion(int depth);

 private:
  [[noreturn]] void exceeded(std::string_view what, std::uint64_t limit) const;

  std::string_view origin_;
  std::uint64_t steps_ = 0;
  std::uint64_t bytes_ = 0;
};

}  // namespace sightline::jinja
