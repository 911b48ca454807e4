// Chat templates: a conversation → the text a model was trained to read.
//
//   const ChatTemplate chat(source, "chat_template.jinja");
//   const std::string prompt = chat.render(messages, {.add_generation_prompt = true, .bos_token =
//   "<s>"});
//
// The Jinja of the Hugging Face templates as transformers renders it (sandboxed, trim_blocks and
// lstrip_blocks on). Statements: for, if, set, macro, call, filter, with, break, continue,
// generation, raw; no template inheritance or imports. What is not supported throws
// Error{kUnsupported} naming it with its line; syntax errors and values used wrongly throw
// kBadFile; raise_exception throws kUsage. Steps, memory and recursion are limited, so that hostile
// templates end in an error. Const use is thread-safe.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/json.h"

namespace sightline {

using OrderedJson = nlohmann::ordered_json;  // keeps the order of keys, which templates show

struct TemplateOptions {
  bool add_generation_prompt = false;
  std::optional<std::string> bos_token = {};  // absent: undefined in the template
  std::optional<std::string> eos_token = {};
  OrderedJson extra =
      OrderedJson::object();             // more variables: tools, pad_token, enable_thinking, …
  std::optional<std::int64_t> now = {};  // for strftime_now, seconds since 1970; absent: the clock
};

class ChatTemplate {
 public:
  // Parses; `origin` names the source in messages. Sources over kMaxBytes are refused.
  ChatTemplate(std::string source, std::string origin);

  // `messages`: a list of {"role": …, "content": text or list of parts}. A Json converts.
  std::string render(const OrderedJson& messages, const TemplateOptions& options = {}) const;

  const std::string& source() const;
  const std::string& sha256() const;  // of the source

  static constexpr std::size_t kMaxBytes = 1 << 20;

 private:
  struct Parsed;
  std::shared_ptr<const Parsed> parsed_;
};

}  // namespace sightline
