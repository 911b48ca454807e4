// Methods of texts, dicts and lists.
#include <algorithm>
#include <map>
#include <set>

#include "sightline/format.h"
#include "text/jinja_filter_tables.h"
#include "text/jinja_text.h"

namespace sightline::jinja {
namespace {

using Methods = std::map<std::string, Method>;

const std::string& self_text(Runtime& rt, const Value& self) { return rt.plain(self, "a method"); }

Value texts(Runtime& rt, const std::vector<std::string_view>& parts) {
  std::vector<Value> out;
  for (const std::string_view part : parts) out.push_back(rt.text(std::string(part)));
  return rt.list(std::move(out));
}

template <bool kLeft, bool kRight>
Value stripped(Runtime& rt, const Value& self, const Arguments& arguments) {
  const Bound bound(rt, "strip", arguments, {"chars"});
  const std::string& text = self_text(rt, self);
  if (!bound.has(0) || bound.at(0).is(Type::kNone)) {
    return rt.text(std::string(strip(text, kLeft, kRight)));
  }
  const std::string characters = bound.text(0, "");
  return rt.text(characters.empty() ? text : std::string(strip(text, kLeft, kRight, characters)));
}

template <std::string (*kChange)(std::string_view)>
Value changed(Runtime& rt, const Value& self, const Arguments& arguments) {
  const Bound bound(rt, "this method", arguments, {});
  return rt.text(kChange(self_text(rt, self)));
}

template <bool kRight>
Value split_text(Runtime& rt, const Value& self, const Arguments& arguments) {
  const Bound bound(rt, "split", arguments, {"sep", "maxsplit"});
  const std::string& text = self_text(rt, self);
  const std::int64_t limit = bound.integer(1, -1);
  rt.budget().step(1 + text.size() / 16);
  if (!bound.has(0) || bound.at(0).is(Type::kNone)) {
    if (kRight && limit >= 0) rt.unsupported("rsplit at white space with a limit");
    return texts(rt, split_spaces(text, limit));
  }
  const std::string separator = bound.text(0, "");
  if (separator.empty()) rt.error("split needs a separator that is not empty");
  return texts(rt, kRight ? split_right(text, separator, limit) : split(text, separator, limit));
}

Value lines(Runtime& rt, const Value& self, const Arguments& arguments) {
  const Bound bound(rt, "splitlines", arguments, {"keepends"});
  if (bound.truth(0, false)) rt.unsupported("splitlines that keeps the line ends");
  return texts(rt, split_lines(self_text(rt, self)));
}

// The part of a text that the arguments start and end leave.
std::string_view part_of(Runtime& rt, const std::string& text, const Bound& bound) {
  const bool whole = bound.or_none(1).is(Type::kNone) && bound.or_none(2).is(Type::kNone);
  if (whole) return text;
  const auto size = static_cast<std::int64_t>(text::count_characters(text));
  const auto at = [&](std::size_t i, std::int64_t fallback) {
    if (bound.or_none(i).is(Type::kNone)) return fallback;
    const std::int64_t index = bound.integer(i, fallback);
    return index < 0 ? std::max<std::int64_t>(index + size, 0) : index;
  };
  const std::int64_t begin = at(1, 0);
  if (begin > size) rt.unsupported("a search that starts behind the end of its text");
  const std::int64_t end = std::clamp(at(2, size), begin, size);
  return characters(text, static_cast<std::size_t>(begin), static_cast<std::size_t>(end));
}

template <bool kEnd>
Value has_affix(Runtime& rt, const Value& self, const Arguments& arguments) {
  const Bound bound(rt, kEnd ? "endswith" : "startswith", arguments, {"affix", "start", "end"});
  const std::string_view text = part_of(rt, self_text(rt, self), bound);
  const auto matches = [&](const Value& affix) {
    if (!affix.is(Type::kString)) rt.error("startswith and endswith need texts");
    return kEnd ? text.ends_with(affix.text()) : text.starts_with(affix.text());
  };
  if (!bound.at(0).is_kind(Sequence::Kind::kTuple)) return Value(matches(bound.at(0)));
  for (const Value& affix : bound.at(0).sequence().items) {
    if (matches(affix)) return Value(true);
  }
  return Value(false);
}

Value replaced(Runtime& rt, const Value& self, const Arguments& arguments) {
  const Bound bound(rt, "replace", arguments, {"old", "new", "count"});
  const std::string& text = self_text(rt, self);
  const std::string from = rt.plain(bound.at(0), "replace");
  const std::string to = rt.plain(bound.at(1), "replace");
  check_replacement(rt, text, from, to);
  return rt.text(replace(text, from, to, bound.integer(2, -1)));
}

Value joined(Runtime& rt, const Value& self, const Arguments& arguments) {
  const Bound bound(rt, "join", arguments, {"iterable"});
  if (bound.at(0).is(Type::kUndefined))
    rt.error("join needs an iterable, found an undefined value");
  const std::string& separator = self_text(rt, self);
  std::string out;
  bool first = true;
  for (const Value& item : rt.items(bound.at(0))) {
    if (!item.is(Type::kString)) rt.error(format("join needs texts, found '{}'", name_of(item)));
    if (!first) out += separator;
    first = false;
    out += rt.plain(item, "join");
    rt.budget().step(1 + separator.size() / 256);
    if (out.size() > Budget::kMaxBytes) break;
  }
  return rt.text(std::move(out));
}

// Index in characters of the first (or last) occurrence, -1 for none.
template <bool kLast, bool kMust>
Value found(Runtime& rt, const Value& self, const Arguments& arguments) {
  const Bound bound(rt, "find", arguments, {"sub", "start", "end"});
  const std::string& text = self_text(rt, self);
  const std::string_view part = part_of(rt, text, bound);
  const std::string wanted = rt.plain(bound.at(0), "find");
  const std::size_t at = kLast ? part.rfind(wanted) : part.find(wanted);
  if (at == std::string_view::npos) {
    if (kMust) rt.error("substring not found");
    return Value(std::int64_t{-1});
  }
  const auto before = static_cast<std::size_t>(part.data() - text.data()) + at;
  return Value(
      static_cast<std::int64_t>(text::count_characters(std::string_view(text).substr(0, before))));
}

Value counted(Runtime& rt, const Value& self, const Arguments& arguments) {
  const Bound bound(rt, "count", arguments, {"sub", "start", "end"});
  const std::string_view part = part_of(rt, self_text(rt, self), bound);
  return Value(count(part, rt.plain(bound.at(0), "count")));
}

template <bool kSuffix>
Value without_affix(Runtime& rt, const Value& self, const Arguments& arguments) {
  const Bound bound(rt, "removeprefix", arguments, {"affix"});
  std::string_view text = self_text(rt, self);
  const std::string affix = rt.plain(bound.at(0), "removeprefix");
  if (kSuffix && text.ends_with(affix)) text.remove_suffix(affix.size());
  if (!kSuffix && text.starts_with(affix)) text.remove_prefix(affix.size());
  return rt.text(std::string(text));
}

// Whether all characters belong, and there is one.
template <bool (*kBelongs)(char32_t)>
Value all_are(Runtime& rt, const Value& self, const Arguments& arguments) {
  const Bound bound(rt, "this method", arguments, {});
  const std::string& text = self_text(rt, self);
  for (std::size_t at = 0; at < text.size();) {
    const text::Utf8Step step = text::utf8_step(text, at);
    if (!kBelongs(step.value)) return Value(false);
    at += step.size;
  }
  return Value(!text.empty());
}

bool is_number(char32_t c) { return text::is_numeric(c); }

template <bool kUpper>
Value in_case(Runtime& rt, const Value& self, const Arguments& arguments) {
  const Bound bound(rt, "this method", arguments, {});
  return Value(apply_test(rt, kUpper ? "upper" : "lower", Value(self_text(rt, self)), {}));
}

Value get(Runtime& rt, const Value& self, const Arguments& arguments) {
  const Bound bound(rt, "get", arguments, {"key", "default"});
  const Value* value = rt.find_key(self.dict(), bound.at(0));
  return value != nullptr ? *value : bound.or_none(1);
}

enum class Half { kKeys, kValues, kPairs };

template <Half kHalf>
Value view(Runtime& rt, const Value& self, const Arguments& arguments) {
  const Bound bound(rt, "this method", arguments, {});
  std::vector<Value> out;
  for (const auto& [key, value] : self.dict().entries) {
    if (kHalf == Half::kPairs)
      out.push_back(rt.list({key, value}, Sequence::Kind::kTuple));
    else
      out.push_back(kHalf == Half::kKeys ? key : value);
  }
  return rt.list(std::move(out), Sequence::Kind::kView);
}

Value copied(Runtime& rt, const Value& self, const Arguments& arguments) {
  const Bound bound(rt, "copy", arguments, {});
  return self.is(Type::kDict) ? self : rt.list(self.sequence().items);
}

Value place(Runtime& rt, const Value& self, const Arguments& arguments) {
  const Bound bound(rt, "index", arguments, {"value"});
  const auto& items = self.sequence().items;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (rt.equal(items[i], bound.at(0))) return Value(static_cast<std::int64_t>(i));
  }
  rt.error("the value is not in the list");
}

Value occurrences(Runtime& rt, const Value& self, const Arguments& arguments) {
  const Bound bound(rt, "count", arguments, {"value"});
  const auto& items = self.sequence().items;
  return Value(static_cast<std::int64_t>(std::count_if(
      items.begin(), items.end(), [&](const Value& item) { return rt.equal(item, bound.at(0)); })));
}

const Methods kTextMethods = {{"capitalize", changed<capitalize>},
                              {"count", counted},
                              {"endswith", has_affix<true>},
                              {"find", found<false, false>},
                              {"index", found<false, true>},
                              {"isdigit", all_are<is_number>},
                              {"islower", in_case<false>},
                              {"isnumeric", all_are<is_number>},
                              {"isspace", all_are<is_space>},
                              {"isupper", in_case<true>},
                              {"join", joined},
                              {"lower", changed<lower>},
                              {"lstrip", stripped<true, false>},
                              {"removeprefix", without_affix<false>},
                              {"removesuffix", without_affix<true>},
                              {"replace", replaced},
                              {"rfind", found<true, false>},
                              {"rindex", found<true, true>},
                              {"rsplit", split_text<true>},
                              {"rstrip", stripped<false, true>},
                              {"split", split_text<false>},
                              {"splitlines", lines},
                              {"startswith", has_affix<false>},
                              {"strip", stripped<true, true>},
                              {"title", changed<title>},
                              {"upper", changed<upper>}};

const Methods kDictMethods = {{"copy", copied},
                              {"get", get},
                              {"items", view<Half::kPairs>},
                              {"keys", view<Half::kKeys>},
                              {"values", view<Half::kValues>}};

const Methods kListMethods = {{"copy", copied}, {"count", occurrences}, {"index", place}};
const Methods kTupleMethods = {{"count", occurrences}, {"index", place}};

// What Python's types have besides: refused, not undefined.
const std::set<std::string> kOtherText = {
    "casefold",  "center",    "encode",    "expandtabs",   "format",      "format_map", "isalnum",
    "isalpha",   "isascii",   "isdecimal", "isidentifier", "isprintable", "istitle",    "ljust",
    "maketrans", "partition", "rjust",     "rpartition",   "swapcase",    "translate",  "zfill"};
const std::set<std::string> kChangers = {"append",  "clear",      "extend",  "fromkeys",
                                         "insert",  "pop",        "popitem", "remove",
                                         "reverse", "setdefault", "sort",    "update"};
const std::set<std::string> kDictChangers = {"clear",   "fromkeys",   "pop",
                                             "popitem", "setdefault", "update"};

Method find_in(const Methods& methods, const std::string& name) {
  const auto found = methods.find(name);
  return found == methods.end() ? nullptr : found->second;
}

}  // namespace

Method find_method(Runtime& runtime, const Value& self, const std::string& name) {
  if (self.is(Type::kString)) {
    const Method method = find_in(kTextMethods, name);
    if (method == nullptr && kOtherText.contains(name)) {
      runtime.unsupported(format("the method '{}' of texts is not supported", name));
    }
    return method;
  }
  if (self.is(Type::kDict)) {
    if (kDictChangers.contains(name)) {
      runtime.error(format("'{}' would change a dict, which templates may not", name));
    }
    return find_in(kDictMethods, name);
  }
  if (self.is_kind(Sequence::Kind::kList)) {
    if (kChangers.contains(name) && !kDictChangers.contains(name)) {
      runtime.error(format("'{}' would change a list, which templates may not", name));
    }
    return find_in(kListMethods, name);
  }
  return self.is_kind(Sequence::Kind::kTuple) ? find_in(kTupleMethods, name) : nullptr;
}

}  // namespace sightline::jinja
