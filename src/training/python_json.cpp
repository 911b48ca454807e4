#include "training/python_json.h"

namespace sightline {
namespace {

void write(const OrderedJson& value, std::string& out) {
  if (!value.is_structured()) {
    out += value.dump(-1, ' ', true, OrderedJson::error_handler_t::replace);
    return;
  }
  out += value.is_object() ? '{' : '[';
  bool first = true;
  for (const auto& [key, element] : value.items()) {
    if (!first) out += ", ";
    first = false;
    if (value.is_object()) {
      out += OrderedJson(key).dump(-1, ' ', true, OrderedJson::error_handler_t::replace);
      out += ": ";
    }
    write(element, out);
  }
  out += value.is_object() ? '}' : ']';
}

}  // namespace

std::string python_json(const OrderedJson& value) {
  std::string out;
  write(value, out);
  return out;
}

}  // namespace sightline
