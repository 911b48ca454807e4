// Filters over lists and dicts.
#include <algorithm>
#include <charconv>

#include "sightline/format.h"
#include "text/jinja_filter_tables.h"
#include "text/jinja_text.h"

namespace sightline::jinja {
namespace {

constexpr auto kIterator = Sequence::Kind::kIterator;

// One or several items deep: "function.name", "0", 1.
class Path {
 public:
  Path(Runtime& rt, const Value& path) {
    if (path.is_integral()) {
      parts_.push_back(path);
      return;
    }
    for (const std::string_view part : split(rt.plain(path, "an attribute"), ".", -1)) {
      std::int64_t index = 0;
      const auto result = std::from_chars(part.data(), part.data() + part.size(), index);
      const bool number = result.ec == std::errc() && result.ptr == part.data() + part.size() &&
                          part.front() != '-';
      parts_.push_back(number ? Value(index) : Value(std::string(part)));
    }
  }

  Value of(Runtime& rt, Value value, const Value* otherwise = nullptr) const {
    for (const Value& part : parts_) {
      value = rt.item(value, part);
      if (otherwise != nullptr && value.is(Type::kUndefined)) value = *otherwise;
    }
    return value;
  }

 private:
  std::vector<Value> parts_;
};

std::optional<Path> path_of(Runtime& rt, const Value& attribute) {
  if (attribute.is(Type::kNone)) return std::nullopt;
  return Path(rt, attribute);
}

// What to compare by: an attribute, in lower case unless told otherwise.
Value sort_key(Runtime& rt, const Value& item, const std::optional<Path>& path,
               bool case_sensitive) {
  Value key = path ? path->of(rt, item) : item;
  if (!case_sensitive && key.is(Type::kString)) key = rt.text(lower(key.text()));
  return key;
}

Value join(Runtime& rt, const Value& input, const Arguments& arguments) {
  const Bound bound(rt, "join", arguments, {"d", "attribute"});
  const std::string separator = bound.has(0) ? rt.str(bound.at(0)) : "";
  const std::optional<Path> path = path_of(rt, bound.or_none(1));
  std::string out;
  bool first = true;
  for (const Value& item : rt.items(input)) {
    if (!first) out += separator;
    first = false;
    out += rt.str(path ? path->of(rt, item) : item);
    rt.budget().step(1 + separator.size() / 256);
    if (out.size() > Budget::kMaxBytes) break;
  }
  return rt.text(std::move(out));
}

Value first(Runtime& rt, const Value& input, const Arguments& arguments) {
  const Bound bound(rt, "first", arguments, {});
  if (input.is_kind(kIterator)) {
    Sequence& sequence = input.sequence();
    if (sequence.next < sequence.items.size()) return sequence.items[sequence.next++];
    return rt.undefined("the first item of nothing");
  }
  std::vector<Value> items = rt.items(input);
  return items.empty() ? rt.undefined("the first item of nothing") : items.front();
}

Value last(Runtime& rt, const Value& input, const Arguments& arguments) {
  const Bound bound(rt, "last", arguments, {});
  if (input.is_kind(kIterator)) rt.error("last of a generator");
  std::vector<Value> items = rt.items(input);
  return items.empty() ? rt.undefined("the last item of nothing") : items.back();
}

Value to_list(Runtime& rt, const Value& input, const Arguments& arguments) {
  const Bound bound(rt, "list", arguments, {});
  return rt.list(rt.items(input));
}

Value items(Runtime& rt, const Value& input, const Arguments& arguments) {
  const Bound bound(rt, "items", arguments, {});
  std::vector<Value> out;
  if (!input.is(Type::kUndefined)) {
    if (!input.is(Type::kDict))
      rt.error(format("items needs a mapping, found '{}'", name_of(input)));
    for (const auto& [key, value] : input.dict().entries) {
      out.push_back(rt.list({key, value}, Sequence::Kind::kTuple));
    }
  }
  return rt.list(std::move(out), kIterator);
}

Value map(Runtime& rt, const Value& input, const Arguments& arguments) {
  std::vector<Value> out;
  if (arguments.positional.empty()) {
    const Bound bound(rt, "map", arguments, {"attribute", "default"});
    const Path path(rt, bound.at(0));
    const Value otherwise = bound.or_none(1);
    const Value* used = otherwise.is(Type::kNone) ? nullptr : &otherwise;
    for (const Value& item : rt.items(input)) out.push_back(path.of(rt, item, used));
  } else {
    const std::string name = rt.plain(arguments.positional[0], "map");
    Arguments rest = arguments;
    rest.positional.erase(rest.positional.begin());
    for (const Value& item : rt.items(input)) out.push_back(apply_filter(rt, name, item, rest));
  }
  return rt.list(std::move(out), kIterator);
}

// select, reject and their …attr forms: items for which a test (or plain truth) says `wanted`.
Value pick(Runtime& rt, const Value& input, const Arguments& arguments, bool by_attribute,
           bool wanted) {
  Arguments rest = arguments;
  const auto take = [&] {
    Value value = rest.positional.front();
    rest.positional.erase(rest.positional.begin());
    return value;
  };
  std::optional<Path> path;
  if (by_attribute) {
    if (rest.positional.empty()) rt.error("the name of an attribute is missing");
    path.emplace(rt, take());
  }
  std::string test;
  if (!rest.positional.empty()) test = rt.plain(take(), "the name of a test");
  std::vector<Value> out;
  for (const Value& item : rt.items(input)) {
    const Value value = path ? path->of(rt, item) : item;
    const bool passes = test.empty() ? rt.truth(value) : apply_test(rt, test, value, rest);
    if (passes == wanted) out.push_back(item);
  }
  return rt.list(std::move(out), kIterator);
}

Value select(Runtime& rt, const Value& input, const Arguments& arguments) {
  return pick(rt, input, arguments, false, true);
}
Value reject(Runtime& rt, const Value& input, const Arguments& arguments) {
  return pick(rt, input, arguments, false, false);
}
Value select_by(Runtime& rt, const Value& input, const Arguments& arguments) {
  return pick(rt, input, arguments, true, true);
}
Value reject_by(Runtime& rt, const Value& input, const Arguments& arguments) {
  return pick(rt, input, arguments, true, false);
}

// Stable, and `reverse` keeps equal ones in order, as Python's sorted.
std::vector<Value> sorted(Runtime& rt, const std::vector<Value>& values,
                          const std::vector<Value>& keys, bool reverse) {
  std::vector<std::size_t> order(values.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return reverse ? rt.less(keys[b], keys[a]) : rt.less(keys[a], keys[b]);
  });
  std::vector<Value> out;
  for (const std::size_t i : order) out.push_back(values[i]);
  return out;
}

Value sort(Runtime& rt, const Value& input, const Arguments& arguments) {
  const Bound bound(rt, "sort", arguments, {"reverse", "case_sensitive", "attribute"});
  const bool case_sensitive = bound.truth(1, false);
  const Value attribute = bound.or_none(2);
  if (attribute.is(Type::kString) && attribute.text().find(',') != std::string::npos) {
    rt.unsupported("sorting by several attributes");
  }
  const std::optional<Path> path = path_of(rt, attribute);
  const std::vector<Value> values = rt.items(input);
  std::vector<Value> keys;
  for (const Value& value : values) keys.push_back(sort_key(rt, value, path, case_sensitive));
  return rt.list(sorted(rt, values, keys, bound.truth(0, false)));
}

Value dict_sort(Runtime& rt, const Value& input, const Arguments& arguments) {
  const Bound bound(rt, "dictsort", arguments, {"case_sensitive", "by", "reverse"});
  const std::string by = bound.text(1, "key");
  if (by != "key" && by != "value") rt.error("dictsort sorts by 'key' or 'value'");
  if (!input.is(Type::kDict))
    rt.error(format("dictsort needs a mapping, found '{}'", name_of(input)));
  std::vector<Value> pairs;
  std::vector<Value> keys;
  for (const auto& [key, value] : input.dict().entries) {
    pairs.push_back(rt.list({key, value}, Sequence::Kind::kTuple));
    keys.push_back(sort_key(rt, by == "key" ? key : value, std::nullopt, bound.truth(0, false)));
  }
  return rt.list(sorted(rt, pairs, keys, bound.truth(2, false)));
}

Value reverse(Runtime& rt, const Value& input, const Arguments& arguments) {
  const Bound bound(rt, "reverse", arguments, {});
  std::vector<Value> values = rt.items(input);
  std::reverse(values.begin(), values.end());
  if (!input.is(Type::kString)) return rt.list(std::move(values), kIterator);
  std::string out;
  for (const Value& value : values) out += value.text();
  return rt.text(std::move(out));
}

Value unique(Runtime& rt, const Value& input, const Arguments& arguments) {
  const Bound bound(rt, "unique", arguments, {"case_sensitive", "attribute"});
  const std::optional<Path> path = path_of(rt, bound.or_none(1));
  std::vector<Value> seen;
  std::vector<Value> out;
  for (const Value& item : rt.items(input)) {
    const Value key = sort_key(rt, item, path, bound.truth(0, false));
    const bool known = std::any_of(seen.begin(), seen.end(),
                                   [&](const Value& other) { return rt.equal(key, other); });
    if (known) continue;
    seen.push_back(key);
    out.push_back(item);
  }
  return rt.list(std::move(out), kIterator);
}

Value extreme(Runtime& rt, const Value& input, const Arguments& arguments, bool largest) {
  const Bound bound(rt, largest ? "max" : "min", arguments, {"case_sensitive", "attribute"});
  const std::optional<Path> path = path_of(rt, bound.or_none(1));
  std::optional<Value> best;
  Value best_key;
  for (const Value& item : rt.items(input)) {
    const Value key = sort_key(rt, item, path, bound.truth(0, false));
    if (best && !(largest ? rt.less(best_key, key) : rt.less(key, best_key))) continue;
    best = item;
    best_key = key;
  }
  return best ? *best : rt.undefined("the extreme of nothing");
}
Value smallest(Runtime& rt, const Value& input, const Arguments& arguments) {
  return extreme(rt, input, arguments, false);
}
Value largest(Runtime& rt, const Value& input, const Arguments& arguments) {
  return extreme(rt, input, arguments, true);
}

Value sum(Runtime& rt, const Value& input, const Arguments& arguments) {
  const Bound bound(rt, "sum", arguments, {"attribute", "start"});
  const std::optional<Path> path = path_of(rt, bound.or_none(0));
  Value total = bound.has(1) ? bound.at(1) : Value(std::int64_t{0});
  if (total.is(Type::kString)) rt.error("sum does not join texts");
  for (const Value& item : rt.items(input)) {
    total = rt.binary("+", total, path ? path->of(rt, item) : item);
  }
  return total;
}

}  // namespace

const FilterTable kListFilters = {{"dictsort", dict_sort},
                                  {"first", first},
                                  {"items", items},
                                  {"join", join},
                                  {"last", last},
                                  {"list", to_list},
                                  {"map", map},
                                  {"max", largest},
                                  {"min", smallest},
                                  {"reject", reject},
                                  {"rejectattr", reject_by},
                                  {"reverse", reverse},
                                  {"select", select},
                                  {"selectattr", select_by},
                                  {"sort", sort},
                                  {"sum", sum},
                                  {"unique", unique}};

}  // namespace sightline::jinja
