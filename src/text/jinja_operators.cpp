// Truth, comparison, arithmetic and iteration as Python has them.
#include <algorithm>
#include <cmath>

#include "sightline/format.h"
#include "text/jinja_runtime.h"
#include "text/unicode.h"

namespace sightline::jinja {
namespace {

bool is_iterator(const Value& value) { return value.is_kind(Sequence::Kind::kIterator); }

// Lists compare with lists, tuples with tuples.
bool same_kind(const Value& a, const Value& b) {
  return a.is(Type::kSequence) && b.is(Type::kSequence) && !is_iterator(a) &&
         a.sequence().kind == b.sequence().kind;
}

std::string undefined_text(const Value& value) {
  const Text& what = value.undefined().what;
  return what ? *what : "a value is undefined";
}

}  // namespace

bool Runtime::truth(const Value& value) const {
  switch (value.type()) {
    case Type::kUndefined:
    case Type::kNone: return false;
    case Type::kBool: return value.boolean();
    case Type::kInt: return value.integer() != 0;
    case Type::kFloat: return value.real() != 0;
    case Type::kString: return !value.text().empty();
    case Type::kSequence: return is_iterator(value) || !value.sequence().items.empty();
    case Type::kDict: return !value.dict().entries.empty();
    case Type::kNamespace:
    case Type::kLoop:
    case Type::kCallable: return true;
  }
  return true;
}

bool Runtime::equal(const Value& a, const Value& b) {
  budget_.step();
  if (a.is_number() && b.is_number()) {
    if (a.is_integral() && b.is_integral()) return a.as_integer() == b.as_integer();
    return a.as_real() == b.as_real();
  }
  if (same_kind(a, b)) {
    const auto& left = a.sequence().items;
    const auto& right = b.sequence().items;
    return left.size() == right.size() &&
           std::equal(left.begin(), left.end(), right.begin(),
                      [&](const Value& x, const Value& y) { return equal(x, y); });
  }
  if (a.type() != b.type()) return false;
  switch (a.type()) {
    case Type::kUndefined:
    case Type::kNone: return true;
    case Type::kString:
      budget_.step(std::min(a.text().size(), b.text().size()) / 256);
      return a.text() == b.text();
    case Type::kSequence: return &a.sequence() == &b.sequence();
    case Type::kDict: {
      if (a.dict().entries.size() != b.dict().entries.size()) return false;
      for (const auto& [key, value] : a.dict().entries) {
        const Value* other = find_key(b.dict(), key);
        if (other == nullptr || !equal(value, *other)) return false;
      }
      return true;
    }
    case Type::kNamespace: return a.names() == b.names();
    case Type::kLoop: return a.loop() == b.loop();
    default: return &a.callable() == &b.callable();
  }
}

int Runtime::order(const Value& a, const Value& b) {
  budget_.step();
  if (a.is_number() && b.is_number()) {
    if (a.is_integral() && b.is_integral()) {
      return a.as_integer() < b.as_integer() ? -1 : a.as_integer() > b.as_integer() ? 1 : 0;
    }
    return a.as_real() < b.as_real() ? -1 : a.as_real() > b.as_real() ? 1 : 0;
  }
  if (a.is(Type::kString) && b.is(Type::kString)) {
    budget_.step(std::min(a.text().size(), b.text().size()) / 256);
    const int order = a.text().compare(b.text());  // UTF-8 sorts as its code points
    return order < 0 ? -1 : order > 0 ? 1 : 0;
  }
  const bool lists =
      same_kind(a, b) && (a.is_kind(Sequence::Kind::kList) || a.is_kind(Sequence::Kind::kTuple));
  if (!lists) {
    for (const Value* value : {&a, &b}) {
      if (value->is(Type::kUndefined)) error(undefined_text(*value));
    }
    error(format("cannot order '{}' and '{}'", name_of(a), name_of(b)));
  }
  const auto& left = a.sequence().items;
  const auto& right = b.sequence().items;
  for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
    if (!equal(left[i], right[i])) return order(left[i], right[i]);
  }
  return left.size() < right.size() ? -1 : left.size() > right.size() ? 1 : 0;
}

bool Runtime::less(const Value& a, const Value& b) { return order(a, b) < 0; }

bool Runtime::contains(const Value& container, const Value& item) {
  switch (container.type()) {
    case Type::kUndefined: return false;
    case Type::kString:
      if (!item.is(Type::kString)) {
        error(format("'in <string>' needs a text on its left, found '{}'", name_of(item)));
      }
      budget_.step(1 + container.text().size() / 64);
      return container.text().find(item.text()) != std::string::npos;
    case Type::kDict: return find_key(container.dict(), item) != nullptr;
    case Type::kSequence: {
      Sequence& sequence = container.sequence();
      for (std::size_t i = sequence.next; i < sequence.items.size(); ++i) {
        if (is_iterator(container)) sequence.next = i + 1;
        if (equal(sequence.items[i], item)) return true;
      }
      return false;
    }
    default: error(format("argument of type '{}' is not iterable", name_of(container)));
  }
}

bool Runtime::compare(std::string_view operation, const Value& a, const Value& b) {
  if (operation == "==") return equal(a, b);
  if (operation == "!=") return !equal(a, b);
  if (operation == "in") return contains(b, a);
  if (operation == "not in") return !contains(b, a);
  const bool unordered =
      (a.is(Type::kFloat) && std::isnan(a.real())) || (b.is(Type::kFloat) && std::isnan(b.real()));
  const int result = order(a, b);
  if (unordered) return false;
  if (operation == "<") return result < 0;
  if (operation == "<=") return result <= 0;
  if (operation == ">") return result > 0;
  return result >= 0;
}

std::vector<Value> Runtime::items(const Value& value) {
  std::vector<Value> out;
  switch (value.type()) {
    case Type::kUndefined: return out;
    case Type::kString:
      for (std::size_t at = 0; at < value.text().size();) {
        const std::size_t size = text::utf8_step(value.text(), at).size;
        out.push_back(text(value.text().substr(at, size)));
        at += size;
      }
      return out;
    case Type::kDict:
      for (const auto& [key, entry] : value.dict().entries) out.push_back(key);
      break;
    case Type::kSequence: {
      Sequence& sequence = value.sequence();
      out.assign(sequence.items.begin() + static_cast<std::ptrdiff_t>(sequence.next),
                 sequence.items.end());
      if (is_iterator(value)) sequence.next = sequence.items.size();
      break;
    }
    default: error(format("'{}' object is not iterable", name_of(value)));
  }
  budget_.allocate(out.size() * sizeof(Value));
  return out;
}

std::int64_t Runtime::length(const Value& value) {
  switch (value.type()) {
    case Type::kUndefined: return 0;
    case Type::kString:
      budget_.step(1 + value.text().size() / 64);
      return static_cast<std::int64_t>(text::count_characters(value.text()));
    case Type::kDict: return static_cast<std::int64_t>(value.dict().entries.size());
    case Type::kSequence:
      if (!is_iterator(value)) return static_cast<std::int64_t>(value.sequence().items.size());
      [[fallthrough]];
    default: error(format("object of type '{}' has no length", name_of(value)));
  }
}

Value Runtime::repeat(const Value& sequence, std::int64_t times) {
  const auto count = static_cast<std::uint64_t>(std::max<std::int64_t>(times, 0));
  const bool is_text = sequence.is(Type::kString);
  const std::uint64_t size =
      is_text ? sequence.text().size() : sequence.sequence().items.size() * sizeof(Value);
  if (size > 0 && count > Budget::kMaxBytes / size) budget_.allocate(Budget::kMaxBytes + 1);
  budget_.allocate(size * count);
  if (is_text) {
    std::string out;
    out.reserve(size * count);
    for (std::uint64_t i = 0; size > 0 && i < count; ++i) out += sequence.text();
    return Value(std::move(out));
  }
  std::vector<Value> out;
  const auto& items = sequence.sequence().items;
  for (std::uint64_t i = 0; size > 0 && i < count; ++i) {
    out.insert(out.end(), items.begin(), items.end());
  }
  return list(std::move(out), sequence.sequence().kind);
}

Value Runtime::integers(std::string_view operation, std::int64_t a, std::int64_t b) {
  std::int64_t out = 0;
  bool overflow = false;
  if (operation == "+")
    overflow = __builtin_add_overflow(a, b, &out);
  else if (operation == "-")
    overflow = __builtin_sub_overflow(a, b, &out);
  else if (operation == "*")
    overflow = __builtin_mul_overflow(a, b, &out);
  else if (operation == "/") {
    if (b == 0) error("division by zero");
    return Value(static_cast<double>(a) / static_cast<double>(b));
  } else if (operation == "//" || operation == "%") {
    if (b == 0) error("division by zero");
    if (b == -1) {
      overflow = __builtin_sub_overflow(std::int64_t{0}, a, &out);
      if (operation == "%") return Value(std::int64_t{0});
    } else {
      const bool rounds = a % b != 0 && (a < 0) != (b < 0);
      out = operation == "//" ? a / b - (rounds ? 1 : 0) : a % b + (rounds ? b : 0);
    }
  } else {  // **
    if (b < 0) return Value(std::pow(static_cast<double>(a), static_cast<double>(b)));
    out = 1;
    for (std::int64_t i = 0; i < b && !overflow && !(a == 0 || a == 1); ++i) {
      if (a == -1) {
        out = b % 2 == 0 ? 1 : -1;
        break;
      }
      overflow = __builtin_mul_overflow(out, a, &out);
    }
    if (b > 0 && (a == 0 || a == 1)) out = a;
  }
  if (overflow) unsupported("an integer needs more than 64 bits");
  return Value(out);
}

Value Runtime::reals(std::string_view operation, double a, double b) {
  if (operation == "+") return Value(a + b);
  if (operation == "-") return Value(a - b);
  if (operation == "*") return Value(a * b);
  if (operation == "**") return Value(std::pow(a, b));
  if (b == 0) error("division by zero");
  if (operation == "/") return Value(a / b);
  double rest = std::fmod(a, b);
  if (rest != 0 && (rest < 0) != (b < 0)) rest += b;
  if (operation == "%") return Value(rest == 0 ? std::copysign(0.0, b) : rest);
  return Value(std::floor((a - rest) / b + 0.5));
}

Value Runtime::binary(std::string_view operation, const Value& a, const Value& b) {
  budget_.step();
  if (a.is_number() && b.is_number()) {
    if (a.is_integral() && b.is_integral())
      return integers(operation, a.as_integer(), b.as_integer());
    return reals(operation, a.as_real(), b.as_real());
  }
  for (const Value* value : {&a, &b}) {
    if (value->is(Type::kUndefined)) error(undefined_text(*value));
    if (value->is_safe_text()) unsupported(format("'{}' with a text marked safe", operation));
  }
  if (operation == "+") {
    if (a.is(Type::kString) && b.is(Type::kString)) return text(a.text() + b.text());
    const bool joins = a.is_kind(Sequence::Kind::kList) || a.is_kind(Sequence::Kind::kTuple);
    if (joins && same_kind(a, b)) {
      std::vector<Value> out = a.sequence().items;
      out.insert(out.end(), b.sequence().items.begin(), b.sequence().items.end());
      return list(std::move(out), a.sequence().kind);
    }
  }
  if (operation == "*") {
    const auto repeats = [](const Value& value) {
      return value.is(Type::kString) || value.is_kind(Sequence::Kind::kList) ||
             value.is_kind(Sequence::Kind::kTuple);
    };
    if (repeats(a) && b.is_integral()) return repeat(a, b.as_integer());
    if (a.is_integral() && repeats(b)) return repeat(b, a.as_integer());
  }
  if (operation == "%" && a.is(Type::kString)) unsupported("formatting a text with '%'");
  error(format("'{}' does not work between '{}' and '{}'", operation, name_of(a), name_of(b)));
}

Value Runtime::unary(std::string_view operation, const Value& value) {
  if (value.is(Type::kUndefined)) error(undefined_text(value));
  if (!value.is_number()) error(format("bad operand of '{}': '{}'", operation, name_of(value)));
  if (value.is(Type::kFloat)) return Value(operation == "-" ? -value.real() : value.real());
  return integers(operation, 0, value.as_integer());
}

}  // namespace sightline::jinja
