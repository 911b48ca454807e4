#include "text/normalizers.h"

#include <algorithm>
#include <vector>

#include "text/byte_level.h"
#include "text/unicode.h"

namespace sightline::text {
namespace {

Regex pattern_of(const Json& description, std::string_view origin) {
  const Json pattern = json_get<Json>(description, "pattern", origin);
  if (pattern.contains("String")) {
    return Regex::literal(json_get<std::string>(pattern, "String", origin));
  }
  return Regex(json_get<std::string>(pattern, "Regex", origin));
}

// Rewrites character by character; new characters stem from where theirs did.
template <class Rewrite>
void rewrite_characters(Normalised& value, const Rewrite& rewrite) {
  std::string out;
  out.reserve(value.text.size());
  std::size_t origin = 0;
  for (std::size_t at = 0; at < value.text.size();) {
    const Utf8Step step = utf8_step(value.text, at);
    rewrite(step.value, std::string_view(value.text).substr(at, step.size), out);
    at += step.size;
    if (at <= value.origin) origin = out.size();
  }
  value = {std::move(out), origin};
}

class Form : public Normalizer {
 public:
  explicit Form(NormalForm form) : form_(form) {}
  void apply(Normalised& value) const override {
    const bool first = value.origin > 0;
    value.text = normalise(value.text, form_);
    value.origin = first && !value.text.empty() ? utf8_step(value.text, 0).size : 0;
  }

 private:
  NormalForm form_;
};

class Lowercase : public Normalizer {
 public:
  void apply(Normalised& value) const override {
    rewrite_characters(
        value, [](char32_t c, std::string_view, std::string& out) { append_lower(c, out); });
  }
};

class StripAccents : public Normalizer {
 public:
  void apply(Normalised& value) const override {
    rewrite_characters(value, [](char32_t c, std::string_view text, std::string& out) {
      if (!is_mark(c)) out += text;
    });
  }
};

class ByteLevelAlphabet : public Normalizer {
 public:
  void apply(Normalised& value) const override {
    rewrite_characters(value, [](char32_t, std::string_view text, std::string& out) {
      append_byte_level(text, out);
    });
  }
};

class Prepend : public Normalizer {
 public:
  explicit Prepend(std::string prefix) : prefix_(std::move(prefix)) {}
  void apply(Normalised& value) const override { prepend(prefix_, value); }

 private:
  std::string prefix_;
};

class Replace : public Normalizer {
 public:
  explicit Replace(Replacement replacement) : replacement_(std::move(replacement)) {}
  void apply(Normalised& value) const override {
    value.text = replacement_.apply(value.text, &value.origin);
  }

 private:
  Replacement replacement_;
};

class Strip : public Normalizer {
 public:
  Strip(bool left, bool right) : left_(left), right_(right) {}
  void apply(Normalised& value) const override {
    std::string& text = value.text;
    std::size_t begin = 0;
    while (left_ && begin < text.size() && is_whitespace(utf8_step(text, begin).value)) {
      begin += utf8_step(text, begin).size;
    }
    std::size_t end = text.size();
    while (right_ && end > begin) {
      const std::size_t last = previous_character(text, end);
      if (!is_whitespace(utf8_step(text, last).value)) break;
      end = last;
    }
    text = text.substr(begin, end - begin);
    value.origin = std::min(text.size(), value.origin > begin ? value.origin - begin : 0);
  }

 private:
  bool left_;
  bool right_;
};

class Sequence : public Normalizer {
 public:
  explicit Sequence(std::vector<std::unique_ptr<const Normalizer>> parts)
      : parts_(std::move(parts)) {}
  void apply(Normalised& value) const override {
    for (const auto& part : parts_) part->apply(value);
  }

 private:
  std::vector<std::unique_ptr<const Normalizer>> parts_;
};

}  // namespace

Replacement::Replacement(const Json& description, std::string_view origin)
    : pattern_(pattern_of(description, origin)),
      content_(json_get<std::string>(description, "content", origin)) {}

Replacement::Replacement(std::string_view literal, std::string content)
    : pattern_(Regex::literal(literal)), content_(std::move(content)) {}

std::string Replacement::apply(std::string_view text, std::size_t* origin_bytes) const {
  std::string out;
  std::size_t at = 0;
  std::size_t origin = 0;
  const std::size_t old_origin = origin_bytes == nullptr ? 0 : *origin_bytes;
  const auto copy_until = [&](std::size_t end) {
    out += text.substr(at, end - at);
    if (old_origin > at) origin = out.size() - (end - std::min(end, old_origin));
    at = end;
  };
  pattern_.for_each_match(text, [&](Span match) {
    copy_until(match.begin);
    out += content_;
    at = match.end;
    if (match.end <= old_origin) origin = out.size();  // stands where the last removed byte stood
  });
  copy_until(text.size());
  if (origin_bytes != nullptr) *origin_bytes = origin;
  return out;
}

void prepend(std::string_view prefix, Normalised& value) {
  if (value.text.empty()) return;
  value.text.insert(0, prefix);
  if (value.origin > 0) value.origin += prefix.size();
}

std::unique_ptr<const Normalizer> make_normalizer(const Json& description,
                                                  std::string_view origin) {
  const auto type = json_get<std::string>(description, "type", origin);
  if (type == "NFC") return std::make_unique<Form>(NormalForm::kNfc);
  if (type == "NFD") return std::make_unique<Form>(NormalForm::kNfd);
  if (type == "NFKC") return std::make_unique<Form>(NormalForm::kNfkc);
  if (type == "NFKD") return std::make_unique<Form>(NormalForm::kNfkd);
  if (type == "Lowercase") return std::make_unique<Lowercase>();
  if (type == "StripAccents") return std::make_unique<StripAccents>();
  if (type == "ByteLevel") return std::make_unique<ByteLevelAlphabet>();
  if (type == "Prepend") {
    return std::make_unique<Prepend>(json_get<std::string>(description, "prepend", origin));
  }
  if (type == "Replace") return std::make_unique<Replace>(Replacement(description, origin));
  if (type == "Strip") {
    return std::make_unique<Strip>(json_get<bool>(description, "strip_left", origin),
                                   json_get<bool>(description, "strip_right", origin));
  }
  if (type == "Sequence") {
    std::vector<std::unique_ptr<const Normalizer>> parts;
    for (const Json& part : json_get<Json>(description, "normalizers", origin)) {
      parts.push_back(make_normalizer(part, origin));
    }
    return std::make_unique<Sequence>(std::move(parts));
  }
  fail(ErrorKind::kUnsupported, "{}: normalizer '{}' is not supported", origin, type);
}

}  // namespace sightline::text
