#include <optional>

#include "models/text_parts.h"
#include "tensor/gguf.h"
#include "text/gguf_vocabulary.h"

namespace sightline {
namespace {

std::optional<std::int64_t> id_of(const GgufFile& file, const char* key) {
  if (!file.has(key)) return {};
  return file.at(key).as_int();
}

GgufVocabulary read_vocabulary(const GgufFile& file) {
  GgufVocabulary out;
  out.model = file.at("tokenizer.ggml.model").as_string();
  out.pre = file.string_or("tokenizer.ggml.pre", "");
  out.tokens = file.at("tokenizer.ggml.tokens").as_strings();
  if (file.has("tokenizer.ggml.scores")) {
    for (const double score : file.at("tokenizer.ggml.scores").as_doubles()) {
      out.scores.push_back(static_cast<float>(score));
    }
  }
  if (file.has("tokenizer.ggml.token_type")) {
    for (const std::int64_t type : file.at("tokenizer.ggml.token_type").as_ints()) {
      out.token_types.push_back(static_cast<std::int32_t>(type));
    }
  }
  if (file.has("tokenizer.ggml.merges")) {
    out.merges = file.at("tokenizer.ggml.merges").as_strings();
  }
  out.bos_id = id_of(file, "tokenizer.ggml.bos_token_id");
  out.eos_id = id_of(file, "tokenizer.ggml.eos_token_id");
  out.unknown_id = id_of(file, "tokenizer.ggml.unknown_token_id");
  out.padding_id = id_of(file, "tokenizer.ggml.padding_token_id");
  // Files without the key follow the model: SentencePiece begins with <s>, byte-level does not.
  out.add_bos = file.bool_or("tokenizer.ggml.add_bos_token", out.model == "llama");
  out.add_eos = file.bool_or("tokenizer.ggml.add_eos_token", false);
  out.add_space_prefix = file.bool_or("tokenizer.ggml.add_space_prefix", true);
  out.chat_template = file.string_or("tokenizer.chat_template", "");
  return out;
}

}  // namespace

void read_gguf_parts(const GgufFile& file, Bundle& bundle) {
  const GgufVocabulary vocabulary = read_vocabulary(file);
  const auto tokenizer = std::make_shared<Tokenizer>(Tokenizer::from_gguf(vocabulary));
  bundle.tokenizer = tokenizer;
  if (!vocabulary.chat_template.empty()) {
    bundle.chat_template = std::make_shared<ChatTemplate>(
        vocabulary.chat_template, file.origin() + ": tokenizer.chat_template");
  }
  const auto text_of = [&](const std::optional<std::int64_t>& id) {
    return id ? std::string(tokenizer->token(*id)) : std::string();
  };
  bundle.bos_token = text_of(vocabulary.bos_id);
  bundle.eos_token = text_of(vocabulary.eos_id);
  if (vocabulary.eos_id) bundle.end_ids.push_back(*vocabulary.eos_id);
  const auto end_of_turn = id_of(file, "tokenizer.ggml.eot_token_id");
  if (end_of_turn && end_of_turn != vocabulary.eos_id) bundle.end_ids.push_back(*end_of_turn);
}

}  // namespace sightline
