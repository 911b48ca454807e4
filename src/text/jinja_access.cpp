// Attributes, items, slices, and values as text.
#include <algorithm>

#include "sightline/format.h"
#include "text/jinja_loop.h"
#include "text/jinja_runtime.h"
#include "text/jinja_text.h"
#include "text/unicode.h"

namespace sightline::jinja {

const Value* Runtime::find_key(const Dict& dict, const Value& key) {
  for (const auto& [known, value] : dict.entries) {
    if (equal(known, key)) return &value;
  }
  return nullptr;
}

Value Runtime::missing(const Value& object, const std::string& name) {
  if (object.is(Type::kNone)) return undefined(format("'None' has no attribute '{}'", name));
  return undefined(format("'{} object' has no attribute '{}'", name_of(object), name));
}

Value Runtime::attribute(const Value& object, const std::string& name) {
  budget_.step();
  if (object.is(Type::kUndefined)) {
    const Text& what = object.undefined().what;
    error(what ? *what : format("an undefined value has no attribute '{}'", name));
  }
  if (name.starts_with("__")) error(format("access to attribute '{}' is unsafe", name));
  if (object.is(Type::kLoop)) {
    std::optional<Value> value = object.loop()->attribute(*this, name);
    return value ? *value : missing(object, name);
  }
  if (object.is(Type::kNamespace)) {
    for (const auto& [known, value] : object.names()->attributes) {
      if (known == name) return value;
    }
    return missing(object, name);
  }
  if (const Method method = find_method(*this, object, name); method != nullptr) {
    return Value(std::make_shared<const Callable>(
        Callable{name, [object, method](Runtime& runtime, const Arguments& arguments) {
                   return method(runtime, object, arguments);
                 }}));
  }
  if (object.is(Type::kDict)) {
    if (const Value* found = find_key(object.dict(), Value(name)); found != nullptr) return *found;
  }
  return missing(object, name);
}

Value Runtime::item(const Value& object, const Value& key) {
  budget_.step();
  if (object.is(Type::kUndefined)) {
    const Text& what = object.undefined().what;
    error(what ? *what : "an undefined value has no items");
  }
  if (object.is(Type::kDict)) {
    if (const Value* found = find_key(object.dict(), key); found != nullptr) return *found;
  }
  const bool indexed =
      object.is(Type::kString) ||
      (object.is(Type::kSequence) && object.sequence().kind != Sequence::Kind::kView &&
       object.sequence().kind != Sequence::Kind::kIterator);
  if (indexed && key.is_integral()) {
    const std::int64_t size = length(object);
    const std::int64_t index = key.as_integer() < 0 ? key.as_integer() + size : key.as_integer();
    if (index >= 0 && index < size) {
      const auto at = static_cast<std::size_t>(index);
      if (object.is(Type::kSequence)) return object.sequence().items[at];
      return text(std::string(characters(object.text(), at, at + 1)));
    }
  }
  if (key.is(Type::kString)) {
    if (object.is(Type::kDict) && find_method(*this, object, key.text()) == nullptr) {
      return missing(object, key.text());
    }
    return attribute(object, key.text());
  }
  return missing(object, str(key));
}

Value Runtime::slice(const Value& object, const Value& begin, const Value& end, const Value& step) {
  const bool sliced = object.is(Type::kString) || object.is_kind(Sequence::Kind::kList) ||
                      object.is_kind(Sequence::Kind::kTuple) ||
                      object.is_kind(Sequence::Kind::kRange);
  if (!sliced) error(format("'{}' object cannot be sliced", name_of(object)));
  const auto bound = [&](const Value& value, std::int64_t fallback, std::int64_t low,
                         std::int64_t high) {
    if (value.is(Type::kNone)) return fallback;
    std::int64_t index = integer(value, "a slice");
    if (index < 0) index += length(object);
    return std::clamp(index, low, high);
  };
  const std::int64_t size = length(object);
  const std::int64_t stride = step.is(Type::kNone) ? 1 : integer(step, "a slice");
  if (stride == 0) error("a slice cannot have step 0");
  const bool forward = stride > 0;
  const std::int64_t low = forward ? 0 : -1;
  const std::int64_t high = forward ? size : size - 1;
  std::int64_t at = bound(begin, forward ? low : high, low, high);
  const std::int64_t last = bound(end, forward ? high : low, low, high);
  if (object.is(Type::kString) && stride == 1) {
    const auto first = static_cast<std::size_t>(at);
    const auto stop = static_cast<std::size_t>(std::max(at, last));
    return text(std::string(characters(object.text(), first, stop)));
  }
  const std::vector<Value> all = items(object);
  std::vector<Value> out;
  while (forward ? at < last : at > last) {
    out.push_back(all[static_cast<std::size_t>(at)]);
    if (__builtin_add_overflow(at, stride, &at)) break;
  }
  if (!object.is(Type::kString)) return list(std::move(out), object.sequence().kind);
  std::string joined;
  for (const Value& value : out) joined += value.text();
  return text(std::move(joined));
}

std::string Runtime::str(const Value& value) {
  if (value.is(Type::kUndefined)) return "";
  if (value.is(Type::kString)) return value.text();
  std::string out;
  append_repr(value, out);
  return out;
}

std::string Runtime::repr(const Value& value) {
  std::string out;
  append_repr(value, out);
  return out;
}

void Runtime::append_repr(const Value& value, std::string& out) {
  budget_.step();
  const std::size_t before = out.size();
  const auto each = [&](const auto& values, const auto& write) {
    bool first = true;
    for (const auto& entry : values) {
      if (!first) out += ", ";
      first = false;
      write(entry);
    }
  };
  const auto element = [&](const Value& entry) { append_repr(entry, out); };
  switch (value.type()) {
    case Type::kUndefined: out += "Undefined"; break;
    case Type::kNone: out += "None"; break;
    case Type::kBool: out += value.boolean() ? "True" : "False"; break;
    case Type::kInt: out += std::to_string(value.integer()); break;
    case Type::kFloat: out += jinja::repr(value.real()); break;
    case Type::kString: out += jinja::repr(value.text()); break;
    case Type::kDict:
      out += '{';
      each(value.dict().entries, [&](const auto& entry) {
        append_repr(entry.first, out);
        out += ": ";
        append_repr(entry.second, out);
      });
      out += '}';
      break;
    case Type::kSequence: {
      const Sequence& sequence = value.sequence();
      const bool tuple = sequence.kind == Sequence::Kind::kTuple;
      if (!tuple && sequence.kind != Sequence::Kind::kList) {
        unsupported(format("printing a {}", name_of(value)));
      }
      out += tuple ? '(' : '[';
      each(sequence.items, element);
      if (tuple && sequence.items.size() == 1) out += ',';
      out += tuple ? ')' : ']';
      break;
    }
    default: unsupported(format("printing a {}", name_of(value)));
  }
  budget_.step((out.size() - before) / 64);
  if (out.size() > Budget::kMaxBytes) budget_.allocate(out.size());
}

std::string Runtime::json(const Value& value, const JsonStyle& style) {
  std::string out;
  append_json(value, style, 0, out);
  budget_.allocate(out.size());
  return out;
}

namespace {

// Between brackets: entries with what goes between them.
template <class Entries, class Write>
void append_container(std::string_view brackets, const Entries& entries, const JsonStyle& style,
                      int depth, const Write& write, std::string& out) {
  const auto new_line = [&](int level) {
    if (!style.indent) return;
    out += '\n';
    for (int i = 0; i < level; ++i) out += *style.indent;
  };
  out += brackets[0];
  bool first = true;
  for (const auto& entry : entries) {
    if (!first) out += style.between;
    first = false;
    new_line(depth + 1);
    write(entry);
  }
  if (!first) new_line(depth);
  out += brackets[1];
}

std::string json_number(double value) {
  std::string text = repr(value);
  if (text == "nan") return "NaN";
  if (text == "inf") return "Infinity";
  if (text == "-inf") return "-Infinity";
  return text;
}

}  // namespace

void Runtime::append_json(const Value& value, const JsonStyle& style, int depth, std::string& out) {
  budget_.step();
  if (out.size() > Budget::kMaxBytes) budget_.allocate(out.size());
  const auto inner = [&](const Value& entry) { append_json(entry, style, depth + 1, out); };
  switch (value.type()) {
    case Type::kNone: out += "null"; return;
    case Type::kBool: out += value.boolean() ? "true" : "false"; return;
    case Type::kInt: out += std::to_string(value.integer()); return;
    case Type::kFloat: out += json_number(value.real()); return;
    case Type::kString:
      budget_.step(value.text().size() / 64);
      out += json_text(value.text(), style.ascii);
      return;
    case Type::kSequence:
      if (!value.is_kind(Sequence::Kind::kList) && !value.is_kind(Sequence::Kind::kTuple)) break;
      append_container("[]", value.sequence().items, style, depth, inner, out);
      return;
    case Type::kDict: {
      auto entries = value.dict().entries;
      budget_.allocate(entries.size() * sizeof(entries[0]));
      if (style.sort_keys) {
        std::stable_sort(entries.begin(), entries.end(),
                         [&](const auto& a, const auto& b) { return less(a.first, b.first); });
      }
      const auto member = [&](const auto& entry) {
        const Value& key = entry.first;
        const bool plain_key = key.is(Type::kNone) || key.is_number();
        if (!plain_key && !key.is(Type::kString)) {
          error(format("JSON keys must be texts, found '{}'", name_of(key)));
        }
        if (plain_key) out += '"';
        append_json(key, style, depth, out);
        if (plain_key) out += '"';
        out += style.after_key;
        inner(entry.second);
      };
      append_container("{}", entries, style, depth, member, out);
      return;
    }
    default: break;
  }
  error(format("a value of type '{}' cannot be written as JSON", name_of(value)));
}

}  // namespace sightline::jinja
