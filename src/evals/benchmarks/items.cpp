#include "evals/benchmarks/items.h"

#include <algorithm>
#include <map>
#include <optional>

#include "evals/benchmarks/sample_list.h"

namespace sightline {
namespace {

// What `name` of a field map means in a record; nothing where it is absent or null.
std::optional<Json> field(const Json& fields, const std::string& name) {
  if (name.starts_with('=')) return Json(name.substr(1));
  const Json* at = &fields;
  std::string rest = name;
  while (at->is_object() && !at->contains(rest)) {
    const std::size_t dot = rest.find('.');
    if (dot == std::string::npos || !at->contains(rest.substr(0, dot))) return std::nullopt;
    at = &at->at(rest.substr(0, dot));
    rest = rest.substr(dot + 1);
  }
  if (!at->is_object() || at->at(rest).is_null()) return std::nullopt;
  return at->at(rest);
}

std::string text_of(const Json& value) {
  return value.is_string() ? value.get<std::string>() : dump_json(value);
}

// A text, or a number as text.
std::optional<std::string> text_field(const Record& record, const std::string& name) {
  const std::optional<Json> value = field(record.fields, name);
  if (!value) return std::nullopt;
  if (!value->is_string() && !value->is_number() && !value->is_boolean()) {
    detail::json_wrong(record.origin, name.c_str(), *value, "a string");
  }
  return text_of(*value);
}

std::string needed_text(const Record& record, const std::string& name) {
  const std::optional<std::string> value = text_field(record, name);
  if (!value || value->empty()) detail::json_missing(record.origin, name.c_str());
  return *value;
}

Json expected_of(const Record& record, const std::string& name) {
  const std::optional<Json> value = field(record.fields, name);
  if (!value || *value == "") return Json::object();
  if (value->is_object()) return *value;
  const bool texts = value->is_array() && !value->empty() &&
                     std::ranges::all_of(*value, [](const Json& one) { return one.is_string(); });
  if (!value->is_string() && !texts) {
    detail::json_wrong(record.origin, name.c_str(), *value,
                       "an object, a string or a list of strings");
  }
  return {{"answer", *value}};
}

std::map<std::string, std::string> notes_of(const Record& record) {
  const Json meta = json_get_or<Json>(record.fields, "meta", record.origin, Json::object());
  if (!meta.is_object()) detail::json_wrong(record.origin, "meta", meta, "an object");
  std::map<std::string, std::string> notes;
  for (const auto& [key, value] : meta.items()) notes[key] = text_of(value);
  for (const char* key : {"kind", "twin_of"}) {
    const std::optional<Json> note = field(record.fields, key);
    if (note && *note != "") notes[key] = text_of(*note);
  }
  return notes;
}

Item item_of(const Record& record, const FieldMap& fields) {
  Item item{.id = fields.id == "#" ? record.key : needed_text(record, fields.id),
            .subset = text_field(record, fields.subset).value_or(""),
            .scenario = text_field(record, fields.scenario).value_or(""),
            .variant = "",
            .question = needed_text(record, fields.question),
            .image = text_field(record, fields.image).value_or(""),
            .expected = expected_of(record, fields.expected),
            .meta = notes_of(record)};
  if (item.subset.empty()) item.subset = "all";
  if (item.expected.contains("answer") && item.expected["answer"].is_string()) {
    item.meta["gold"] = item.expected["answer"].get<std::string>();
  }
  const auto variant = item.meta.find("variant");
  if (variant != item.meta.end()) item.variant = variant->second;
  return item;
}

}  // namespace

void read_items(const ItemSource& source, BenchmarkData& data) {
  SampleList list(data, {.pictures = source.pictures});
  list.read(source.file, source.columns, [&](const Record& record) {
    const std::string split = text_field(record, "split").value_or("");
    if (!source.split.empty() && split != source.split) return;
    list.add(record, item_of(record, source.fields));
  });
  list.finish();
}

}  // namespace sightline
