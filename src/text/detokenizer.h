// Token ids → text while they are still being generated.
//
//   Detokenizer stream(tokenizer);
//   for (const std::int64_t id : ids) send(stream.push(id));
//   send(stream.finish());
//
// Every chunk is valid UTF-8 and never holds part of a character; all chunks and finish()
// concatenated equal Tokenizer::decode of all ids. A chunk may be empty: a character, or a run of
// <0xNN> tokens, is not complete yet. Not thread-safe; one per sequence.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "text/tokenizer.h"

namespace sightline {

struct DetokenizeOptions {
  bool skip_special_tokens = true;
};

class Detokenizer {
 public:
  explicit Detokenizer(Tokenizer tokenizer, const DetokenizeOptions& options = {});
  ~Detokenizer();
  Detokenizer(Detokenizer&&) noexcept;
  Detokenizer& operator=(Detokenizer&&) noexcept;

  std::string push(std::int64_t id);
  std::string finish();  // what was held back; then starts afresh

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace sightline
