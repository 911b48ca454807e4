// Decoders of tokenizer.json: token texts → text, one token at a time.
//
// A decoder is a chain of stages. Each takes the texts of tokens in order and passes on what can no
// longer change, so that streaming and decoding at once are the same thing: concatenated output is
// equal.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace sightline::text {

using TextSink = std::function<void(std::string_view)>;

// The state of one stage during one decoding. Not thread-safe.
class DecodeStage {
 public:
  virtual ~DecodeStage() = default;
  virtual void push(std::string_view text, const TextSink& next) = 0;
  virtual void finish(const TextSink&) {}  // no more tokens: pass on what was held back
};

// Makes fresh stages; const use is thread-safe.
class Decoder {
 public:
  using MakeStage = std::function<std::unique_ptr<DecodeStage>()>;

  // Without a description tokens are joined by spaces, as the reference does.
  // Throws Error{kUnsupported} for a type we do not know, Error{kBadFile} for a malformed one.
  static Decoder from_json(const Json& description, std::string_view origin);

  std::vector<std::unique_ptr<DecodeStage>> start() const;

 private:
  void add(const Json& description, std::string_view origin);
  void add_plain(const Json& description, const std::string& type, std::string_view origin);
  void add_whole(MakeStage inner);

  std::vector<MakeStage> stages_;
  bool fused_ = false;  // from here on the texts that arrive are parts of one
};

// Runs tokens through a decoder's stages.
class DecodeRun {
 public:
  explicit DecodeRun(const Decoder& decoder) : stages_(decoder.start()) {}

  void push(std::string_view token, std::string& out) { push_from(0, token, out); }
  void finish(std::string& out);

 private:
  void push_from(std::size_t stage, std::string_view text, std::string& out);

  std::vector<std::unique_ptr<DecodeStage>> stages_;
};

}  // namespace sightline::text
