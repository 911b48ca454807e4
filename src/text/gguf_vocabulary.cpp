#include "text/gguf_vocabulary.h"

#include <cmath>
#include <map>

#include "base/sha256.h"
#include "text/tokenizer_core.h"
#include "text/unicode.h"

namespace sightline::text {
namespace {

constexpr std::string_view kOrigin = "GGUF vocabulary";

// llama.cpp's token types.
constexpr std::int32_t kControl = 3;
constexpr std::int32_t kUserDefined = 4;

// How text is cut before merging, in the words of tokenizer.json.
struct WordRule {
  const char* pre_tokenizer;
  bool ignore_merges = false;
};

constexpr const char* kGpt2 = R"json({"type":"ByteLevel","add_prefix_space":false})json";
constexpr const char* kSmol = R"json({"type":"Sequence","pretokenizers":[
  {"type":"Digits","individual_digits":true},{"type":"ByteLevel","add_prefix_space":false}]})json";
constexpr const char* kLlama3 = R"json({"type":"Sequence","pretokenizers":[
  {"type":"Split","behavior":"Isolated","pattern":{"Regex":
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"}},
  {"type":"ByteLevel","add_prefix_space":false,"use_regex":false}]})json";
constexpr const char* kQwen2 = R"json({"type":"Sequence","pretokenizers":[
  {"type":"Split","behavior":"Isolated","pattern":{"Regex":
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"}},
  {"type":"ByteLevel","add_prefix_space":false,"use_regex":false}]})json";
constexpr const char* kDefault = R"json({"type":"Sequence","pretokenizers":[
  {"type":"Split","behavior":"Isolated","pattern":{"Regex":"[\\p{P}\\$\\+<=>\\^~\\|]+"}},
  {"type":"Split","behavior":"Isolated","pattern":{"Regex":
  "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)"
}
},
  {"type":"Split","behavior":"Isolated","pattern":{"Regex":"\\p{N}+"}},
  {"type":"Split","behavior":"Isolated","pattern":{"Regex":"[0-9][0-9][0-9]"}},
  {"type":"ByteLevel","add_prefix_space":false,"use_regex":false}]
})json";

const WordRule& word_rule(const std::string& pre) {
  static const std::map<std::string, WordRule> kRules = {
      {"gpt-2", {kGpt2}},           {"smollm", {kSmol}},     {"llama-bpe", {kLlama3, true}},
      {"qwen2", {kQwen2}},          {"default", {kDefault}}, {"llama3", {kLlama3, true}},
      {"llama-v3", {kLlama3, true}}};
  const auto found = kRules.find(pre.empty() ? "default" : pre);
  if (found == kRules.end()) {
    fail(ErrorKind::kUnsupported, "{}: tokenizer.ggml.pre '{}' is not supported", kOrigin, pre);
  }
  return found->second;
}

void check_tables(const GgufVocabulary& source) {
  const std::size_t count = source.tokens.size();
  if (count == 0 || count > static_cast<std::size_t>(kMaxTokenId)) {
    fail(ErrorKind::kBadFile, "{}: {} tokens, wanted 1 to {}", kOrigin, count, kMaxTokenId);
  }
  if (!source.token_types.empty() && source.token_types.size() != count) {
    fail(ErrorKind::kBadFile, "{}: {} token types for {} tokens", kOrigin,
         source.token_types.size(), count);
  }
  for (const auto& [name, id] :
       {std::pair{"bos", source.bos_id}, std::pair{"eos", source.eos_id},
        std::pair{"unknown", source.unknown_id}, std::pair{"padding", source.padding_id}}) {
    if (id && (*id < 0 || *id >= static_cast<std::int64_t>(count))) {
      fail(ErrorKind::kBadFile, "{}: {} token id {} of {} tokens", kOrigin, name, *id, count);
    }
  }
}

std::shared_ptr<const Vocabulary> make_vocabulary(const GgufVocabulary& source) {
  auto vocabulary = std::make_shared<Vocabulary>();
  std::size_t bytes = 0;
  for (const std::string& token : source.tokens) bytes += token.size();
  vocabulary->reserve(source.tokens.size(), bytes);
  for (std::size_t id = 0; id < source.tokens.size(); ++id) {
    const std::string& token = source.tokens[id];
    vocabulary->add(is_valid_utf8(token) ? token : repair_utf8(token),
                    static_cast<std::int64_t>(id), kOrigin);
  }
  return vocabulary;
}

void build_byte_level(const GgufVocabulary& source, TokenizerCore& core) {
  const WordRule& rule = word_rule(source.pre);
  const auto vocabulary = make_vocabulary(source);
  MergeTable merges;
  merges.reserve(source.merges.size());
  std::uint32_t rank = 0;
  for (const std::string& merge : source.merges) {
    const std::size_t space = merge.find(' ', 1);
    const std::string left = merge.substr(0, space);
    const std::string right = space == std::string::npos ? "" : merge.substr(space + 1);
    const std::int32_t ids[] = {vocabulary->find(left), vocabulary->find(right),
                                vocabulary->find(left + right)};
    if (ids[0] < 0 || ids[1] < 0 || ids[2] < 0) {
      fail(ErrorKind::kBadFile, "{}: merge '{}' uses a text that is not in the vocabulary", kOrigin,
           merge);
    }
    merges.add(ids[0], ids[1], {rank++, ids[2]});
  }
  BpeOptions options;
  options.ignore_merges = rule.ignore_merges;
  core.model = make_bpe(vocabulary, std::move(merges), options, kOrigin);
  core.pre_tokenizer = make_pre_tokenizer(parse_json(rule.pre_tokenizer, kOrigin), kOrigin);
  core.decoder = Decoder::from_json({{"type", "ByteLevel"}}, kOrigin);
}

void build_scored(const GgufVocabulary& source, TokenizerCore& core) {
  if (source.scores.size() != source.tokens.size()) {
    fail(ErrorKind::kBadFile, "{}: {} scores for {} tokens", kOrigin, source.scores.size(),
         source.tokens.size());
  }
  for (const float score : source.scores) {
    if (std::isnan(score)) fail(ErrorKind::kBadFile, "{}: a score is not a number", kOrigin);
  }
  const auto unknown = static_cast<std::int32_t>(source.unknown_id.value_or(-1));
  core.model = make_scored_bpe(make_vocabulary(source), source.scores, unknown);
  const Json mark = {{"type", "Prepend"}, {"prepend", "▁"}};
  const Json spaces = {{"type", "Replace"}, {"pattern", {{"String", " "}}}, {"content", "▁"}};
  Json normalizers = Json::array({spaces});
  if (source.add_space_prefix) normalizers.insert(normalizers.begin(), mark);
  core.normalizer = make_normalizer({{"type", "Sequence"}, {"normalizers", normalizers}}, kOrigin);
  Json decoders =
      Json::array({{{"type", "Replace"}, {"pattern", {{"String", "▁"}}}, {"content", " "}},
                   {{"type", "ByteFallback"}},
                   {{"type", "Fuse"}}});
  if (source.add_space_prefix) {
    decoders.push_back({{"type", "Strip"}, {"content", " "}, {"start", 1}, {"stop", 0}});
  }
  core.decoder = Decoder::from_json({{"type", "Sequence"}, {"decoders", decoders}}, kOrigin);
}

std::string hash_of(const GgufVocabulary& source) {
  Sha256 hash;
  hash.add(source.model).add("\n").add(source.pre).add("\n");
  for (const std::string& token : source.tokens) hash.add(token).add("\n");
  for (const std::string& merge : source.merges) hash.add(merge).add("\n");
  hash.add(std::as_bytes(std::span(source.scores)));
  hash.add(std::as_bytes(std::span(source.token_types)));
  return hash.hex();
}

}  // namespace

std::shared_ptr<const TokenizerCore> build_from_gguf(const GgufVocabulary& source) {
  check_tables(source);
  auto core = std::make_shared<TokenizerCore>();
  if (source.model == "gpt2") {
    build_byte_level(source, *core);
  } else if (source.model == "llama") {
    build_scored(source, *core);
  } else {
    fail(ErrorKind::kUnsupported, "{}: tokenizer.ggml.model '{}' is not supported", kOrigin,
         source.model);
  }
  std::vector<AddedToken> added;
  for (std::size_t id = 0; id < source.token_types.size(); ++id) {
    const std::int32_t type = source.token_types[id];
    if (type != kControl && type != kUserDefined) continue;
    AddedToken token;
    token.content = std::string(core->model->vocabulary().token(static_cast<std::int64_t>(id)));
    token.special = type == kControl;
    token.normalized = false;
    added.push_back(std::move(token));
  }
  core->add_tokens(std::move(added), kOrigin);
  core->end_id = static_cast<std::int64_t>(source.tokens.size());
  if (source.add_bos && source.bos_id) core->prefix.push_back(*source.bos_id);
  if (source.add_eos && source.eos_id) core->suffix.push_back(*source.eos_id);
  core->sha256 = hash_of(source);
  return core;
}

}  // namespace sightline::text
