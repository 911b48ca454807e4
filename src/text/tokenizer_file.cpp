// tokenizer.json → TokenizerCore.
#include <map>

#include "base/json.h"
#include "base/sha256.h"
#include "text/json_scanner.h"
#include "text/tokenizer_core.h"
#include "text/unicode.h"

namespace sightline::text {
namespace {

constexpr std::size_t kMaxAddedTokens = 1 << 20;

// The members of an object as text, with where each starts. A key given twice counts once, the last
// time.
struct Member {
  std::string_view text = "null";
  std::size_t offset = 0;
};
using Members = std::map<std::string, Member, std::less<>>;

Members members_of(JsonScanner& scanner) {
  Members out;
  std::string buffer;
  scanner.expect('{');
  for (bool more = !scanner.take('}'); more; more = scanner.more('}')) {
    const std::string key(scanner.string(buffer));
    scanner.expect(':');
    scanner.peek();
    const std::size_t offset = scanner.position();
    out[key] = {scanner.skip_value(), offset};
  }
  return out;
}

Json json_of(const Members& members, std::string_view key, std::string_view origin) {
  const auto found = members.find(key);
  if (found == members.end()) return nullptr;
  return parse_json(found->second.text, format("{}, '{}'", origin, key));
}

const Member& required(const Members& members, std::string_view key, std::string_view origin) {
  const auto found = members.find(key);
  if (found == members.end()) fail(ErrorKind::kBadFile, "{}: key '{}' is missing", origin, key);
  return found->second;
}

std::shared_ptr<const Vocabulary> read_vocabulary(const Member& member, std::string_view origin) {
  auto vocabulary = std::make_shared<Vocabulary>();
  // A token takes about twenty bytes of file, half of them its text.
  vocabulary->reserve(member.text.size() / 16, member.text.size() / 2);
  JsonScanner scanner(member.text, origin, member.offset);
  std::string buffer;
  scanner.expect('{');
  for (bool more = !scanner.take('}'); more; more = scanner.more('}')) {
    const std::string_view token = scanner.string(buffer);
    scanner.expect(':');
    vocabulary->add(token, scanner.integer(), origin);
  }
  return vocabulary;
}

// The two sides of a merge; views last until the next call.
class MergeReader {
 public:
  MergeReader(JsonScanner& scanner, std::string_view origin) : scanner_(scanner), origin_(origin) {}

  std::pair<std::string_view, std::string_view> next() {
    if (scanner_.peek() == '[') {
      scanner_.expect('[');
      const std::string_view left = scanner_.string(left_);
      scanner_.expect(',');
      const std::string_view right = scanner_.string(right_);
      scanner_.expect(']');
      return {left, right};
    }
    const std::string_view both = scanner_.string(left_);
    if (both.starts_with("#version")) return {};
    const std::size_t space = both.find(' ');
    if (space == std::string_view::npos || both.find(' ', space + 1) != std::string_view::npos) {
      fail(ErrorKind::kBadFile, "{}: merge '{}' should be two texts with one space between",
           origin_, both);
    }
    return {both.substr(0, space), both.substr(space + 1)};
  }

 private:
  JsonScanner& scanner_;
  std::string_view origin_;
  std::string left_;
  std::string right_;
};

MergeTable read_merges(const Member& member, const Vocabulary& vocabulary,
                       std::string_view continuing_prefix, std::string_view origin) {
  MergeTable merges;
  merges.reserve(member.text.size() / 16);
  JsonScanner scanner(member.text, origin, member.offset);
  MergeReader reader(scanner, origin);
  const auto id_of = [&](std::string_view token) {
    const std::int32_t id = vocabulary.find(token);
    if (id < 0) {
      fail(ErrorKind::kBadFile, "{}: merge uses '{}', which is not in the vocabulary", origin,
           token);
    }
    return id;
  };
  std::string merged;
  std::uint32_t rank = 0;
  scanner.expect('[');
  for (bool more = !scanner.take(']'); more; more = scanner.more(']')) {
    const auto [left, right] = reader.next();
    if (left.data() == nullptr) continue;  // a "#version" line of old files
    const std::int32_t left_id = id_of(left);
    const std::int32_t right_id = id_of(right);
    merged.assign(left);
    if (right.size() < continuing_prefix.size()) {
      fail(ErrorKind::kBadFile, "{}: merge of '{}' lacks the prefix '{}'", origin, right,
           continuing_prefix);
    }
    merged += right.substr(continuing_prefix.size());
    merges.add(left_id, right_id, {rank++, id_of(merged)});
  }
  return merges;
}

std::unique_ptr<const SubwordModel> read_model(const Member& member, std::string_view origin) {
  JsonScanner scanner(member.text, origin, member.offset);
  const Members members = members_of(scanner);
  Json small = Json::object();
  for (const auto& [key, value] : members) {
    if (key != "vocab" && key != "merges") small[key] = json_of(members, key, origin);
  }
  // Files from before 2021 have no type; only BPE has merges.
  const auto type = json_get_or<std::string>(small, "type", origin,
                                             members.contains("merges") ? "BPE" : "unnamed");
  if (type != "BPE") {
    fail(ErrorKind::kUnsupported, "{}: model '{}' is not supported, wanted 'BPE'", origin, type);
  }
  if (json_get_or(small, "dropout", origin, 0.0) != 0.0) {
    fail(ErrorKind::kUnsupported, "{}: BPE dropout makes tokens random and is not supported",
         origin);
  }
  BpeOptions options;
  options.unknown_token = json_get_or<std::string>(small, "unk_token", origin, "");
  options.fuse_unknown = json_get_or(small, "fuse_unk", origin, false);
  options.byte_fallback = json_get_or(small, "byte_fallback", origin, false);
  options.ignore_merges = json_get_or(small, "ignore_merges", origin, false);
  options.continuing_prefix =
      json_get_or<std::string>(small, "continuing_subword_prefix", origin, "");
  options.word_suffix = json_get_or<std::string>(small, "end_of_word_suffix", origin, "");
  const auto vocabulary = read_vocabulary(required(members, "vocab", origin), origin);
  MergeTable merges = read_merges(required(members, "merges", origin), *vocabulary,
                                  options.continuing_prefix, origin);
  return make_bpe(vocabulary, std::move(merges), std::move(options), origin);
}

std::vector<AddedToken> read_added_tokens(const Json& list, std::string_view origin) {
  std::vector<AddedToken> out;
  if (list.is_null()) return out;
  if (!list.is_array() || list.size() > kMaxAddedTokens) {
    fail(ErrorKind::kBadFile, "{}: 'added_tokens' should be a list of at most {} tokens", origin,
         kMaxAddedTokens);
  }
  for (const Json& item : list) {
    AddedToken token;
    token.content = json_get<std::string>(item, "content", origin);
    token.special = json_get_or(item, "special", origin, false);
    token.normalized = json_get_or(item, "normalized", origin, true);
    token.left_strip = json_get_or(item, "lstrip", origin, false);
    token.right_strip = json_get_or(item, "rstrip", origin, false);
    token.single_word = json_get_or(item, "single_word", origin, false);
    out.push_back(std::move(token));
  }
  return out;
}

std::int64_t checked_id(std::int64_t id, std::string_view origin) {
  if (id < 0 || id > kMaxTokenId) {
    fail(ErrorKind::kBadFile, "{}: special token id {}, wanted 0 to {}", origin, id, kMaxTokenId);
  }
  return id;
}

// The ids of one item of a TemplateProcessing's list: {"SpecialToken": {"id": name}}.
std::vector<std::int64_t> template_ids(const Json& processor, const Json& item,
                                       std::string_view origin) {
  const auto name =
      json_get<std::string>(json_get<Json>(item, "SpecialToken", origin), "id", origin);
  const Json known = json_get<Json>(processor, "special_tokens", origin);
  const Json token = json_get<Json>(known, name.c_str(), origin);
  std::vector<std::int64_t> ids;
  for (const Json& id : json_get<Json>(token, "ids", origin)) {
    if (!id.is_number_integer()) {
      fail(ErrorKind::kBadFile, "{}: ids of special token '{}' should be integers", origin, name);
    }
    ids.push_back(checked_id(id.get<std::int64_t>(), origin));
  }
  return ids;
}

void add_template(const Json& processor, TokenizerCore& core, std::string_view origin) {
  std::vector<std::int64_t> prefix;
  std::vector<std::int64_t> suffix;
  int sequences = 0;
  for (const Json& item : json_get<Json>(processor, "single", origin)) {
    if (item.contains("Sequence")) {
      ++sequences;
      continue;
    }
    auto& side = sequences == 0 ? prefix : suffix;
    const auto ids = template_ids(processor, item, origin);
    side.insert(side.end(), ids.begin(), ids.end());
  }
  if (sequences != 1) {
    fail(ErrorKind::kUnsupported, "{}: a template with {} sequences is not supported, wanted one",
         origin, sequences);
  }
  core.prefix.insert(core.prefix.begin(), prefix.begin(), prefix.end());
  core.suffix.insert(core.suffix.end(), suffix.begin(), suffix.end());
}

void add_post_processor(const Json& processor, TokenizerCore& core, std::string_view origin) {
  if (processor.is_null()) return;
  const auto type = json_get<std::string>(processor, "type", origin);
  if (type == "ByteLevel") return;  // moves offsets only
  if (type == "Sequence") {
    for (const Json& part : json_get<Json>(processor, "processors", origin)) {
      add_post_processor(part, core, origin);
    }
  } else if (type == "TemplateProcessing") {
    add_template(processor, core, origin);
  } else if (type == "BertProcessing" || type == "RobertaProcessing") {
    const auto id_at = [&](const char* key) {  // ["[CLS]", 101]
      const Json pair = json_get<Json>(processor, key, origin);
      if (!pair.is_array() || pair.size() != 2 || !pair[1].is_number_integer()) {
        fail(ErrorKind::kBadFile, "{}: '{}' should be a token and its id", origin, key);
      }
      return checked_id(pair[1].get<std::int64_t>(), origin);
    };
    core.prefix.insert(core.prefix.begin(), id_at("cls"));
    core.suffix.push_back(id_at("sep"));
  } else {
    fail(ErrorKind::kUnsupported, "{}: post-processor '{}' is not supported", origin, type);
  }
}

}  // namespace

std::shared_ptr<const TokenizerCore> read_tokenizer_json(std::string_view json,
                                                         std::string_view origin) {
  if (json.size() > kMaxJsonBytes) {
    fail(ErrorKind::kBadFile, "{}: {} bytes of JSON, at most {} are read", origin, json.size(),
         kMaxJsonBytes);
  }
  if (!is_valid_utf8(json)) fail(ErrorKind::kBadFile, "{}: not valid UTF-8", origin);
  auto core = std::make_shared<TokenizerCore>();
  core->sha256 = sha256(json);
  if (json.substr(0, 3) == "\xEF\xBB\xBF") json.remove_prefix(3);
  JsonScanner scanner(json, origin);
  const Members members = members_of(scanner);
  scanner.expect_end();
  core->model = read_model(required(members, "model", origin), origin);
  const Json normalizer = json_of(members, "normalizer", origin);
  if (!normalizer.is_null()) core->normalizer = make_normalizer(normalizer, origin);
  const Json pre_tokenizer = json_of(members, "pre_tokenizer", origin);
  if (!pre_tokenizer.is_null()) core->pre_tokenizer = make_pre_tokenizer(pre_tokenizer, origin);
  core->decoder = Decoder::from_json(json_of(members, "decoder", origin), origin);
  add_post_processor(json_of(members, "post_processor", origin), *core, origin);
  core->add_tokens(read_added_tokens(json_of(members, "added_tokens", origin), origin), origin);
  return core;
}

}  // namespace sightline::text
