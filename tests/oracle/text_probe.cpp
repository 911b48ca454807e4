// Answers tests/oracle/test_tokenizer.py and test_template.py: one JSON object per line in, one
// out.
//
//   {"load": PATH} | {"gguf": {…}}      the tokenizer that later lines use  → {"size", "sha256"}
//   {"encode": [TEXT…], "special": B}   → {"ids": [[…]…]}
//   {"encode_hex": [HEX…]}              → {"ids": [[…]…]}     bytes that JSON cannot carry
//   {"decode": [[ID…]…], "skip": B}     → {"texts", "chunks"}  at once, and as streamed
//   {"template": TEXT, "messages", "options"} → {"text"}
//
// A sightline::Error becomes {"error": message, "kind": name}.
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "text/chat_template.h"
#include "text/detokenizer.h"
#include "text/gguf_vocabulary.h"
#include "text/tokenizer.h"

namespace sightline {
namespace {

using Ids = std::vector<std::int64_t>;

std::string from_hex(const std::string& hex) {
  std::string out;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    out += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  }
  return out;
}

GgufVocabulary gguf_of(const Json& in) {
  GgufVocabulary out;
  out.model = in.at("model").get<std::string>();
  out.pre = in.value("pre", "");
  out.tokens = in.at("tokens").get<std::vector<std::string>>();
  out.scores = in.value("scores", std::vector<float>{});
  out.token_types = in.value("token_types", std::vector<std::int32_t>{});
  out.merges = in.value("merges", std::vector<std::string>{});
  if (in.contains("bos_id")) out.bos_id = in.at("bos_id").get<std::int64_t>();
  if (in.contains("unknown_id")) out.unknown_id = in.at("unknown_id").get<std::int64_t>();
  out.add_bos = in.value("add_bos", false);
  out.add_space_prefix = in.value("add_space_prefix", true);
  return out;
}

class Probe {
 public:
  Json answer(const std::string& line) {
    const Json in = parse_json(line, "stdin");
    if (in.contains("load")) return loaded(Tokenizer::from_file(in.at("load").get<std::string>()));
    if (in.contains("gguf")) return loaded(Tokenizer::from_gguf(gguf_of(in.at("gguf"))));
    if (in.contains("template")) return rendered(OrderedJson::parse(line));
    if (in.contains("decode")) return decoded(in);
    const bool hex = in.contains("encode_hex");
    Json ids = Json::array();
    for (const Json& item : in.at(hex ? "encode_hex" : "encode")) {
      const auto text = item.get<std::string>();
      ids.push_back(tokenizer_.value().encode(hex ? from_hex(text) : text,
                                              {.add_special_tokens = in.value("special", true)}));
    }
    return {{"ids", ids}};
  }

 private:
  Json loaded(Tokenizer tokenizer) {
    tokenizer_ = std::move(tokenizer);
    return {{"size", tokenizer_->vocabulary_size()}, {"sha256", tokenizer_->sha256()}};
  }

  Json decoded(const Json& in) const {
    const bool skip = in.value("skip", true);
    Json texts = Json::array();
    Json chunks = Json::array();
    Detokenizer stream(tokenizer_.value(), {.skip_special_tokens = skip});
    for (const Json& item : in.at("decode")) {
      const Ids ids = item.get<Ids>();
      texts.push_back(tokenizer_->decode(ids, skip));
      Json parts = Json::array();
      for (const std::int64_t id : ids) parts.push_back(stream.push(id));
      parts.push_back(stream.finish());
      chunks.push_back(parts);
    }
    return {{"texts", texts}, {"chunks", chunks}};
  }

  static Json rendered(const OrderedJson& in) {
    const ChatTemplate chat(in.at("template").get<std::string>(), "template");
    const OrderedJson options = in.value("options", OrderedJson::object());
    TemplateOptions how;
    how.add_generation_prompt = options.value("add_generation_prompt", false);
    if (options.contains("bos_token")) how.bos_token = options.at("bos_token").get<std::string>();
    if (options.contains("eos_token")) how.eos_token = options.at("eos_token").get<std::string>();
    how.extra = options.value("extra", OrderedJson::object());
    if (options.contains("now")) how.now = options.at("now").get<std::int64_t>();
    return {{"text", chat.render(in.at("messages"), how)}};
  }

  std::optional<Tokenizer> tokenizer_;
};

}  // namespace
}  // namespace sightline

int main() {
  sightline::Probe probe;
  std::string line;
  while (std::getline(std::cin, line)) {
    sightline::Json out;
    try {
      out = probe.answer(line);
    } catch (const sightline::Error& error) {
      out = {{"error", error.what()}, {"kind", std::string(name_of(error.kind()))}};
    }
    std::cout << out.dump() << std::endl;  // strict: invalid UTF-8 from us is a failure
  }
}
