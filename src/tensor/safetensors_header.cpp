#include "tensor/safetensors_header.h"

#include <nlohmann/json.hpp>
#include <set>

#include "sightline/error.h"
#include "tensor/shapes.h"

namespace sightline {
namespace {

using Json = nlohmann::json;

// SAX events arrive in document order; `place_` says what the next one may be. Refusing by
// exception inside an event ends the parse, so nesting is bounded by the format itself.
class HeaderReader : public nlohmann::json_sax<Json> {
 public:
  explicit HeaderReader(const std::string& origin) : origin_(origin) {}

  SafetensorsHeader take() && { return std::move(header_); }

  bool start_object(std::size_t) override {
    switch (place_) {
      case Place::kDocument: place_ = Place::kTop; return true;
      case Place::kTopValue:
        place_ = name_ == "__metadata__" ? Place::kMetadata : Place::kTensor;
        fields_.clear();
        return true;
      default: unexpected("an object");
    }
  }

  bool end_object() override {
    if (place_ == Place::kTensor) add_entry();
    if (place_ == Place::kTensor || place_ == Place::kMetadata) place_ = Place::kTop;
    return true;
  }

  bool key(std::string& text) override {
    switch (place_) {
      case Place::kTop:
        name_ = text;
        if (!names_.insert(text).second) broken("key '{}' occurs twice", text);
        place_ = Place::kTopValue;
        break;
      case Place::kMetadata:
        field_ = text;
        if (header_.metadata.contains(text)) broken("__metadata__ key '{}' occurs twice", text);
        break;
      default:  // kTensor
        field_ = text;
        if (text != "dtype" && text != "shape" && text != "data_offsets") {
          broken("tensor '{}' has the unknown field '{}'", name_, text);
        }
        if (!fields_.insert(text).second) {
          broken("tensor '{}' has the field '{}' twice", name_, text);
        }
    }
    return true;
  }

  bool string(std::string& text) override {
    if (place_ == Place::kMetadata) {
      header_.metadata[field_] = text;
      return true;
    }
    if (place_ != Place::kTensor || field_ != "dtype") unexpected("a string");
    const auto dtype = dtype_of_safetensors_code(text);
    if (!dtype) broken("tensor '{}' has the unknown dtype '{}'", name_, text);
    entry_.dtype = *dtype;
    return true;
  }

  bool start_array(std::size_t) override {
    if (place_ != Place::kTensor || field_ == "dtype") unexpected("an array");
    place_ = Place::kNumbers;
    numbers_.clear();
    return true;
  }

  bool number_unsigned(std::uint64_t value) override {
    if (place_ != Place::kNumbers) unexpected("a number");
    if (value > static_cast<std::uint64_t>(INT64_MAX)) {
      broken("tensor '{}': {} holds {}, which is too large", name_, field_, value);
    }
    const std::size_t limit = field_ == "shape" ? kMaxTensorRank : 2;
    if (numbers_.size() == limit) broken("tensor '{}': {} is too long", name_, field_);
    numbers_.push_back(static_cast<std::int64_t>(value));
    return true;
  }

  bool end_array() override {
    place_ = Place::kTensor;
    if (field_ == "shape") {
      entry_.shape = numbers_;
      return true;
    }
    if (numbers_.size() != 2) {
      broken("tensor '{}': data_offsets holds {} numbers, wanted 2", name_, numbers_.size());
    }
    entry_.begin = static_cast<std::uint64_t>(numbers_[0]);
    entry_.end = static_cast<std::uint64_t>(numbers_[1]);
    return true;
  }

  bool number_integer(std::int64_t value) override {
    if (place_ != Place::kNumbers) unexpected("a number");
    broken("tensor '{}': {} holds the negative number {}", name_, field_, value);
  }
  bool number_float(double, const std::string& text) override {
    if (place_ != Place::kNumbers) unexpected("a number");
    broken("tensor '{}': {} holds {}, which is no 64-bit integer", name_, field_,
           text.substr(0, 40));
  }
  bool null() override { unexpected("null"); }
  bool boolean(bool) override { unexpected("a boolean"); }
  bool binary(Json::binary_t&) override { unexpected("binary"); }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception&) override {
    broken("the header is not valid JSON at its byte {}", position);
  }

 private:
  enum class Place { kDocument, kTop, kTopValue, kMetadata, kTensor, kNumbers };

  template <class... Args>
  [[noreturn]] void broken(std::string_view pattern, const Args&... args) const {
    fail(ErrorKind::kBadFile, "{}: {}", origin_, format(pattern, args...));
  }

  [[noreturn]] void unexpected(std::string_view found) const {
    switch (place_) {
      case Place::kDocument: broken("the header is {}, wanted an object", found);
      case Place::kMetadata: broken("__metadata__ '{}' is {}, wanted a string", field_, found);
      case Place::kTensor: broken("tensor '{}': {} is {}", name_, field_, found);
      case Place::kNumbers:
        broken("tensor '{}': {} holds {}, wanted numbers", name_, field_, found);
      default: broken("'{}' is {}, wanted an object", name_, found);
    }
  }

  void add_entry() {
    for (const char* field : {"dtype", "shape", "data_offsets"}) {
      if (!fields_.contains(field)) broken("tensor '{}' has no {}", name_, field);
    }
    header_.entries.emplace(name_, std::move(entry_));
    entry_ = {};
  }

  const std::string& origin_;
  SafetensorsHeader header_;
  Place place_ = Place::kDocument;
  std::set<std::string> names_;   // top-level keys so far
  std::set<std::string> fields_;  // of the current tensor
  std::string name_;              // current top-level key
  std::string field_;             // current key below it
  SafetensorsEntry entry_{};
  std::vector<std::int64_t> numbers_;
};

}  // namespace

SafetensorsHeader parse_safetensors_header(std::string_view json, const std::string& origin) {
  // The parser would take a NUL byte for the end of its input and ignore what follows.
  if (const auto nul = json.find('\0'); nul != std::string_view::npos) {
    fail(ErrorKind::kBadFile, "{}: the header holds a NUL byte at its byte {}", origin, nul);
  }
  HeaderReader reader(origin);
  Json::sax_parse(json.begin(), json.end(), &reader);
  return std::move(reader).take();
}

}  // namespace sightline
