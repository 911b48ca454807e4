#include "text/jinja_runtime.h"

#include <algorithm>

#include "sightline/error.h"

namespace sightline::jinja {

void Runtime::error(std::string_view what) const {
  fail(ErrorKind::kBadFile, "{}, line {}: {}", origin_, line_, what);
}

void Runtime::unsupported(std::string_view what) const {
  fail(ErrorKind::kUnsupported, "{}, line {}: {}", origin_, line_, what);
}

void Runtime::refused(std::string_view what) const {
  fail(ErrorKind::kUsage, "{} refuses the conversation: {}", origin_, what);
}

Value Runtime::text(std::string text) {
  budget_.allocate(text.size());
  return Value(std::move(text));
}

namespace {

int depth_of(const Value& value) {
  if (value.is(Type::kSequence)) return value.sequence().depth;
  if (value.is(Type::kDict)) return value.dict().depth;
  return 0;
}

}  // namespace

Value Runtime::list(std::vector<Value> items, Sequence::Kind kind) {
  budget_.allocate(items.size() * sizeof(Value));
  int depth = 0;
  for (const Value& value : items) depth = std::max(depth, depth_of(value));
  budget_.check_nesting(depth + 1);
  auto sequence = std::make_shared<Sequence>(Sequence{kind, std::move(items), depth + 1});
  return Value(std::move(sequence));
}

Value Runtime::distinct_dict(std::vector<std::pair<Value, Value>> entries) {
  budget_.allocate(entries.size() * sizeof(entries[0]));
  int depth = 0;
  for (const auto& [key, value] : entries)
    depth = std::max({depth, depth_of(key), depth_of(value)});
  budget_.check_nesting(depth + 1);
  return Value(std::make_shared<const Dict>(Dict{std::move(entries), depth + 1}));
}

Value Runtime::dict(std::vector<std::pair<Value, Value>> entries) {
  std::vector<std::pair<Value, Value>> out;
  for (auto& [key, value] : entries) {
    if (key.is(Type::kDict) || key.is_kind(Sequence::Kind::kList)) {
      error("unhashable type: '" + name_of(key) + "'");
    }
    const auto same = std::find_if(out.begin(), out.end(), [&, &own = key](const auto& entry) {
      return equal(entry.first, own);
    });
    if (same != out.end())
      same->second = std::move(value);
    else
      out.emplace_back(std::move(key), std::move(value));
  }
  return distinct_dict(std::move(out));
}

Value Runtime::undefined(std::string what) {
  return Value(Undefined{std::make_shared<const std::string>(std::move(what))});
}

Value Runtime::call(const Value& function, const Arguments& arguments) {
  if (function.is(Type::kUndefined)) {
    const Text& what = function.undefined().what;
    error(what ? *what : "a value is undefined");
  }
  if (!function.is(Type::kCallable)) error("'" + name_of(function) + "' object is not callable");
  return function.callable().call(*this, arguments);
}

const std::string& Runtime::plain(const Value& value, std::string_view what) const {
  if (value.is(Type::kUndefined)) {
    static const std::string kNothing;
    return kNothing;
  }
  if (!value.is(Type::kString)) {
    error(format("{} needs a text, found '{}'", what, name_of(value)));
  }
  if (value.is_safe_text()) unsupported(format("{} of a text marked safe", what));
  return value.text();
}

std::int64_t Runtime::integer(const Value& value, std::string_view what) const {
  if (!value.is_integral()) {
    error(format("{} needs an integer, found '{}'", what, name_of(value)));
  }
  return value.as_integer();
}

Bound::Bound(Runtime& runtime, std::string_view what, const Arguments& arguments,
             std::initializer_list<std::string_view> names)
    : runtime_(runtime), what_(what), names_(names), values_(names.size()) {
  if (arguments.positional.size() > names_.size()) {
    runtime.error(format("{} takes at most {} arguments, found {}", what, names_.size(),
                         arguments.positional.size()));
  }
  for (std::size_t i = 0; i < arguments.positional.size(); ++i) {
    values_[i] = arguments.positional[i];
  }
  for (const auto& [name, value] : arguments.named) {
    const auto found = std::find(names_.begin(), names_.end(), name);
    if (found == names_.end()) {
      runtime.error(format("{} has no argument '{}'", what, name));
    }
    auto& slot = values_[static_cast<std::size_t>(found - names_.begin())];
    if (slot) runtime.error(format("{} got two values for '{}'", what, name));
    slot = value;
  }
}

const Value& Bound::at(std::size_t i) const {
  if (!values_[i]) runtime_.error(format("{} needs the argument '{}'", what_, names_[i]));
  return *values_[i];
}

std::string Bound::text(std::size_t i, std::string fallback) const {
  if (!has(i)) return fallback;
  return runtime_.plain(*values_[i], format("argument '{}' of {}", names_[i], what_));
}

std::int64_t Bound::integer(std::size_t i, std::int64_t fallback) const {
  if (!has(i)) return fallback;
  return runtime_.integer(*values_[i], format("argument '{}' of {}", names_[i], what_));
}

bool Bound::truth(std::size_t i, bool fallback) const {
  return has(i) ? runtime_.truth(*values_[i]) : fallback;
}

}  // namespace sightline::jinja
