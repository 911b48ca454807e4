#include "text/tokenizer.h"

#include "base/file.h"
#include "text/gguf_vocabulary.h"
#include "text/tokenizer_core.h"
#include "text/unicode.h"

namespace sightline {
namespace {

constexpr std::size_t kMaxTextBytes = std::size_t{1} << 30;

}  // namespace

Tokenizer Tokenizer::from_file(const std::filesystem::path& file) {
  return from_json(read_file(file, kMaxJsonBytes), file.string());
}

Tokenizer Tokenizer::from_json(std::string_view json, std::string_view origin) {
  return Tokenizer(text::read_tokenizer_json(json, origin));
}

Tokenizer Tokenizer::from_gguf(const GgufVocabulary& vocabulary) {
  return Tokenizer(text::build_from_gguf(vocabulary));
}

std::vector<std::int64_t> Tokenizer::encode(std::string_view text,
                                            const EncodeOptions& options) const {
  if (text.size() > kMaxTextBytes) {
    fail(ErrorKind::kUsage, "text of {} bytes, at most {} are tokenized at once", text.size(),
         kMaxTextBytes);
  }
  std::vector<std::int64_t> ids;
  ids.reserve(text.size() / 3 + 8);
  if (options.add_special_tokens) ids = core_->prefix;
  if (text::is_valid_utf8(text))
    core_->encode(text, ids);
  else
    core_->encode(text::repair_utf8(text), ids);
  if (options.add_special_tokens) {
    ids.insert(ids.end(), core_->suffix.begin(), core_->suffix.end());
  }
  return ids;
}

std::string Tokenizer::decode(std::span<const std::int64_t> ids, bool skip_special) const {
  std::string out;
  text::DecodeRun run(core_->decoder);
  for (const std::int64_t id : ids) {
    if (!core_->has_id(id) || (skip_special && core_->is_special(id))) continue;
    run.push(core_->token(id), out);
  }
  run.finish(out);
  return out;
}

std::optional<std::int64_t> Tokenizer::token_id(std::string_view token) const {
  const std::int32_t id = core_->find(token);
  return id < 0 ? std::nullopt : std::optional<std::int64_t>(id);
}

std::string_view Tokenizer::token(std::int64_t id) const { return core_->token(id); }

std::int64_t Tokenizer::vocabulary_size() const { return core_->end_id; }

bool Tokenizer::is_special(std::int64_t id) const { return core_->is_special(id); }

const std::string& Tokenizer::sha256() const { return core_->sha256; }

}  // namespace sightline
