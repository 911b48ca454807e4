#include "text/detokenizer.h"

#include "text/tokenizer_core.h"

namespace sightline {

struct Detokenizer::State {
  Tokenizer tokenizer;
  DetokenizeOptions options;
  text::DecodeRun run;
};

Detokenizer::Detokenizer(Tokenizer tokenizer, const DetokenizeOptions& options) {
  const text::Decoder& decoder = tokenizer.core().decoder;
  state_ = std::make_unique<State>(State{std::move(tokenizer), options, text::DecodeRun(decoder)});
}

Detokenizer::~Detokenizer() = default;
Detokenizer::Detokenizer(Detokenizer&&) noexcept = default;
Detokenizer& Detokenizer::operator=(Detokenizer&&) noexcept = default;

std::string Detokenizer::push(std::int64_t id) {
  const text::TokenizerCore& core = state_->tokenizer.core();
  std::string out;
  if (!core.has_id(id)) return out;
  if (state_->options.skip_special_tokens && core.is_special(id)) return out;
  state_->run.push(core.token(id), out);
  return out;
}

std::string Detokenizer::finish() {
  std::string out;
  state_->run.finish(out);
  state_->run = text::DecodeRun(state_->tokenizer.core().decoder);
  return out;
}

}  // namespace sightline
