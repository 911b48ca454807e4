// Any bytes as a tokenizer.json: refused with an Error, or a tokenizer whose laws hold on any text.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "sightline/error.h"
#include "text/detokenizer.h"
#include "text/tokenizer.h"
#include "text/unicode.h"

namespace {

void require(bool law) {
  if (!law) std::abort();
}

void check(const sightline::Tokenizer& tokenizer, std::string_view text) {
  const auto ids = tokenizer.encode(text);
  for (const std::int64_t id : ids) require(id >= 0);
  require(ids == tokenizer.encode(text));  // the word cache changes nothing
  for (const bool skip : {false, true}) {
    const std::string whole = tokenizer.decode(ids, skip);
    require(sightline::text::is_valid_utf8(whole));
    sightline::Detokenizer stream(tokenizer, {.skip_special_tokens = skip});
    std::string streamed;
    for (const std::int64_t id : ids) {
      const std::string chunk = stream.push(id);
      require(sightline::text::is_valid_utf8(chunk));
      streamed += chunk;
    }
    require(streamed + stream.finish() == whole);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  try {
    const auto tokenizer = sightline::Tokenizer::from_json(bytes, "fuzz");
    check(tokenizer, "Hello  wörld 123\n<|end|> \xF0\x9F\x99\x82 \xFF\xC3");
    check(tokenizer, bytes.substr(0, std::min<std::size_t>(size, 600)));
  } catch (const sightline::Error&) {
  }
  return 0;
}
