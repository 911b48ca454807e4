// Functions that every template can call.
#include <ctime>
#include <set>

#include "sightline/format.h"
#include "text/jinja_runtime.h"

namespace sightline::jinja {
namespace {

constexpr std::int64_t kMaxRange = 100'000;  // jinja2's own limit in its sandbox

Value range(Runtime& rt, const Arguments& arguments) {
  const auto& given = arguments.positional;
  if (given.empty() || given.size() > 3 || !arguments.named.empty()) {
    rt.error("range takes one to three integers");
  }
  const auto number = [&](std::size_t i) { return rt.integer(given[i], "range"); };
  const std::int64_t begin = given.size() > 1 ? number(0) : 0;
  const std::int64_t end = number(given.size() > 1 ? 1 : 0);
  const std::int64_t step = given.size() > 2 ? number(2) : 1;
  if (step == 0) rt.error("range needs a step other than 0");
  std::vector<Value> out;
  for (std::int64_t at = begin; step > 0 ? at < end : at > end;) {
    if (static_cast<std::int64_t>(out.size()) == kMaxRange) {
      rt.error(format("range of more than {} numbers", kMaxRange));
    }
    out.emplace_back(at);
    if (__builtin_add_overflow(at, step, &at)) break;
  }
  return rt.list(std::move(out), Sequence::Kind::kRange);
}

Value make_dict(Runtime& rt, const Arguments& arguments) {
  std::vector<std::pair<Value, Value>> entries;
  if (arguments.positional.size() > 1) rt.error("dict takes at most one positional argument");
  for (const Value& given : arguments.positional) {
    if (given.is(Type::kDict)) {
      entries = given.dict().entries;
      continue;
    }
    for (const Value& pair : rt.items(given)) {
      const std::vector<Value> two = rt.items(pair);
      if (two.size() != 2) rt.error("dict needs pairs");
      entries.emplace_back(two[0], two[1]);
    }
  }
  for (const auto& [name, value] : arguments.named) entries.emplace_back(Value(name), value);
  return rt.dict(std::move(entries));
}

Value raise_exception(Runtime& rt, const Arguments& arguments) {
  const Bound bound(rt, "raise_exception", arguments, {"message"});
  rt.refused(rt.str(bound.at(0)));
}

Value show_time(Runtime& rt, const Arguments& arguments, std::int64_t now) {
  const Bound bound(rt, "strftime_now", arguments, {"format"});
  const std::string pattern = rt.plain(bound.at(0), "strftime_now");
  if (pattern.empty()) return Value("");
  const auto seconds = static_cast<std::time_t>(now);
  std::tm local{};
  localtime_r(&seconds, &local);
  char buffer[1024];
  const std::size_t size = std::strftime(buffer, sizeof(buffer), pattern.c_str(), &local);
  if (size == 0) rt.unsupported("strftime_now with more than 1023 bytes of text");
  return rt.text(std::string(buffer, size));
}

Value function(const std::string& name, std::function<Value(Runtime&, const Arguments&)> call) {
  return Value(std::make_shared<const Callable>(Callable{name, std::move(call)}));
}

}  // namespace

std::optional<Value> find_global(Runtime& runtime, const std::string& name, std::int64_t now) {
  if (name == "range") return function(name, range);
  if (name == "dict") return function(name, make_dict);
  if (name == "raise_exception") return function(name, raise_exception);
  if (name == "strftime_now") {
    return function(name, [now](Runtime& rt, const Arguments& arguments) {
      return show_time(rt, arguments, now);
    });
  }
  static const std::set<std::string> kOthers = {"cycler", "joiner", "lipsum", "self", "super"};
  if (kOthers.contains(name)) runtime.unsupported(format("'{}' is not supported", name));
  return std::nullopt;
}

}  // namespace sightline::jinja
