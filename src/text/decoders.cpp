#include "text/decoders.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "text/byte_level.h"
#include "text/normalizers.h"
#include "text/unicode.h"

namespace sightline::text {
namespace {

// Bytes of all tokens in a row, as text; a character that is not complete waits.
class ByteLevelStage : public DecodeStage {
 public:
  void push(std::string_view text, const TextSink& next) override {
    append_bytes_of(text, held_);
    const std::size_t ready = held_.size() - incomplete_utf8_suffix(held_);
    if (ready == 0) return;
    next(repair_utf8(std::string_view(held_).substr(0, ready)));
    held_.erase(0, ready);
  }
  void finish(const TextSink& next) override {
    if (!held_.empty()) next(repair_utf8(held_));
    held_.clear();
  }

 private:
  std::string held_;
};

// <0xNN> tokens in a row are the bytes of a text; when they are not valid UTF-8, each is U+FFFD.
class ByteFallbackStage : public DecodeStage {
 public:
  void push(std::string_view text, const TextSink& next) override {
    if (const std::optional<char> byte = byte_of(text)) {
      bytes_ += *byte;
      return;
    }
    finish(next);
    next(text);
  }
  void finish(const TextSink& next) override {
    if (bytes_.empty()) return;
    if (is_valid_utf8(bytes_)) {
      next(bytes_);
    } else {
      for (std::size_t i = 0; i < bytes_.size(); ++i) next("\uFFFD");
    }
    bytes_.clear();
  }

 private:
  static std::optional<char> byte_of(std::string_view text) {
    if (text.size() != 6 || text.substr(0, 3) != "<0x" || text[5] != '>') return std::nullopt;
    unsigned value = 0;
    const auto result = std::from_chars(text.data() + 3, text.data() + 5, value, 16);
    if (result.ec != std::errc() || result.ptr != text.data() + 5) return std::nullopt;
    return static_cast<char>(value);
  }

  std::string bytes_;
};

// Replacement characters become spaces; those of the first token vanish where they had been
// prepended.
class MetaspaceStage : public DecodeStage {
 public:
  MetaspaceStage(std::string mark, bool prepended, bool fused)
      : mark_(std::move(mark)), first_(prepended), fused_(fused) {}
  void push(std::string_view text, const TextSink& next) override {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
      if (text.substr(at, mark_.size()) == mark_) {
        if (!first_) out += ' ';
        at += mark_.size();
      } else {
        out += text[at++];
      }
    }
    if (!fused_) first_ = false;
    next(out);
  }

 private:
  std::string mark_;
  bool first_;
  bool fused_;
};

class ReplaceStage : public DecodeStage {
 public:
  explicit ReplaceStage(std::shared_ptr<const Replacement> replacement)
      : replacement_(std::move(replacement)) {}
  void push(std::string_view text, const TextSink& next) override {
    next(replacement_->apply(text));
  }

 private:
  std::shared_ptr<const Replacement> replacement_;
};

// Removes up to `left` leading and `right` trailing copies of a character.
class StripStage : public DecodeStage {
 public:
  StripStage(std::string mark, std::size_t left, std::size_t right, bool fused)
      : mark_(std::move(mark)), left_(left), right_(right), left_now_(left), fused_(fused) {}

  void push(std::string_view text, const TextSink& next) override {
    held_ += text;
    if (!fused_) {
      end(next);
      left_now_ = left_;
      return;
    }
    strip_left();
    const std::size_t ready = held_.size() - trailing();
    if (ready == 0) return;
    next(std::string_view(held_).substr(0, ready));
    held_.erase(0, ready);
    left_now_ = 0;
  }
  void finish(const TextSink& next) override {
    if (fused_) end(next);
  }

 private:
  void strip_left() {
    while (left_now_ > 0 && held_.compare(0, mark_.size(), mark_) == 0) {
      held_.erase(0, mark_.size());
      --left_now_;
    }
  }
  // Bytes at the end that a strip on the right may still take.
  std::size_t trailing() const {
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < right_; ++i) {
      if (held_.size() < bytes + mark_.size()) break;
      if (held_.compare(held_.size() - bytes - mark_.size(), mark_.size(), mark_) != 0) break;
      bytes += mark_.size();
    }
    return bytes;
  }
  void end(const TextSink& next) {
    strip_left();
    next(std::string_view(held_).substr(0, held_.size() - trailing()));
    held_.clear();
  }

  std::string mark_;
  std::size_t left_;
  std::size_t right_;
  std::size_t left_now_;
  bool fused_;
  std::string held_;
};

// A stage that must see the one fused text whole: everything waits for the end.
class WholeStage : public DecodeStage {
 public:
  explicit WholeStage(std::unique_ptr<DecodeStage> inner) : inner_(std::move(inner)) {}
  void push(std::string_view text, const TextSink&) override { held_ += text; }
  void finish(const TextSink& next) override {
    inner_->push(held_, next);
    inner_->finish(next);
    held_.clear();
  }

 private:
  std::unique_ptr<DecodeStage> inner_;
  std::string held_;
};

// No decoder: a space between tokens.
class SpacedStage : public DecodeStage {
 public:
  void push(std::string_view text, const TextSink& next) override {
    if (!first_) next(" ");
    first_ = false;
    next(text);
  }

 private:
  bool first_ = true;
};

}  // namespace

void Decoder::add_whole(MakeStage inner) {
  if (!fused_) {
    stages_.push_back(std::move(inner));
    return;
  }
  stages_.push_back([inner = std::move(inner)] { return std::make_unique<WholeStage>(inner()); });
}

void Decoder::add_plain(const Json& description, const std::string& type, std::string_view origin) {
  if (type == "Metaspace") {
    const auto mark = json_get<std::string>(description, "replacement", origin);
    const bool add = json_get_or(description, "add_prefix_space", origin, true);
    const auto scheme =
        json_get_or<std::string>(description, "prepend_scheme", origin, add ? "always" : "never");
    stages_.push_back([mark, prepended = scheme != "never", fused = fused_] {
      return std::make_unique<MetaspaceStage>(mark, prepended, fused);
    });
  } else if (type == "Replace") {
    const auto replacement = std::make_shared<const Replacement>(description, origin);
    add_whole([replacement] { return std::make_unique<ReplaceStage>(replacement); });
  } else if (type == "Strip") {
    const auto mark = json_get<std::string>(description, "content", origin);
    if (count_characters(mark) != 1) {
      fail(ErrorKind::kBadFile, "{}: Strip content should be one character, found '{}'", origin,
           mark);
    }
    const auto left = json_get<std::uint32_t>(description, "start", origin);
    const auto right = json_get<std::uint32_t>(description, "stop", origin);
    stages_.push_back([mark, left, right, fused = fused_] {
      return std::make_unique<StripStage>(mark, left, right, fused);
    });
  } else {
    fail(ErrorKind::kUnsupported, "{}: decoder '{}' is not supported", origin, type);
  }
}

void Decoder::add(const Json& description, std::string_view origin) {
  const auto type = json_get<std::string>(description, "type", origin);
  if (type == "Sequence") {
    for (const Json& part : json_get<Json>(description, "decoders", origin)) add(part, origin);
  } else if (type == "ByteLevel") {
    add_whole([] { return std::make_unique<ByteLevelStage>(); });
    fused_ = true;
  } else if (type == "ByteFallback") {
    add_whole([] { return std::make_unique<ByteFallbackStage>(); });
  } else if (type == "Fuse") {
    fused_ = true;
  } else {
    add_plain(description, type, origin);
  }
}

Decoder Decoder::from_json(const Json& description, std::string_view origin) {
  Decoder decoder;
  if (description.is_null()) {
    decoder.stages_.push_back([] { return std::make_unique<SpacedStage>(); });
  } else {
    decoder.add(description, origin);
  }
  return decoder;
}

std::vector<std::unique_ptr<DecodeStage>> Decoder::start() const {
  std::vector<std::unique_ptr<DecodeStage>> out;
  for (const MakeStage& make : stages_) out.push_back(make());
  return out;
}

void DecodeRun::push_from(std::size_t stage, std::string_view text, std::string& out) {
  if (stage == stages_.size()) {
    out += text;
    return;
  }
  stages_[stage]->push(text, [&](std::string_view more) { push_from(stage + 1, more, out); });
}

void DecodeRun::finish(std::string& out) {
  for (std::size_t stage = 0; stage < stages_.size(); ++stage) {
    stages_[stage]->finish([&](std::string_view more) { push_from(stage + 1, more, out); });
  }
}

}  // namespace sightline::text
