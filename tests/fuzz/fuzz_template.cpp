// Any bytes as a chat template: refused with an Error, or it renders valid text, the same each
// time.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "sightline/error.h"
#include "text/chat_template.h"
#include "text/unicode.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const sightline::OrderedJson kMessages = sightline::OrderedJson::parse(R"([
    {"role": "system", "content": "Be brief."},
    {"role": "user", "content": [{"type": "image"}, {"type": "text", "text": " Wäs is thís? "}]},
    {"role": "assistant", "content": "A cat.", "tool_calls": [{"name": "f", "arguments": {"x": [1, 2.5, null]}}]}
  ])");
  const sightline::TemplateOptions options{
      .add_generation_prompt = true, .bos_token = "<s>", .eos_token = "</s>", .now = 0};
  try {
    const sightline::ChatTemplate chat(std::string(reinterpret_cast<const char*>(data), size),
                                       "fuzz");
    const std::string text = chat.render(kMessages, options);
    if (!sightline::text::is_valid_utf8(text) || chat.render(kMessages, options) != text)
      std::abort();
  } catch (const sightline::Error&) {
  }
  return 0;
}
